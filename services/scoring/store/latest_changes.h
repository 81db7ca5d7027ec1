// LatestChanges remembers up to where each agency's scorecards may have changed, so that one that
// was computed before need not be computed again. It knows what was read since it was made; before
// that nothing was computed.
#ifndef SAKIP_SERVICES_SCORING_STORE_LATEST_CHANGES_H_
#define SAKIP_SERVICES_SCORING_STORE_LATEST_CHANGES_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "common/base/mutex.h"
#include "common/eventlog/event_log.h"
#include "sakip/planning/v1/plan_watch_service.pb.h"
#include "services/scoring/store/history.h"

namespace sakip::scoring {

// The positions after the last records that may change something; 0 where none does.
struct LatestChange {
  uint64_t planning = 0;
  uint64_t realization = 0;

  // True where `state` holds them, and so everything that counts.
  bool IsIn(const AsOf& state) const {
    return planning <= state.planning && realization <= state.realization;
  }
};

// Thread-safe. Grows with the number of agencies and regions, by about 100 bytes each.
class LatestChanges {
 public:
  // What is about to be read; called before anybody is told that it was. Reference values change
  // comparisons, and no scorecard.
  void Note(const std::vector<planning::v1::PlanEvent>& events);
  void Note(const std::vector<eventlog::StoredRecord>& records);

  // Of the scorecards of an agency, all years and quarters.
  LatestChange Of(absl::string_view agency) const;

 private:
  // By agency; by region, for all agencies in and below it; by an empty name, for all.
  using ByOwner = std::map<std::string, LatestChange, std::less<>>;

  mutable Mutex mutex_;
  ByOwner changes_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_STORE_LATEST_CHANGES_H_
