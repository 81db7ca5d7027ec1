// Verifying, returning and approving a submission: each is bound to the content that was looked at.

#include <utility>

#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "sakip/realization/v1/events.pb.h"
#include "services/realization/domain/check_step.h"
#include "services/realization/rpc/convert.h"
#include "services/realization/rpc/realization_service.h"

namespace sakip::realization {
namespace {

absl::Status CheckStepOnContent(const Quarter& quarter, Step step, const std::string& name,
                                const std::string& content_digest) {
  RETURN_IF_ERROR(CheckStep(name, quarter, step));
  return CheckContent(name, quarter, content_digest);
}

// The event about the latest revision of a quarter.
template <typename Event>
Event About(const std::string& name, const Quarter& quarter) {
  Event event;
  event.set_name(name);
  event.set_revision(quarter.revision);
  event.set_content_digest(quarter.content_digest);
  return event;
}

std::vector<ReturnReason> ToReasons(const v1::ReturnSubmissionRequest& request) {
  std::vector<ReturnReason> reasons;
  for (const v1::ReturnReason& reason : request.reasons()) {
    reasons.push_back({reason.code(), reason.reason()});
  }
  return reasons;
}

}  // namespace

void RealizationService::DoVerifySubmission(const CallPtr& call,
                                            const v1::VerifySubmissionRequest& request,
                                            rpc::Done<v1::VerifySubmissionResponse> done) {
  FieldErrors errors;
  CheckName(request.name(), errors);
  CheckContentDigest(request.content_digest(), errors);
  CheckWords("note", request.note(), /*required=*/false, errors);
  if (!errors.empty()) return done(errors.ToStatus());
  auto decide = [name = request.name(), digest = request.content_digest(), note = request.note()](
                    const Quarter& quarter) -> absl::StatusOr<eventlog::NewEvent> {
    RETURN_IF_ERROR(CheckStepOnContent(quarter, Step::kVerify, name, digest));
    auto event = About<v1::SubmissionVerified>(name, quarter);
    event.set_note(note);
    return eventlog::MakeEvent(event);
  };
  steps_.Take(call, request, std::move(decide), std::move(done));
}

void RealizationService::DoReturnSubmission(const CallPtr& call,
                                            const v1::ReturnSubmissionRequest& request,
                                            rpc::Done<v1::ReturnSubmissionResponse> done) {
  FieldErrors errors;
  CheckName(request.name(), errors);
  CheckContentDigest(request.content_digest(), errors);
  CheckReasons(ToReasons(request), errors);
  if (!errors.empty()) return done(errors.ToStatus());
  auto decide = [this, request](const Quarter& quarter) -> absl::StatusOr<eventlog::NewEvent> {
    RETURN_IF_ERROR(
        CheckStepOnContent(quarter, Step::kReturn, request.name(), request.content_digest()));
    ASSIGN_OR_RETURN(const v1::Submission latest, steps_.ReadSubmission(quarter));
    RETURN_IF_ERROR(CheckReasonCodes(ToReasons(request), CodesOf(ToSubmission(latest))));
    auto event = About<v1::SubmissionReturned>(request.name(), quarter);
    *event.mutable_reasons() = request.reasons();
    return eventlog::MakeEvent(event);
  };
  steps_.Take(call, request, std::move(decide), std::move(done));
}

void RealizationService::DoApproveSubmission(const CallPtr& call,
                                             const v1::ApproveSubmissionRequest& request,
                                             rpc::Done<v1::ApproveSubmissionResponse> done) {
  FieldErrors errors;
  CheckName(request.name(), errors);
  CheckContentDigest(request.content_digest(), errors);
  if (!errors.empty()) return done(errors.ToStatus());
  auto decide = [name = request.name(), digest = request.content_digest()](
                    const Quarter& quarter) -> absl::StatusOr<eventlog::NewEvent> {
    RETURN_IF_ERROR(CheckStepOnContent(quarter, Step::kApprove, name, digest));
    return eventlog::MakeEvent(About<v1::SubmissionApproved>(name, quarter));
  };
  steps_.Take(call, request, std::move(decide), std::move(done));
}

}  // namespace sakip::realization
