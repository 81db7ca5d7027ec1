// RecentChanges remembers whose scorecards the records read last may have changed, for those who
// watch: they look here before they look through the rows.
#ifndef SAKIP_SERVICES_SCORING_STORE_RECENT_CHANGES_H_
#define SAKIP_SERVICES_SCORING_STORE_RECENT_CHANGES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "common/base/mutex.h"
#include "services/scoring/store/history.h"
#include "services/scoring/store/positions.h"

namespace sakip::scoring {

// What a record changes.
struct Change {
  uint64_t position = 0;
  std::string owner;  // An agency; a region where it changes all agencies in and below it.
  Years years;
};

// Thread-safe. Holds at most so many changes of each source.
class RecentChanges {
 public:
  static constexpr size_t kChangesMax = 4096;

  explicit RecentChanges(size_t changes_max = kChangesMax) : changes_max_(changes_max) {}

  // The records of `source` from `from` to before `next` were read, and changed this. What was read
  // before and does not join on is forgotten.
  void Add(Source source, uint64_t from, uint64_t next, std::vector<Change> changes);

  // Calls `visit` with the changes of the records from `from` to before `to`, which must not call
  // back. False, and no call, where they are not known any more.
  bool Visit(Source source, uint64_t from, uint64_t to,
             const std::function<void(const Change&)>& visit) const;

 private:
  // Everything from `first` to before `next` is known.
  struct Known {
    uint64_t first = 0;
    uint64_t next = 0;
    std::deque<Change> changes;
  };

  static size_t Index(Source source) { return source == Source::kPlanning ? 0 : 1; }

  const size_t changes_max_;
  mutable Mutex mutex_;
  std::array<Known, 2> known_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_STORE_RECENT_CHANGES_H_
