#include "services/realization/rpc/submit_step.h"

#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "common/message/digest.h"
#include "common/message/timestamp.h"
#include "services/realization/domain/submit.h"

namespace sakip::realization {
namespace {

// Exchanges what a submission's digest is of.
void SwapContent(v1::Submission& one, v1::Submission& other) {
  one.mutable_indicators()->Swap(other.mutable_indicators());
  one.mutable_budgets()->Swap(other.mutable_budgets());
  one.mutable_objectives()->Swap(other.mutable_objectives());
}

// Sets what follows from where the quarter stands.
void SetServerFields(const Quarter& quarter, const std::string& actor, uint32_t revision,
                     absl::Time now, v1::Submission& submission) {
  DropServerFields(submission);
  submission.set_submitter(actor);
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

void DropServerFields(v1::Submission& submission) {
  submission.clear_revision();
  submission.clear_state();
  submission.clear_submit_time();
  submission.clear_submitter();
  submission.clear_content_digest();
  submission.clear_log_position();
  submission.clear_late();
  submission.clear_supersedes();
  submission.clear_changed_since_approval();
  submission.clear_evidence_coverage();
}

std::string ContentDigest(v1::Submission& submission) {
  v1::Submission content;
  content.set_coverage(submission.coverage());
  SwapContent(submission, content);
  std::string digest = HexDigest(content);
  SwapContent(submission, content);
  return digest;
}

absl::StatusOr<eventlog::NewEvent> DecideSubmit(const Quarter& quarter, absl::Time now,
                                                const std::string& actor,
                                                uint32_t expected_revision,
                                                v1::QuarterSubmitted& event) {
  v1::Submission& submission = *event.mutable_submission();
  ASSIGN_OR_RETURN(const uint32_t revision, DecideRevision(submission.name(), quarter,
                                                           expected_revision, submission.reason()));
  SetServerFields(quarter, actor, revision, now, submission);
  return eventlog::MakeEvent(event);
}

}  // namespace sakip::realization
