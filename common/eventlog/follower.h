// Follower keeps a view up to date with the log of another service: it follows the log over gRPC on
// a thread of its own, checks what it gets, hands it on, and comes back after any break.
#ifndef SAKIP_COMMON_EVENTLOG_FOLLOWER_H_
#define SAKIP_COMMON_EVENTLOG_FOLLOWER_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/mutex.h"
#include "common/eventlog/backoff.h"
#include "common/eventlog/event_log.h"
#include "sakip/eventlog/v1/event_log_service.grpc.pb.h"

namespace grpc {
class ClientContext;
}  // namespace grpc

namespace sakip::eventlog {

struct FollowerOptions {
  std::string source;  // Of the log, for log lines: `planning`.
  uint64_t from_position = 0;
  std::string scope = "regions/-";                                 // All that the caller may read.
  std::vector<std::pair<std::string, std::string>> metadata = {};  // The caller's identity.
  absl::Duration backoff_min = absl::Milliseconds(50);
  absl::Duration backoff_max = absl::Seconds(5);
  // Deadline of one stream, then it is renewed. A peer that is gone without a word is noticed then
  // at the latest.
  absl::Duration stream_time_max = absl::Minutes(10);
};

// Thread-safe.
class Follower {
 public:
  // Takes consecutive batches: `records` are those of the scope before `next_position` and after
  // the batch before; there may be none where all were of others. Runs on the follower's thread.
  // What it refuses is handed to it again after a wait, so it must store the position with the
  // data.
  using Apply =
      std::function<absl::Status(const std::vector<StoredRecord>& records, uint64_t next_position)>;

  // Starts to follow. `apply` must be callable until the destructor returns.
  Follower(std::unique_ptr<v1::EventLogService::StubInterface> stub, FollowerOptions options,
           Apply apply);
  ~Follower();  // Stops.
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

  // Ends the stream and the thread; waits for an `apply` that runs. `apply` is not called after.
  // Not from `apply`.
  void Stop();

  // Everything before this position was applied.
  uint64_t next_position() const { return next_position_; }

  // Number of records in the followed log as far as is known; the lag is what it is ahead of
  // next_position().
  uint64_t end_position() const { return end_position_; }

  // The source answers: a message came on the stream that is open.
  bool connected() const { return connected_; }

  // Why it does not go on: the error of the last stream or `apply`. OK once there is progress.
  absl::Status last_error() const;

 private:
  void FollowUntilStopped();
  absl::Status FollowOnce(bool& progress);
  absl::Status Take(v1::FollowRecordsResponse& response);
  void Report(const absl::Status& status);
  bool WaitBeforeRetry(absl::Duration time);

  const std::unique_ptr<v1::EventLogService::StubInterface> stub_;
  const FollowerOptions options_;
  const Apply apply_;
  Backoff backoff_;  // Used by the thread only.
  std::atomic<uint64_t> next_position_;
  std::atomic<uint64_t> end_position_;
  std::atomic<bool> connected_ = false;

  mutable Mutex mutex_;
  ConditionVariable stopping_changed_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  grpc::ClientContext* stream_ ABSL_GUARDED_BY(mutex_) = nullptr;  // Of the open stream.
  absl::Status last_error_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;  // Last: it uses all of the above.
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_FOLLOWER_H_
