// ScoringPolicyView is how many versions of its scoring policy each region has published. The
// policies themselves stay in the log, for scoring. Kept through PlanningViews.
#ifndef SAKIP_SERVICES_PLANNING_STORE_SCORING_POLICY_VIEW_H_
#define SAKIP_SERVICES_PLANNING_STORE_SCORING_POLICY_VIEW_H_

#include <cstdint>
#include <map>
#include <string>

#include "common/base/mutex.h"
#include "sakip/eventlog/v1/record.pb.h"

namespace sakip::planning {

// Thread-safe.
class ScoringPolicyView {
 public:
  // Applies a committed record; false where it is of another type.
  bool Apply(const eventlog::v1::Record& record);

  // Number of events in the stream of a region's policies.
  uint64_t StreamRevision(const std::string& stream) const;

 private:
  mutable Mutex mutex_;
  std::map<std::string, uint64_t> stream_revisions_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_STORE_SCORING_POLICY_VIEW_H_
