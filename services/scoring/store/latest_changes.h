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
#include "services/scoring/store/history.h"
#include "services/scoring/store/positions.h"
#include "services/scoring/store/recent_changes.h"

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
  // What the records that are about to be read change; called before anybody is told that they
  // were.
  void Note(Source source, const std::vector<Change>& changes);

  // Of the scorecards of an agency, all years and quarters.
  LatestChange Of(absl::string_view agency) const;

 private:
  // By agency; by region, for all agencies in and below it.
  using ByOwner = std::map<std::string, LatestChange, std::less<>>;

  mutable Mutex mutex_;
  ByOwner changes_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_STORE_LATEST_CHANGES_H_
