#include "services/realization/rpc/submit_step.h"

#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "common/message/digest.h"
#include "common/message/timestamp.h"
#include "sakip/realization/v1/events.pb.h"
#include "services/realization/domain/submission_name.h"
#include "services/realization/domain/submit.h"

namespace sakip::realization {

void DropServerFields(v1::Submission& submission) {
  submission.clear_revision();
  submission.clear_state();
  submission.clear_submit_time();
  submission.clear_submitter();
  submission.clear_content_digest();
  submission.clear_log_position();
  submission.clear_evidence_coverage();
}

std::string ContentDigest(const v1::Submission& submission) {
  v1::Submission content;
  content.set_coverage(submission.coverage());
  *content.mutable_indicators() = submission.indicators();
  *content.mutable_budgets() = submission.budgets();
  *content.mutable_objectives() = submission.objectives();
  return HexDigest(content);
}

absl::StatusOr<eventlog::Decision> DecideSubmit(const SubmissionView& view, const Clock& clock,
                                                const std::string& actor,
                                                const v1::Submission& submission,
                                                uint32_t expected_revision) {
  ASSIGN_OR_RETURN(const SubmissionName name, ParseSubmissionName(submission.name()));
  // The stream's revision is read first: what is submitted meanwhile makes the append fail.
  const uint64_t stream_revision = view.StreamRevision(name.Stream());
  const auto submitted = static_cast<uint32_t>(view.Revisions(submission.name()).size());
  ASSIGN_OR_RETURN(const uint32_t revision, DecideRevision(submission.name(), submitted,
                                                           expected_revision, submission.reason()));
  v1::QuarterSubmitted event;
  v1::Submission& stored = *event.mutable_submission();
  stored = submission;
  stored.set_revision(revision);
  stored.set_submitter(actor);
  stored.set_content_digest(ContentDigest(submission));
  *stored.mutable_submit_time() = ToTimestamp(clock.Now());
  return eventlog::Decision{name.Stream(), stream_revision, actor, {eventlog::MakeEvent(event)}};
}

}  // namespace sakip::realization
