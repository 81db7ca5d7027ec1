#include "services/realization/domain/progress.h"

#include <algorithm>

namespace sakip::realization {
namespace {

auto Level(absl::string_view region) { return std::count(region.begin(), region.end(), '.'); }

}  // namespace

void ProgressCount::Add(absl::string_view region, const Quarter& quarter, absl::Time now) {
  const bool overdue = IsOverdue(quarter, now);
  const absl::string_view role = WaitsForRole(quarter.state);
  while (parent_.is_all_regions() || RegionCovers(parent_.region, region)) {
    RegionCount& count = regions_[std::string(region)];
    ++count.agencies;
    ++count.states[quarter.state];
    if (!role.empty()) ++count.waiting[std::string(role)];
    if (overdue) ++count.overdue;
    const size_t dot = region.rfind('.');
    if (dot == absl::string_view::npos) break;
    region = region.substr(0, dot);
  }
}

std::vector<std::pair<std::string, RegionCount>> ProgressCount::Regions() const {
  std::vector<std::pair<std::string, RegionCount>> regions(regions_.begin(), regions_.end());
  std::stable_sort(regions.begin(), regions.end(),
                   [](const auto& a, const auto& b) { return Level(a.first) > Level(b.first); });
  return regions;
}

}  // namespace sakip::realization
