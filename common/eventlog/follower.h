// Follower follows the records of another service's log (sakip.eventlog.v1.EventLogService) and
// checks what it gets.
#ifndef SAKIP_COMMON_EVENTLOG_FOLLOWER_H_
#define SAKIP_COMMON_EVENTLOG_FOLLOWER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "common/eventlog/event_log.h"
#include "common/eventlog/stream_follower.h"
#include "sakip/eventlog/v1/event_log_service.grpc.pb.h"

namespace sakip::eventlog {

// Thread-safe.
class Follower final : public StreamFollower {
 public:
  // Takes consecutive batches: `records` are those of the scope before `next_position` and after
  // the batch before; there may be none where all were of others. Runs on the follower's thread.
  // What it refuses is handed to it again after a wait, so it must store the position with the
  // data.
  using Apply =
      std::function<absl::Status(const std::vector<StoredRecord>& records, uint64_t next_position)>;

  // Starts to follow. `apply` must be callable until the destructor returns.
  Follower(std::unique_ptr<v1::EventLogService::StubInterface> stub, const FollowerOptions& options,
           Apply apply);
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_FOLLOWER_H_
