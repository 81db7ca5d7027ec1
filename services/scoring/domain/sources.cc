#include "services/scoring/domain/sources.h"

#include "absl/strings/str_cat.h"
#include "common/base/period.h"

namespace sakip::scoring {
namespace {

void NoteChangedSinceApproval(const Submission& submission, const Approval& approval,
                              Findings& findings) {
  if (submission.content_digest == approval.content_digest) return;
  findings.Add(FindingCode::kChangedSinceApproval, submission.name,
               {{approval.content_digest, absl::StrCat(submission.name, "@", approval.revision)},
                {submission.content_digest, submission.Versioned()}});
}

}  // namespace

std::vector<SubmissionRef> CiteSubmissions(const YearSubmissions& submissions, Period period) {
  std::vector<SubmissionRef> refs;
  for (const auto& [quarter, submission] : submissions.by_quarter) {
    if (quarter > period.quarter) break;
    refs.push_back({submission.name, submission.revision, submission.content_digest,
                    submission.log_position, submission.illustrative, submission.verified});
  }
  return refs;
}

void NoteWorkflow(const YearSubmissions& submissions, Period period, Findings& findings) {
  for (const auto& [quarter, submission] : submissions.by_quarter) {
    if (quarter > period.quarter) break;
    const auto approval = submissions.approvals.find(quarter);
    if (approval != submissions.approvals.end()) {
      NoteChangedSinceApproval(submission, approval->second, findings);
    }
  }
}

void NoteUnread(const YearSubmissions& submissions, Findings& findings) {
  for (const UnreadEvent& unread : submissions.unread) {
    findings.Add(FindingCode::kEventNotRead, unread.event,
                 {{absl::StrCat("position ", unread.log_position), unread.event}}, unread.why);
  }
}

}  // namespace sakip::scoring
