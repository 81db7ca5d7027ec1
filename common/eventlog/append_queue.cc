#include "common/eventlog/append_queue.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace sakip::eventlog {
namespace {

// Of a visit to a tenant's appends: many small ones, or a part of a large one.
constexpr uint64_t kQuantumBytes = 64 * 1024;

absl::Status Overloaded(absl::string_view who, size_t requests, size_t bytes) {
  return MakeError(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                   absl::StrCat(who, " has ", requests, " appends of ", bytes, " bytes in flight"));
}

}  // namespace

absl::Status LogStopped(absl::string_view why) {
  return MakeError(absl::StatusCode::kUnavailable, "LOG_STOPPED",
                   absl::StrCat("the log takes no more writes: ", why));
}

absl::Time PendingAppend::deadline() const {
  absl::Time nearest = absl::InfiniteFuture();
  for (const CheckedAppend& append : appends) nearest = std::min(nearest, append.request.deadline);
  return nearest;
}

AppendQueue::AppendQueue(const AppendLimits& limits) : limits_(limits), queued_(kQuantumBytes) {}

absl::Status AppendQueue::Push(PendingAppend& pending) {
  MutexLock lock(mutex_);
  if (stopped_) return LogStopped("an earlier write failed");
  RETURN_IF_ERROR(CheckRoom(pending));
  const std::string tenant = pending.tenant();
  const size_t bytes = pending.bytes;
  pending.since = SteadyClock().Now();
  ++in_flight_requests_;
  in_flight_bytes_ += bytes;
  queued_.Push(tenant, bytes, std::move(pending));
  if (waiting_) changed_.notify_one();
  return absl::OkStatus();
}

absl::Status AppendQueue::CheckRoom(const PendingAppend& pending) const {
  if (in_flight_requests_ >= limits_.in_flight_requests_max ||
      (in_flight_requests_ > 0 && in_flight_bytes_ + pending.bytes > limits_.in_flight_bytes_max)) {
    return Overloaded("the log", in_flight_requests_, in_flight_bytes_);
  }
  const size_t requests = queued_.SizeOf(pending.tenant());
  const size_t bytes = queued_.CostOf(pending.tenant());
  if (requests >= limits_.tenant_requests_max ||
      (requests > 0 && bytes + pending.bytes > limits_.tenant_bytes_max)) {
    return Overloaded(pending.tenant(), requests, bytes);
  }
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
    group.push_back(*queued_.Pop());
    gathered_bytes_ += group.back().bytes;
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
  std::vector<PendingAppend> left;
  while (!queued_.empty()) left.push_back(*queued_.Pop());
  return left;
}

}  // namespace sakip::eventlog
