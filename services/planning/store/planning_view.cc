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
  v1::Agency& agency = agencies_[event.agency().name()] = event.agency();
  if (agency.revision() == 0) agency.set_revision(1);
}

void PlanningView::ApplyDocument(uint64_t position, const v1::DocumentPublished& event) {
  v1::PlanDocument summary = event.document();
  summary.clear_content();
  summary.clear_findings();
  summary.set_log_position(position);
  const auto effective = ParseDate(summary.effective_date());
  MutexLock lock(mutex_);
  revisions_[summary.name()].push_back(
      {effective.ok() ? *effective : absl::CivilDay::max(), position});
  std::string key = RevisionKey(summary.name(), summary.revision());
  keys_[position] = key;
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

std::optional<v1::PlanDocument> PlanningView::FindRevision(const std::string& document,
                                                           uint32_t revision) const {
  MutexLock lock(mutex_);
  const auto it = summaries_.find(RevisionKey(document, revision));
  if (it == summaries_.end()) return std::nullopt;
  return it->second;
}

std::vector<std::string> PlanningView::DocumentsIn(const std::string& agency,
                                                   absl::string_view collection) const {
  const std::string prefix = absl::StrCat(agency, "/", collection, "/");
  std::vector<std::string> names;
  MutexLock lock(mutex_);
  for (auto it = revisions_.lower_bound(prefix);
       it != revisions_.end() && absl::StartsWith(it->first, prefix); ++it) {
    names.push_back(it->first);
  }
  return names;
}

std::vector<v1::PlanDocument> PlanningView::ListRevisions(const Query& query) const {
  std::vector<v1::PlanDocument> documents;
  const std::string after =
      query.after.has_value() ? RevisionKey(query.after->name(), query.after->revision()) : "";
  MutexLock lock(mutex_);
  // False where the page is full.
  const auto add = [&](const v1::PlanDocument& document) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const bool in_force =
        !query.in_force_on.has_value() ||
        RevisionInForce(revisions_.at(document.name()), *query.in_force_on) == document.revision();
    if (in_force && query.wanted(document)) documents.push_back(document);
    return documents.size() < query.limit;
  };
  switch (query.order) {
    case Order::kName: {
      auto it = query.after.has_value() ? summaries_.upper_bound(after) : summaries_.begin();
      while (it != summaries_.end() && add(it->second)) ++it;
      break;
    }
    case Order::kNameDescending: {
      auto it = query.after.has_value() ? summaries_.lower_bound(after) : summaries_.end();
      while (it != summaries_.begin() && add((--it)->second)) continue;
      break;
    }
    case Order::kPosition: {
      auto it =
          query.after.has_value() ? keys_.upper_bound(query.after->log_position()) : keys_.begin();
      while (it != keys_.end() && add(summaries_.at(it->second))) ++it;
      break;
    }
    case Order::kPositionDescending: {
      auto it =
          query.after.has_value() ? keys_.lower_bound(query.after->log_position()) : keys_.end();
      while (it != keys_.begin() && add(summaries_.at((--it)->second))) continue;
      break;
    }
  }
  return documents;
}

std::string PlanningView::RevisionKey(absl::string_view document, uint32_t revision) {
  return absl::StrFormat("%s@%010u", document, revision);
}

}  // namespace sakip::planning
