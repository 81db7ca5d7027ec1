// Submitting a quarter: check, also what it refers to, store.

#include <utility>

#include "common/base/status_macros.h"
#include "common/eventlog/execute.h"
#include "common/eventlog/payload.h"
#include "common/message/digest.h"
#include "sakip/realization/v1/events.pb.h"
#include "services/realization/domain/check.h"
#include "services/realization/domain/submission_name.h"
#include "services/realization/rpc/convert.h"
#include "services/realization/rpc/realization_service.h"
#include "services/realization/rpc/submit_step.h"
#include "services/realization/store/evidence_coverage.h"

namespace sakip::realization {
namespace {

v1::SubmitQuarterRequest WithoutServerFields(const v1::SubmitQuarterRequest& request) {
  v1::SubmitQuarterRequest result = request;
  DropServerFields(*result.mutable_submission());
  return result;
}

}  // namespace

void RealizationService::DoSubmitQuarter(const std::shared_ptr<const rpc::Call>& call,
                                         const v1::SubmitQuarterRequest& request, SubmitDone done) {
  const Submission submission = ToSubmission(request.submission());
  const absl::Status checked = CheckSubmission(submission);
  if (!checked.ok()) return done(checked);
  const auto name = ParseSubmissionName(request.submission().name());
  const std::string digest = Digest(WithoutServerFields(request));

  // A repeat gets its first answer also while planning is away.
  auto earlier = log_.FindRequest(name->agency, request.request_id(), digest);
  if (!earlier.ok()) return done(earlier.status());
  if (earlier->has_value()) return done(ToResponse(**earlier));

  references_.Run(
      std::make_shared<const Submission>(submission), call->deadline(),
      [this, call, &request, digest, done = std::move(done)](const absl::Status& right) {
        if (!right.ok()) return done(right);
        Store(*call, request, digest, done);
      });
}

void RealizationService::Store(const rpc::Call& call, const v1::SubmitQuarterRequest& request,
                               const std::string& digest, SubmitDone done) {
  const auto name = ParseSubmissionName(request.submission().name());
  eventlog::Command command;
  command.agency = name->agency;
  command.request_id = request.request_id();
  command.request_digest = digest;
  command.decide =
      [this, actor = call.principal().subject, expected = request.expected_revision(),
       submission =
           WithoutServerFields(request).submission()]() -> absl::StatusOr<eventlog::Decision> {
    return DecideSubmit(view_, clock_, actor, submission, expected);
  };
  eventlog::Execute(log_, std::move(command),
                    [this, done = std::move(done)](absl::StatusOr<eventlog::AppendResult> result) {
                      if (!result.ok()) return done(result.status());
                      done(ToResponse(*result));
                    });
}

absl::StatusOr<v1::SubmitQuarterResponse> RealizationService::ToResponse(
    const eventlog::AppendResult& result) const {
  v1::SubmitQuarterResponse response;
  ASSIGN_OR_RETURN(*response.mutable_submission(), ReadSubmission(result.first_position));
  DropLines(*response.mutable_submission());
  *response.mutable_receipt() = eventlog::ToReceipt(result);
  return response;
}

absl::StatusOr<v1::Submission> RealizationService::ReadSubmission(uint64_t position) const {
  ASSIGN_OR_RETURN(auto event, eventlog::ReadEvent<v1::QuarterSubmitted>(log_, position));
  v1::Submission submission = std::move(*event.mutable_submission());
  *submission.mutable_evidence_coverage() = CoverageOf(submission);
  submission.set_state(v1::Submission::STATE_SUBMITTED);
  submission.set_log_position(position);
  return submission;
}

}  // namespace sakip::realization
