#include "services/scoring/store/latest_changes.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/resource_name.h"
#include "common/eventlog/record.h"
#include "sakip/eventlog/v1/record.pb.h"

namespace sakip::scoring {
namespace {

using planning::v1::PlanEvent;

// Whose scorecards it may change.
absl::string_view OwnerOfEvent(const PlanEvent& event) {
  switch (event.event_case()) {
    case PlanEvent::kAgencyRegistered:
      return event.agency_registered().agency().name();
    case PlanEvent::kDocumentPublished:
      return AgencyOf(event.document_published().document().name());
    case PlanEvent::kScoringPolicyPublished:
      return OwnerOf(event.scoring_policy_published().scoring_policy().name());
    case PlanEvent::kReferenceValuesPublished:
    case PlanEvent::EVENT_NOT_SET:
      break;
  }
  return "";  // Of all, for nobody knows what it says.
}

}  // namespace

void LatestChanges::Note(const std::vector<PlanEvent>& events) {
  MutexLock lock(mutex_);
  for (const PlanEvent& event : events) {
    if (event.has_reference_values_published()) continue;
    uint64_t& latest = changes_[std::string(OwnerOfEvent(event))].planning;
    latest = std::max(latest, event.position() + 1);
  }
}

void LatestChanges::Note(const std::vector<eventlog::StoredRecord>& records) {
  for (const eventlog::StoredRecord& stored : records) {
    const auto record = eventlog::ParseRecord(stored);
    const std::string owner(record.ok() ? AgencyOf(record->stream()) : "");
    MutexLock lock(mutex_);
    uint64_t& latest = changes_[owner].realization;
    latest = std::max(latest, eventlog::PositionOf(stored.record) + 1);
  }
}

LatestChange LatestChanges::Of(absl::string_view agency) const {
  LatestChange latest;
  MutexLock lock(mutex_);
  const auto add = [&](absl::string_view owner) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const auto it = changes_.find(owner);
    if (it == changes_.end()) return;
    latest.planning = std::max(latest.planning, it->second.planning);
    latest.realization = std::max(latest.realization, it->second.realization);
  };
  add("");
  add(agency);
  // `regions/35`, `regions/35.09` of `regions/35.09/agencies/dinsos`.
  const absl::string_view region = agency.substr(0, agency.find("/agencies/"));
  for (size_t end = region.find('.'); end != absl::string_view::npos;
       end = region.find('.', end + 1)) {
    add(region.substr(0, end));
  }
  add(region);
  return latest;
}

}  // namespace sakip::scoring
