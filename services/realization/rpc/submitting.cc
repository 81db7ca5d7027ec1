// Submitting a quarter: check, ask for the plan where it is not known well enough, store.

#include <utility>

#include "common/base/status_macros.h"
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
  submission.clear_late();
  submission.clear_supersedes();
  submission.clear_changed_since_approval();
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

// Sets what follows from where the quarter stands.
void SetServerFields(const Quarter& quarter, uint32_t revision, absl::Time now,
                     v1::Submission& submission) {
  submission.set_revision(revision);
  submission.set_content_digest(ContentDigest(submission));
  *submission.mutable_submit_time() = ToTimestamp(now);
  submission.set_late(IsLate(quarter, now));
  if (quarter.revision == 0) return;
  v1::Supersession& supersedes = *submission.mutable_supersedes();
  supersedes.set_log_position(quarter.submission_position);
  supersedes.set_revision(quarter.revision);
  if (quarter.approved_revision == quarter.revision) supersedes.set_approver(quarter.approver);
  submission.set_changed_since_approval(quarter.approved_revision > 0 &&
                                        submission.content_digest() != quarter.approved_digest);
}

}  // namespace

void RealizationService::DoSubmitQuarter(const CallPtr& call,
                                         const v1::SubmitQuarterRequest& request, SubmitDone done) {
  const Submission submission = ToSubmission(request.submission());
  const absl::Status checked = CheckSubmission(submission);
  if (!checked.ok()) return done(checked);
  const std::string& name = request.submission().name();
  eventlog::Command command = SubmitCommand(*call, request);
  // A repeat gets its first answer also while planning is away.
  if (steps_.AnswerRepeat(*call, name, command.request_id, command.request_digest, done)) return;

  const std::string plan = ParseSubmissionName(name)->AnnualPlan();
  const auto remembered = plans_.Remembered(plan);
  if (remembered != nullptr && CheckCodes(submission, remembered->codes).ok()) {
    return steps_.Take(call, name, std::move(command), std::move(done));
  }
  plans_.Refresh(
      plan, call->deadline(),
      [this, call, name, submission, command = std::move(command),
       done = std::move(done)](const absl::StatusOr<std::shared_ptr<const KnownPlan>>& known) {
        if (!known.ok()) return done(known.status());
        const absl::Status codes = CheckCodes(submission, (*known)->codes);
        if (!codes.ok()) return done(codes);
        steps_.Take(call, name, command, done);
      });
}

eventlog::Command RealizationService::SubmitCommand(const rpc::Call& call,
                                                    const v1::SubmitQuarterRequest& request) const {
  v1::SubmitQuarterRequest given = WithoutServerFields(request);
  std::string digest = Digest(given);
  auto decide = [this, actor = call.principal().subject, expected = request.expected_revision(),
                 submission = std::move(*given.mutable_submission())](
                    const Quarter& quarter) -> absl::StatusOr<eventlog::NewEvent> {
    ASSIGN_OR_RETURN(const uint32_t revision,
                     DecideRevision(submission.name(), quarter, expected, submission.reason()));
    v1::QuarterSubmitted event;
    *event.mutable_submission() = submission;
    event.mutable_submission()->set_submitter(actor);
    SetServerFields(quarter, revision, clock_.Now(), *event.mutable_submission());
    return eventlog::MakeEvent(event);
  };
  return steps_.MakeCommand(call, request.submission().name(), request.request_id(),
                            std::move(digest), std::move(decide));
}

}  // namespace sakip::realization
