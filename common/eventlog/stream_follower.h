// StreamFollower keeps a view up to date with the log of another service: it follows a stream of
// the log over gRPC on a thread of its own, hands on what it gets, and comes back after any break.
// What the messages are made of is its uses' to say: Follower (follower.h) takes records.
#ifndef SAKIP_COMMON_EVENTLOG_STREAM_FOLLOWER_H_
#define SAKIP_COMMON_EVENTLOG_STREAM_FOLLOWER_H_

#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>
#include <grpcpp/support/sync_stream.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/mutex.h"
#include "common/eventlog/backoff.h"
#include "common/rpc/metrics.h"

namespace sakip::eventlog {

struct FollowerOptions {
  std::string source;  // Of the log, for log lines: `planning`.
  uint64_t from_position = 0;
  std::string scope = "regions/-";  // All that the caller may read.
  absl::Duration backoff_min = absl::Milliseconds(50);
  absl::Duration backoff_max = absl::Seconds(5);
  // Deadline of one stream, then it is renewed. A peer that is gone without a word is noticed then
  // at the latest.
  absl::Duration stream_time_max = absl::Minutes(10);
  rpc::Metrics* metrics = nullptr;  // Borrowed; null means InertMetrics().
  // Called on the follower's thread after each message, once what it holds was applied; the first
  // one comes when the source answers, and may hold nothing.
  std::function<void(uint64_t next_position, uint64_t end_position)> on_read = {};
};

// A stream that was opened. Not thread-safe; used by the follower's thread alone.
class FollowedStream {
 public:
  virtual ~FollowedStream() = default;

  // Waits for the next message; false at the end of the stream. The others are about that message.
  virtual bool Read() = 0;
  virtual uint64_t next_position() const = 0;
  virtual uint64_t end_position() const = 0;

  // Checks what the message holds, everything before `from_position` having come before.
  //   DATA_LOSS  it cannot be what the log holds.
  virtual absl::Status Check(uint64_t from_position) = 0;

  // Hands it on. What is refused comes again after a wait, so who takes it stores the position with
  // the data.
  virtual absl::Status Apply() = 0;

  // Why the stream ended, once Read has returned false or the call was cancelled.
  virtual grpc::Status Finish() = 0;
};

// A stream of messages of type `Response`, which has `next_position` and `end_position`.
template <typename Response>
class MessageStream : public FollowedStream {
 public:
  using Reader = grpc::ClientReaderInterface<Response>;

  bool Read() final { return reader_->Read(&message_); }
  uint64_t next_position() const final { return message_.next_position(); }
  uint64_t end_position() const final { return message_.end_position(); }
  grpc::Status Finish() final { return reader_->Finish(); }

 protected:
  explicit MessageStream(std::unique_ptr<Reader> reader) : reader_(std::move(reader)) {}
  Response& message() { return message_; }

 private:
  const std::unique_ptr<Reader> reader_;
  Response message_;
};

// OK where something at `position` may follow all before `lowest` in a message that leads to
// `next_position`; `lowest` is then behind it. Positions grow but need not be dense: those of
// others are left out.
//   DATA_LOSS  it may not.
absl::Status CheckPosition(uint64_t position, uint64_t next_position, uint64_t& lowest);

// Thread-safe.
//
//   sakip_follower_lag_records{source}  records of the source that are not applied, as far as known
//   sakip_follower_connected{source}    1 where the source answers, otherwise 0: the lag may be
//   more
class StreamFollower {
 public:
  // Opens a stream from a position on; runs on the follower's thread.
  using Open = std::function<std::unique_ptr<FollowedStream>(grpc::ClientContext& context,
                                                             uint64_t from_position)>;

  StreamFollower(const StreamFollower&) = delete;
  StreamFollower& operator=(const StreamFollower&) = delete;

  // Ends the stream and the thread; waits for an Apply that runs. Nothing is applied after. Not
  // from Apply.
  void Stop();

  // Everything before this position was applied.
  uint64_t next_position() const { return next_position_; }

  // Number of records in the followed log as far as is known; the lag is what it is ahead of
  // next_position().
  uint64_t end_position() const { return end_position_; }

  // The source answers: a message came on the stream that is open.
  bool connected() const { return connected_; }

  // Why it does not go on: the error of the last stream or Apply. OK once there is progress.
  absl::Status last_error() const;

 protected:
  // Starts to follow, on a thread that runs until the destructor: a use of this has no members that
  // its streams use, what they need is held by `open`.
  StreamFollower(FollowerOptions options, Open open);
  ~StreamFollower();  // Stops.

 private:
  void FollowUntilStopped();
  absl::Status FollowOnce(bool& progress);
  absl::Status Take(FollowedStream& stream);
  void SetConnected(bool connected);
  void Report(const absl::Status& status);
  bool WaitBeforeRetry(absl::Duration time);

  const FollowerOptions options_;
  const Open open_;
  rpc::Gauge& lag_gauge_;
  rpc::Gauge& connected_gauge_;
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

#endif  // SAKIP_COMMON_EVENTLOG_STREAM_FOLLOWER_H_
