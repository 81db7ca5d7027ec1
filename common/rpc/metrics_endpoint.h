// MetricsEndpoint serves metrics to Prometheus over HTTP.
#ifndef SAKIP_COMMON_RPC_METRICS_ENDPOINT_H_
#define SAKIP_COMMON_RPC_METRICS_ENDPOINT_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/metrics.h"

namespace prometheus {
class Exposer;
}  // namespace prometheus

namespace sakip::rpc {

// Serves `GET /metrics` over HTTP until it is destroyed. `metrics` may go first. Thread-safe.
class MetricsEndpoint {
 public:
  // `address` is `host:port` on loopback; port 0 takes a free one.
  //   INVALID_ARGUMENT  the address is not on loopback.
  //   UNAVAILABLE       it cannot be listened on.
  static absl::StatusOr<std::unique_ptr<MetricsEndpoint>> Start(absl::string_view address,
                                                                const PrometheusMetrics& metrics);
  ~MetricsEndpoint();

  // With the real port.
  const std::string& address() const { return address_; }

 private:
  MetricsEndpoint(std::unique_ptr<prometheus::Exposer> exposer, std::string address, int port);

  std::unique_ptr<prometheus::Exposer> exposer_;
  std::string address_;
  int port_;
};

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_METRICS_ENDPOINT_H_
