#include "common/eventlog/append_queue.h"

#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace sakip::eventlog {

absl::Status LogStopped(absl::string_view why) {
  return MakeError(absl::StatusCode::kUnavailable, "LOG_STOPPED",
                   absl::StrCat("the log takes no more writes: ", why));
}

absl::Status AppendQueue::Push(PendingAppend& pending) {
  MutexLock lock(mutex_);
  if (stopped_) return LogStopped("an earlier write failed");
  const size_t bytes = pending.bytes;
  if (in_flight_requests_ >= limits_.in_flight_requests_max ||
      (in_flight_requests_ > 0 && in_flight_bytes_ + bytes > limits_.in_flight_bytes_max)) {
    return MakeError(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                     absl::StrCat("the log has ", in_flight_requests_, " appends of ",
                                  in_flight_bytes_, " bytes in flight"));
  }
  ++in_flight_requests_;
  in_flight_bytes_ += bytes;
  queued_.push_back(std::move(pending));
  if (waiting_) changed_.notify_one();
  return absl::OkStatus();
}

std::vector<PendingAppend> AppendQueue::Gather() {
  MutexLock lock(mutex_);
  while (queued_.empty() && !closed_ && !stopped_) {
    waiting_ = true;
    changed_.wait(mutex_);
    waiting_ = false;
  }
  std::vector<PendingAppend> group;
  while (!queued_.empty() && gathered_bytes_ < limits_.group_bytes_max) {
    gathered_bytes_ += queued_.front().bytes;
    group.push_back(std::move(queued_.front()));
    queued_.pop_front();
  }
  gathered_requests_ = group.size();
  return group;
}

void AppendQueue::Release() {
  MutexLock lock(mutex_);
  in_flight_requests_ -= std::exchange(gathered_requests_, 0);
  in_flight_bytes_ -= std::exchange(gathered_bytes_, 0);
}

void AppendQueue::Close() {
  MutexLock lock(mutex_);
  closed_ = true;
  changed_.notify_one();
}

std::vector<PendingAppend> AppendQueue::Stop() {
  MutexLock lock(mutex_);
  stopped_ = true;
  std::vector<PendingAppend> left(std::make_move_iterator(queued_.begin()),
                                  std::make_move_iterator(queued_.end()));
  queued_.clear();
  return left;
}

}  // namespace sakip::eventlog
