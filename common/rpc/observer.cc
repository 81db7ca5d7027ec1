#include "common/rpc/observer.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/error.h"
#include "common/base/log.h"

namespace sakip::rpc {

Observer::Observer(const MethodTable& methods, Metrics& metrics) {
  // All series exist from the start: an alert on the first error needs the zero before it.
  for (const Method& method : methods.methods()) {
    by_method_[method.path] = MakeSeries(method.path, metrics);
  }
  by_method_[kUnknownMethod] = MakeSeries(kUnknownMethod, metrics);
}

Observer::Series Observer::MakeSeries(const std::string& method, Metrics& metrics) {
  Series series;
  for (int code = 0; code < kCodes; ++code) {
    const std::string name = absl::StatusCodeToString(static_cast<absl::StatusCode>(code));
    series.total_by_code[code] =
        &metrics.AddCounter("sakip_rpc_total", "Calls that ended, by method and gRPC code.",
                            {{"method", method}, {"code", name}});
  }
  series.seconds = &metrics.AddHistogram(
      "sakip_rpc_seconds", "Time from the start of a call to its end, in seconds.",
      {{"method", method}},
      {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60});
  return series;
}

void Observer::Observe(const Call& call, const Observation& observation) {
  const absl::Duration took = observation.end_time - call.start_time();
  const auto found = by_method_.find(call.method());
  if (found != by_method_.end()) {
    found->second.total_by_code[static_cast<int>(observation.status.code())]->Increment(1);
    found->second.seconds->Observe(absl::ToDoubleSeconds(took));
  }
  failures_.TellLeftOut(observation.end_time);
  const absl::StatusCode code = observation.status.code();
  std::string reason = ErrorReason(observation.status);
  // Of a fault each line is wanted: its caller was told no more than the id of the call.
  const bool fault = code == absl::StatusCode::kInternal || code == absl::StatusCode::kDataLoss;
  if (code != absl::StatusCode::kOk && !fault &&
      !failures_.Take({call.method(), code, reason}, observation.end_time)) {
    return;
  }
  Log(fault ? LogLevel::kError : LogLevel::kInfo, "rpc",
      {{"method", call.method()},
       {"code", absl::StatusCodeToString(code)},
       {"reason", reason},
       {"call_id", call.call_id()},
       {"subject", call.principal().subject},
       {"tenant", call.tenant()},
       {"milliseconds", absl::StrFormat("%.3f", absl::ToDoubleMilliseconds(took))},
       {"request_bytes", absl::StrCat(observation.request_bytes)},
       {"response_bytes", absl::StrCat(observation.response_bytes)},
       {"response_messages", absl::StrCat(observation.response_messages)}});
}

}  // namespace sakip::rpc
