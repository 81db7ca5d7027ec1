#include "services/scoring/store/latest_changes.h"

#include <algorithm>

namespace sakip::scoring {

void LatestChanges::Note(Source source, const std::vector<Change>& changes) {
  MutexLock lock(mutex_);
  for (const Change& change : changes) {
    LatestChange& of = changes_[change.owner];
    uint64_t& latest = source == Source::kPlanning ? of.planning : of.realization;
    latest = std::max(latest, change.position + 1);
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
