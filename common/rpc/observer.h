// Observer records each call that ended: one log line, one counter, one histogram. Never payload.
// Of many calls that fail alike some get a line, and a line tells how many got none.
#ifndef SAKIP_COMMON_RPC_OBSERVER_H_
#define SAKIP_COMMON_RPC_OBSERVER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/limited_lines.h"
#include "common/rpc/call.h"
#include "common/rpc/method_table.h"
#include "common/rpc/metrics.h"

namespace sakip::rpc {

// How a call ended.
struct Observation {
  absl::Status status{};  // As sent: nothing in it is secret.
  absl::Time end_time{};
  size_t request_bytes = 0;
  size_t response_bytes = 0;
  uint64_t response_messages = 0;
};

// Thread-safe.
//
//   sakip_rpc_total{method,code}   calls that ended, refused ones too
//   sakip_rpc_seconds{method}      how long they took, to their end
class Observer {
 public:
  // `metrics` outlives the observer; `methods` is only read here.
  Observer(const MethodTable& methods, Metrics& metrics);
  void Observe(const Call& call, const Observation& observation);

 private:
  static constexpr int kCodes = 17;  // OK to UNAUTHENTICATED.

  struct Series {
    std::array<Counter*, kCodes> total_by_code{};
    Histogram* seconds = nullptr;
  };

  static Series MakeSeries(const std::string& method, Metrics& metrics);

  std::unordered_map<std::string, Series> by_method_;  // Not changed after construction.
  LimitedLines failures_{LogLevel::kInfo, "rpc", "method"};
};

// Method name of calls that no method was found for.
inline constexpr char kUnknownMethod[] = "unknown";

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_OBSERVER_H_
