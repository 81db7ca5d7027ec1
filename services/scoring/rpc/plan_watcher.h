// PlanWatcher follows what planning publishes (sakip.planning.v1.PlanWatchService).
#ifndef SAKIP_SERVICES_SCORING_RPC_PLAN_WATCHER_H_
#define SAKIP_SERVICES_SCORING_RPC_PLAN_WATCHER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "common/eventlog/stream_follower.h"
#include "sakip/planning/v1/plan_watch_service.grpc.pb.h"

namespace sakip::scoring {

// Thread-safe.
class PlanWatcher final : public eventlog::StreamFollower {
 public:
  // Takes consecutive batches: `events` are those of the scope before `next_position` and after the
  // batch before; there may be none. Runs on the watcher's thread. What it refuses is handed to it
  // again after a wait, so it must store the position with the data.
  using Apply = std::function<absl::Status(const std::vector<planning::v1::PlanEvent>& events,
                                           uint64_t next_position)>;

  // Starts to watch. `apply` must be callable until the destructor returns.
  PlanWatcher(std::unique_ptr<planning::v1::PlanWatchService::StubInterface> stub,
              const eventlog::FollowerOptions& options, Apply apply);
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_PLAN_WATCHER_H_
