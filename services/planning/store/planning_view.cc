#include "services/planning/store/planning_view.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/log.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"

namespace sakip::planning {

namespace {

void LogNotRead(uint64_t position, const absl::Status& status) {
  Log(LogLevel::kError, "event_not_read",
      {{"position", absl::StrCat(position)}, {"error", status.ToString()}});
}

}  // namespace

void PlanningView::Apply(const eventlog::v1::Record& record) {
  const absl::Status applied = ApplyEvent(record);
  if (!applied.ok()) LogNotRead(record.position(), applied);
  // Also for what is not understood: the next write expects this revision.
  MutexLock lock(mutex_);
  stream_revisions_[record.stream()] = record.stream_revision();
}

absl::Status PlanningView::ApplyEvent(const eventlog::v1::Record& record) {
  if (record.type() == v1::AgencyRegistered::descriptor()->full_name()) {
    ASSIGN_OR_RETURN(const auto event, eventlog::ParsePayload<v1::AgencyRegistered>(record));
    ApplyAgency(event);
  } else if (record.type() == v1::DocumentPublished::descriptor()->full_name()) {
    ASSIGN_OR_RETURN(const auto event, eventlog::ParsePayload<v1::DocumentPublished>(record));
    ApplyDocument(record.position(), event);
  } else {
    Log(LogLevel::kWarning, "event_type_unknown",
        {{"type", record.type()}, {"position", absl::StrCat(record.position())}});
  }
  return absl::OkStatus();
}

void PlanningView::ApplyAgency(const v1::AgencyRegistered& event) {
  MutexLock lock(mutex_);
  agencies_[event.agency().name()] = event.agency();
}

void PlanningView::ApplyDocument(uint64_t position, const v1::DocumentPublished& event) {
  v1::PlanDocument summary = event.document();
  summary.clear_content();
  summary.set_log_position(position);
  const auto effective = ParseDate(summary.effective_date());
  MutexLock lock(mutex_);
  revisions_[summary.name()].push_back(
      {effective.ok() ? *effective : absl::CivilDay::max(), position});
  std::string key = RevisionKey(summary.name(), summary.revision());
  summaries_[std::move(key)] = std::move(summary);
}

uint64_t PlanningView::StreamRevision(const std::string& agency) const {
  MutexLock lock(mutex_);
  const auto it = stream_revisions_.find(agency);
  return it == stream_revisions_.end() ? 0 : it->second;
}

std::optional<v1::Agency> PlanningView::FindAgency(const std::string& name) const {
  MutexLock lock(mutex_);
  const auto it = agencies_.find(name);
  if (it == agencies_.end()) return std::nullopt;
  return it->second;
}

std::vector<v1::Agency> PlanningView::ListAgencies(
    const std::string& after, size_t limit,
    const std::function<bool(const std::string&)>& wanted) const {
  std::vector<v1::Agency> agencies;
  MutexLock lock(mutex_);
  for (auto it = agencies_.upper_bound(after); it != agencies_.end() && agencies.size() < limit;
       ++it) {
    if (wanted(it->first)) agencies.push_back(it->second);
  }
  return agencies;
}

std::vector<RevisionState> PlanningView::Revisions(const std::string& document) const {
  MutexLock lock(mutex_);
  const auto it = revisions_.find(document);
  return it == revisions_.end() ? std::vector<RevisionState>() : it->second;
}

std::vector<v1::PlanDocument> PlanningView::ListRevisions(const std::string& agency,
                                                          const std::string& after,
                                                          size_t limit) const {
  const std::string prefix = absl::StrCat(agency, "/");
  std::vector<v1::PlanDocument> documents;
  MutexLock lock(mutex_);
  for (auto it = summaries_.upper_bound(std::max(prefix, after));
       it != summaries_.end() && documents.size() < limit; ++it) {
    if (!absl::StartsWith(it->first, prefix)) break;
    documents.push_back(it->second);
  }
  return documents;
}

std::string PlanningView::RevisionKey(absl::string_view document, uint32_t revision) {
  return absl::StrFormat("%s@%010u", document, revision);
}

}  // namespace sakip::planning
