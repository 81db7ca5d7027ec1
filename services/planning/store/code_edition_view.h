// CodeEditionView is what planning knows of code editions without reading its log: which there are,
// and where. Their entries stay in the log. Kept through PlanningViews.
#ifndef SAKIP_SERVICES_PLANNING_STORE_CODE_EDITION_VIEW_H_
#define SAKIP_SERVICES_PLANNING_STORE_CODE_EDITION_VIEW_H_

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/mutex.h"
#include "sakip/eventlog/v1/record.pb.h"
#include "sakip/planning/v1/code_edition.pb.h"

namespace sakip::planning {

// Thread-safe.
class CodeEditionView {
 public:
  // Applies a committed record; false where it is of another type.
  absl::StatusOr<bool> Apply(const eventlog::v1::Record& record);

  // An edition without its entries.
  std::optional<v1::CodeEdition> Find(const std::string& name) const;

  // At most `limit` editions that `wanted` accepts, by name, after `after`, without entries.
  std::vector<v1::CodeEdition> List(const std::string& after, size_t limit,
                                    const std::function<bool(const std::string&)>& wanted) const;

 private:
  mutable Mutex mutex_;
  std::map<std::string, v1::CodeEdition> editions_ ABSL_GUARDED_BY(mutex_);  // By name.
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_STORE_CODE_EDITION_VIEW_H_
