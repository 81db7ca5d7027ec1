// ReferenceValueView is the latest reference values of all regions. Kept through PlanningViews.
#ifndef SAKIP_SERVICES_PLANNING_STORE_REFERENCE_VALUE_VIEW_H_
#define SAKIP_SERVICES_PLANNING_STORE_REFERENCE_VALUE_VIEW_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/base/mutex.h"
#include "sakip/eventlog/v1/record.pb.h"
#include "sakip/planning/v1/reference_value.pb.h"

namespace sakip::planning {

// Thread-safe.
class ReferenceValueView {
 public:
  // Applies a committed record; false where it is of another type.
  absl::StatusOr<bool> Apply(const eventlog::v1::Record& record);

  // Number of events in the stream of a region's reference values.
  uint64_t StreamRevision(const std::string& stream) const;

  // The latest value of the indicator, year and level of `like` in a region.
  std::optional<v1::ReferenceValue> Find(absl::string_view region,
                                         const v1::ReferenceValue& like) const;

  // At most `limit` values whose key begins with `prefix` and that `wanted` accepts, by key, after
  // the key `after`.
  std::vector<v1::ReferenceValue> List(
      const std::string& prefix, const std::string& after, size_t limit,
      const std::function<bool(const v1::ReferenceValue&)>& wanted) const;

  // Orders values by region, indicator code, year and level.
  static std::string Key(absl::string_view region, const v1::ReferenceValue& value);
  // What the keys of a region's values begin with, of all indicators or, where it is given, of one.
  static std::string KeyPrefix(absl::string_view region, absl::string_view indicator_code);

 private:
  mutable Mutex mutex_;
  std::map<std::string, uint64_t> stream_revisions_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, v1::ReferenceValue> values_ ABSL_GUARDED_BY(mutex_);  // By Key.
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_STORE_REFERENCE_VALUE_VIEW_H_
