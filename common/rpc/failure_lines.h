// FailureLines decides which calls that failed get a log line of their own, so that a flood of
// refusals costs no line each: of one kind kPerSecondMax a second do, the others are counted.
#ifndef SAKIP_COMMON_RPC_FAILURE_LINES_H_
#define SAKIP_COMMON_RPC_FAILURE_LINES_H_

#include <atomic>
#include <cstdint>
#include <limits>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/mutex.h"

namespace sakip::rpc {

// Thread-safe. Times are those of the system's clock, which may be set back.
class FailureLines {
 public:
  static constexpr int kPerSecondMax = 10;

  // What makes calls alike. Callers cannot make kinds up: there are as many methods and reasons as
  // the protos have.
  struct Kind {
    std::string method;
    absl::StatusCode code = absl::StatusCode::kOk;
    std::string reason;

    bool operator==(const Kind& other) const {
      return std::tie(method, code, reason) == std::tie(other.method, other.code, other.reason);
    }
    template <typename H>
    friend H AbslHashValue(H hash, const Kind& kind) {
      return H::combine(std::move(hash), kind.method, kind.code, kind.reason);
    }
  };

  struct LeftOut {
    Kind kind;
    uint64_t lines = 0;
  };

  // True where the call that ended at `now` gets a line; it is counted otherwise.
  bool Take(Kind kind, absl::Time now);

  // The lines that were left out in seconds that are over at `now`, by kind, and forgets them.
  // Cheap where there are none.
  std::vector<LeftOut> TakeLeftOut(absl::Time now);

 private:
  struct Second {
    absl::Time begin = absl::InfinitePast();
    int written = 0;
    uint64_t left_out = 0;
  };

  static constexpr int64_t kNever = std::numeric_limits<int64_t>::max();

  Mutex mutex_;
  absl::flat_hash_map<Kind, Second> seconds_ ABSL_GUARDED_BY(mutex_);
  // When the first of the seconds that left lines out is over, in Unix nanoseconds.
  std::atomic<int64_t> due_{kNever};
};

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_FAILURE_LINES_H_
