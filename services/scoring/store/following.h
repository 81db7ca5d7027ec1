// Following is what follows both logs into a projection. How is its makers' to say: over gRPC
// (rpc/log_followers.h), or out of a test's hands.
#ifndef SAKIP_SERVICES_SCORING_STORE_FOLLOWING_H_
#define SAKIP_SERVICES_SCORING_STORE_FOLLOWING_H_

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "services/scoring/store/progress.h"
#include "services/scoring/store/projection.h"

namespace sakip::scoring {

// Follows until it is destroyed; nothing is applied or called after that.
class Following {
 public:
  virtual ~Following() = default;

  // Numbers of records in the logs, as far as is known.
  virtual Positions ends() const = 0;
};

// Called on a thread of its source, first when the source has answered and then after each batch:
// the projection holds everything before `position` of a log of `end` records.
using OnRead = std::function<void(Source source, uint64_t position, uint64_t end)>;

// Everything, for ever.
inline constexpr Positions kNoLimits{std::numeric_limits<uint64_t>::max(),
                                     std::numeric_limits<uint64_t>::max()};

// Starts to follow from where the projection is, up to `limits`: what lies at or behind them is not
// applied. Borrows the projection.
using Follow = std::function<absl::StatusOr<std::unique_ptr<Following>>(
    Projection& projection, const Positions& limits, OnRead on_read)>;

// Leaves out of a batch that leads to `next_position` what is not before `limit`. `position_of` an
// event is its place in the log; events are in the order of the log.
template <typename Event, typename PositionOf>
void CutAt(uint64_t limit, PositionOf position_of, std::vector<Event>& events,
           uint64_t& next_position) {
  if (next_position <= limit) return;
  next_position = limit;
  while (!events.empty() && position_of(events.back()) >= limit) events.pop_back();
}

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_STORE_FOLLOWING_H_
