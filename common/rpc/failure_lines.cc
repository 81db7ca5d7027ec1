#include "common/rpc/failure_lines.h"

#include <algorithm>

namespace sakip::rpc {
namespace {

constexpr absl::Duration kSecond = absl::Seconds(1);

bool IsOver(absl::Time begin, absl::Time now) { return now < begin || now >= begin + kSecond; }

}  // namespace

bool FailureLines::Take(Kind kind, absl::Time now) {
  MutexLock lock(mutex_);
  Second& second = seconds_[std::move(kind)];
  if (IsOver(second.begin, now)) {
    second.begin = now;
    second.written = 0;
  }
  if (second.written < kPerSecondMax) {
    ++second.written;
    return true;
  }
  ++second.left_out;
  due_ = std::min(due_.load(), absl::ToUnixNanos(second.begin + kSecond));
  return false;
}

std::vector<FailureLines::LeftOut> FailureLines::TakeLeftOut(absl::Time now) {
  if (absl::ToUnixNanos(now) < due_.load(std::memory_order_relaxed)) return {};
  std::vector<LeftOut> left_out;
  int64_t due = kNever;
  MutexLock lock(mutex_);
  for (auto& [kind, second] : seconds_) {
    if (second.left_out == 0) continue;
    if (IsOver(second.begin, now)) {
      left_out.push_back({kind, std::exchange(second.left_out, 0)});
    } else {
      due = std::min(due, absl::ToUnixNanos(second.begin + kSecond));
    }
  }
  due_ = due;
  return left_out;
}

}  // namespace sakip::rpc
