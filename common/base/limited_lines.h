// LimitedLines decides which of many failures get a line of the log, so that a flood of them costs
// no line each: of those that are alike kPerSecondMax a second get one, and a later line tells how
// many got none.
#ifndef SAKIP_COMMON_BASE_LIMITED_LINES_H_
#define SAKIP_COMMON_BASE_LIMITED_LINES_H_

#include <atomic>
#include <cstdint>
#include <limits>
#include <string>
#include <tuple>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/log.h"
#include "common/base/mutex.h"

namespace sakip {

// Thread-safe. Times are those of the system's clock, which may be set back.
class LimitedLines {
 public:
  static constexpr int kPerSecondMax = 10;

  // What makes failures alike. Callers cannot make kinds up: there are as many as methods, parts of
  // the program and reasons of errors.
  struct Kind {
    std::string what;  // What failed: a method, a folder.
    absl::StatusCode code = absl::StatusCode::kOk;
    std::string reason;

    bool operator==(const Kind& other) const {
      return std::tie(what, code, reason) == std::tie(other.what, other.code, other.reason);
    }
    template <typename H>
    friend H AbslHashValue(H hash, const Kind& kind) {
      return H::combine(std::move(hash), kind.what, kind.code, kind.reason);
    }
  };

  // The lines are those of `event` and have `level`; their field `what` says what failed.
  LimitedLines(LogLevel level, std::string event, std::string what)
      : level_(level), event_(std::move(event)), what_(std::move(what)) {}
  ~LimitedLines();  // Tells of the lines left out that nothing told of yet.
  LimitedLines(const LimitedLines&) = delete;
  LimitedLines& operator=(const LimitedLines&) = delete;

  // True where the failure at `now` gets a line, which the caller writes; it is counted otherwise.
  // Tells first of the lines left out before.
  bool Take(Kind kind, absl::Time now);

  // Writes the event `<event>_lines_left_out` for each kind of which `lines` were left out in
  // seconds that are over at `now`. Cheap where there are none.
  void TellLeftOut(absl::Time now);

 private:
  struct Second {
    absl::Time begin = absl::InfinitePast();
    int written = 0;
    uint64_t left_out = 0;
  };

  static constexpr int64_t kNever = std::numeric_limits<int64_t>::max();

  const LogLevel level_;
  const std::string event_;
  const std::string what_;
  Mutex mutex_;
  absl::flat_hash_map<Kind, Second> seconds_ ABSL_GUARDED_BY(mutex_);
  // When the first of the seconds that left lines out is over, in Unix nanoseconds.
  std::atomic<int64_t> due_{kNever};
};

}  // namespace sakip

#endif  // SAKIP_COMMON_BASE_LIMITED_LINES_H_
