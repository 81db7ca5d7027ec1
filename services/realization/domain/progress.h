// Counts where the agencies of a region stand in a quarter, from the agencies up to the province.
#ifndef SAKIP_SERVICES_REALIZATION_DOMAIN_PROGRESS_H_
#define SAKIP_SERVICES_REALIZATION_DOMAIN_PROGRESS_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/base/resource_name.h"
#include "services/realization/domain/quarter.h"

namespace sakip::realization {

// Of all agencies in and below a region.
struct RegionCount {
  uint32_t agencies = 0;
  std::map<State, uint32_t> states;
  std::map<std::string, uint32_t> waiting;  // By the role whose turn it is.
  uint32_t overdue = 0;
};

// Not thread-safe.
class ProgressCount {
 public:
  // Counts regions from `parent` (a region or all) downwards.
  explicit ProgressCount(ResourceName parent) : parent_(std::move(parent)) {}

  // Counts an agency of `region` (a code) in its region and in those above it.
  void Add(absl::string_view region, const Quarter& quarter, absl::Time now);

  // By region code: the lowest level first, then by code.
  std::vector<std::pair<std::string, RegionCount>> Regions() const;

 private:
  const ResourceName parent_;
  std::map<std::string, RegionCount> regions_;
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_DOMAIN_PROGRESS_H_
