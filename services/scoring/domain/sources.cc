#include "services/scoring/domain/sources.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/base/period.h"

namespace sakip::scoring {
namespace {

// Times are told in UTC: a finding reads the same everywhere.
std::string Text(absl::Time time) {
  return absl::FormatTime(absl::RFC3339_sec, time, absl::UTCTimeZone());
}

void NoteChangedSinceApproval(const Submission& submission, const Approval& approval,
                              Findings& findings) {
  if (submission.content_digest == approval.content_digest) return;
  findings.Add(FindingCode::kChangedSinceApproval, submission.name,
               {{approval.content_digest, absl::StrCat(submission.name, "@", approval.revision)},
                {submission.content_digest, submission.Versioned()}});
}

// Days from the due time on, begun ones counted.
int DaysLate(const Timeliness& times) {
  if (!times.late || !times.due.has_value() || !times.submitted.has_value()) return 0;
  const absl::Duration late = *times.submitted - *times.due;
  return static_cast<int>(absl::ToInt64Hours(absl::Ceil(late, absl::Hours(24))) / 24);
}

}  // namespace

std::vector<SubmissionRef> CiteSubmissions(const YearSubmissions& submissions, Period period) {
  std::vector<SubmissionRef> refs;
  for (const auto& [quarter, submission] : submissions.by_quarter) {
    if (quarter > period.quarter) break;
    refs.push_back({submission.name, submission.revision, submission.content_digest,
                    submission.log_position, submission.illustrative, submission.verified,
                    submission.simulated});
  }
  return refs;
}

std::vector<QuarterTimes> TimesOf(const YearSubmissions& submissions, Period period) {
  std::vector<QuarterTimes> result;
  for (const auto& [quarter, times] : submissions.timeliness) {
    if (quarter > period.quarter) break;
    result.push_back({quarter, times, DaysLate(times)});
  }
  return result;
}

void NoteWorkflow(const YearSubmissions& submissions, Period period, Findings& findings) {
  for (const auto& [quarter, submission] : submissions.by_quarter) {
    if (quarter > period.quarter) break;
    const auto approval = submissions.approvals.find(quarter);
    if (approval != submissions.approvals.end()) {
      NoteChangedSinceApproval(submission, approval->second, findings);
    }
    const auto times = submissions.timeliness.find(quarter);
    if (times == submissions.timeliness.end() || DaysLate(times->second) == 0) continue;
    findings.Add(
        FindingCode::kSubmittedLate, submission.name,
        {{Text(*times->second.submitted), submission.name}, {Text(*times->second.due), "due"}});
  }
}

}  // namespace sakip::scoring
