// Submitting a quarter: check, ask for the plan where it is not known well enough, store.

#include <utility>

#include "common/base/status_macros.h"
#include "common/eventlog/execute.h"
#include "common/eventlog/payload.h"
#include "common/message/digest.h"
#include "common/message/timestamp.h"
#include "sakip/realization/v1/events.pb.h"
#include "services/realization/domain/check.h"
#include "services/realization/domain/submission_name.h"
#include "services/realization/domain/submit.h"
#include "services/realization/rpc/convert.h"
#include "services/realization/rpc/realization_service.h"

namespace sakip::realization {
namespace {

// What the server sets is not the caller's to give, nor does it tell one request from another.
v1::SubmitQuarterRequest WithoutServerFields(const v1::SubmitQuarterRequest& request) {
  v1::SubmitQuarterRequest result = request;
  v1::Submission& submission = *result.mutable_submission();
  submission.clear_revision();
  submission.clear_state();
  submission.clear_submit_time();
  submission.clear_submitter();
  submission.clear_content_digest();
  submission.clear_log_position();
  return result;
}

// Of what was achieved and spent, not of the words around it.
std::string ContentDigest(const v1::Submission& submission) {
  v1::Submission content;
  content.set_coverage(submission.coverage());
  *content.mutable_indicators() = submission.indicators();
  *content.mutable_budgets() = submission.budgets();
  *content.mutable_objectives() = submission.objectives();
  return HexDigest(content);
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

  const std::string plan = name->AnnualPlan();
  const auto remembered = plans_.Remembered(plan);
  if (remembered != nullptr && CheckCodes(submission, remembered->codes).ok()) {
    return Store(*call, request, digest, std::move(done));
  }
  plans_.Refresh(plan, call->deadline(),
                 [this, call, &request, submission, digest, done = std::move(done)](
                     const absl::StatusOr<std::shared_ptr<const KnownPlan>>& known) {
                   if (!known.ok()) return done(known.status());
                   const absl::Status codes = CheckCodes(submission, (*known)->codes);
                   if (!codes.ok()) return done(codes);
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
      [this, stream = name->Stream(), actor = call.principal().subject,
       expected = request.expected_revision(),
       submission =
           WithoutServerFields(request).submission()]() -> absl::StatusOr<eventlog::Decision> {
    // The stream's revision is read first: what is submitted meanwhile makes the append fail.
    const uint64_t stream_revision = view_.StreamRevision(stream);
    const auto submitted = static_cast<uint32_t>(view_.Revisions(submission.name()).size());
    ASSIGN_OR_RETURN(const uint32_t revision,
                     DecideRevision(submission.name(), submitted, expected, submission.reason()));
    v1::QuarterSubmitted event;
    v1::Submission& stored = *event.mutable_submission();
    stored = submission;
    stored.set_revision(revision);
    stored.set_submitter(actor);
    stored.set_content_digest(ContentDigest(submission));
    *stored.mutable_submit_time() = ToTimestamp(clock_.Now());
    return eventlog::Decision{stream, stream_revision, actor, {eventlog::MakeEvent(event)}};
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
  submission.set_state(v1::Submission::STATE_SUBMITTED);
  submission.set_log_position(position);
  return submission;
}

}  // namespace sakip::realization
