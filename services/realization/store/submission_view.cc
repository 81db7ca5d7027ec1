#include "services/realization/store/submission_view.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "sakip/realization/v1/events.pb.h"
#include "services/realization/store/evidence_coverage.h"

namespace sakip::realization {

void DropLines(v1::Submission& submission) {
  submission.clear_indicators();
  submission.clear_budgets();
  submission.clear_objectives();
}

void SubmissionView::Apply(uint64_t position, const eventlog::StoredRecord& stored) {
  const auto apply = [&]() -> absl::Status {
    ASSIGN_OR_RETURN(const eventlog::v1::Record record, eventlog::ParseRecord(stored));
    ASSIGN_OR_RETURN(auto event, eventlog::ParsePayload<v1::QuarterSubmitted>(record));
    v1::Submission& submission = *event.mutable_submission();
    *submission.mutable_evidence_coverage() = CoverageOf(submission);
    DropLines(submission);
    submission.set_state(v1::Submission::STATE_SUBMITTED);
    submission.set_log_position(position);
    MutexLock lock(mutex_);
    stream_revisions_[record.stream()] = record.stream_revision();
    Entry& entry = submissions_[submission.name()];
    entry.positions.push_back(position);
    entry.latest = std::move(submission);
    return absl::OkStatus();
  };
  const absl::Status status = apply();
  if (!status.ok()) {
    Log(LogLevel::kError, "event_not_read",
        {{"position", absl::StrCat(position)}, {"error", status.ToString()}});
  }
}

uint64_t SubmissionView::StreamRevision(const std::string& stream) const {
  MutexLock lock(mutex_);
  const auto it = stream_revisions_.find(stream);
  return it == stream_revisions_.end() ? 0 : it->second;
}

std::vector<uint64_t> SubmissionView::Revisions(const std::string& submission) const {
  MutexLock lock(mutex_);
  const auto it = submissions_.find(submission);
  return it == submissions_.end() ? std::vector<uint64_t>() : it->second.positions;
}

std::vector<v1::Submission> SubmissionView::List(
    const std::string& after, size_t limit,
    const std::function<bool(const v1::Submission&)>& wanted) const {
  std::vector<v1::Submission> submissions;
  MutexLock lock(mutex_);
  for (auto it = submissions_.upper_bound(after);
       it != submissions_.end() && submissions.size() < limit; ++it) {
    if (wanted(it->second.latest)) submissions.push_back(it->second.latest);
  }
  return submissions;
}

}  // namespace sakip::realization
