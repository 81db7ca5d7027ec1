#include "common/base/limited_lines.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"

namespace sakip {
namespace {

constexpr absl::Duration kSecond = absl::Seconds(1);

bool IsOver(absl::Time begin, absl::Time now) { return now < begin || now >= begin + kSecond; }

}  // namespace

LimitedLines::~LimitedLines() { TellLeftOut(absl::InfiniteFuture()); }

bool LimitedLines::Take(Kind kind, absl::Time now) {
  TellLeftOut(now);
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

void LimitedLines::TellLeftOut(absl::Time now) {
  if (absl::ToUnixNanos(now) < due_.load(std::memory_order_relaxed)) return;
  std::vector<std::pair<Kind, uint64_t>> left_out;
  {
    int64_t due = kNever;
    MutexLock lock(mutex_);
    for (auto& [kind, second] : seconds_) {
      if (second.left_out == 0) continue;
      if (IsOver(second.begin, now)) {
        left_out.emplace_back(kind, std::exchange(second.left_out, 0));
      } else {
        due = std::min(due, absl::ToUnixNanos(second.begin + kSecond));
      }
    }
    due_ = due;
  }
  for (const auto& [kind, lines] : left_out) {
    Log(level_, absl::StrCat(event_, "_lines_left_out"),
        {{what_.c_str(), kind.what},
         {"code", absl::StatusCodeToString(kind.code)},
         {"reason", kind.reason},
         {"lines", absl::StrCat(lines)}});
  }
}

}  // namespace sakip
