#include "services/realization/store/submission_view.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/eventlog/record.h"

namespace sakip::realization {
namespace {

void LogNotRead(uint64_t position, const absl::Status& status) {
  Log(LogLevel::kError, "event_not_read",
      {{"position", absl::StrCat(position)}, {"error", status.ToString()}});
}

}  // namespace

void SubmissionView::Apply(uint64_t position, const eventlog::StoredRecord& stored) {
  const auto record = eventlog::ParseRecord(stored);
  if (!record.ok()) return LogNotRead(position, record.status());
  auto step = ReadQuarterRecord(*record);
  MutexLock lock(mutex_);
  // Also for what is not understood: the next write expects this revision.
  stream_revisions_[record->stream()] = record->stream_revision();
  if (!step.ok()) return LogNotRead(position, step.status());
  if (step->has_value()) return ApplyStep(**std::move(step));
  Log(LogLevel::kWarning, "event_type_unknown",
      {{"type", record->type()}, {"position", absl::StrCat(position)}});
}

void SubmissionView::ApplyStep(QuarterRecord record) {
  Entry& entry = quarters_[record.name];
  entry.quarter = Evolve(std::move(entry.quarter), record.event);
  if (record.submission.has_value()) entry.latest = *std::move(record.submission);
  SetStanding(entry.quarter, entry.latest);
  entry.events.push_back(std::move(record.event));
}

const SubmissionView::Entry* SubmissionView::Find(const std::string& name) const {
  const auto it = quarters_.find(name);
  return it == quarters_.end() ? nullptr : &it->second;
}

uint64_t SubmissionView::StreamRevision(const std::string& stream) const {
  MutexLock lock(mutex_);
  const auto it = stream_revisions_.find(stream);
  return it == stream_revisions_.end() ? 0 : it->second;
}

Quarter SubmissionView::FindQuarter(const std::string& name) const {
  MutexLock lock(mutex_);
  const Entry* entry = Find(name);
  return entry == nullptr ? Quarter() : entry->quarter;
}

Quarter SubmissionView::QuarterAt(const std::string& name, uint64_t position) const {
  MutexLock lock(mutex_);
  const Entry* entry = Find(name);
  if (entry == nullptr) return Quarter();
  Quarter quarter;
  for (const QuarterEvent& event : entry->events) {
    if (event.position > position) break;
    quarter = Evolve(std::move(quarter), event);
  }
  return quarter;
}

std::vector<QuarterEvent> SubmissionView::History(const std::string& name, size_t limit) const {
  MutexLock lock(mutex_);
  const Entry* entry = Find(name);
  if (entry == nullptr) return {};
  const size_t count = std::min(limit, entry->events.size());
  return {entry->events.end() - static_cast<ptrdiff_t>(count), entry->events.end()};
}

std::vector<uint64_t> SubmissionView::Revisions(const std::string& submission) const {
  std::vector<uint64_t> positions;
  MutexLock lock(mutex_);
  const Entry* entry = Find(submission);
  if (entry == nullptr) return positions;
  for (const QuarterEvent& event : entry->events) {
    if (event.step == Step::kSubmit) positions.push_back(event.position);
  }
  return positions;
}

std::optional<v1::Submission> SubmissionView::LatestAt(const std::string& name,
                                                       uint64_t position) const {
  MutexLock lock(mutex_);
  const Entry* entry = Find(name);
  if (entry == nullptr || entry->latest.revision() == 0) return std::nullopt;
  if (entry->latest.log_position() != position) return std::nullopt;
  return entry->latest;
}

std::vector<v1::Submission> SubmissionView::List(
    const std::string& after, size_t limit,
    const std::function<bool(const v1::Submission&)>& wanted) const {
  std::vector<v1::Submission> submissions;
  MutexLock lock(mutex_);
  for (auto it = quarters_.upper_bound(after); it != quarters_.end() && submissions.size() < limit;
       ++it) {
    const v1::Submission& latest = it->second.latest;
    if (latest.revision() > 0 && wanted(latest)) submissions.push_back(latest);
  }
  return submissions;
}

}  // namespace sakip::realization
