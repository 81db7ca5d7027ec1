#include "common/rpc/metrics_endpoint.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <prometheus/exposer.h>
#include <prometheus/registry.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <exception>
#include <future>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/address.h"

namespace sakip::rpc {
namespace {

// Connects and hangs up.
void Poke(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return;
  sockaddr_in peer{};
  peer.sin_family = AF_INET;
  peer.sin_port = htons(static_cast<uint16_t>(port));
  peer.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // Refused once the port is closed, which is what is waited for.
  static_cast<void>(connect(fd, reinterpret_cast<sockaddr*>(&peer), sizeof(peer)));
  close(fd);
}

}  // namespace

absl::StatusOr<std::unique_ptr<MetricsEndpoint>> MetricsEndpoint::Start(
    absl::string_view address, const PrometheusMetrics& metrics) {
  // The port has neither TLS nor identity.
  if (!IsLoopback(address)) {
    return absl::InvalidArgumentError(
        absl::StrCat("metrics address ", address, " is not on loopback, such as 127.0.0.1:9100"));
  }
  try {
    // The library throws where the port is taken; our interfaces do not.
    auto exposer = std::make_unique<prometheus::Exposer>(std::string(address));
    exposer->RegisterCollectable(metrics.registry());
    const std::vector<int> ports = exposer->GetListeningPorts();
    const int port = ports.empty() ? 0 : ports.front();
    std::string real = absl::StrCat(address.substr(0, address.rfind(':')), ":", port);
    return std::unique_ptr<MetricsEndpoint>(
        new MetricsEndpoint(std::move(exposer), std::move(real), port));
  } catch (const std::exception& error) {
    return absl::UnavailableError(
        absl::StrCat("cannot serve metrics on ", address, ": ", error.what()));
  }
}

MetricsEndpoint::MetricsEndpoint(std::unique_ptr<prometheus::Exposer> exposer, std::string address,
                                 int port)
    : exposer_(std::move(exposer)), address_(std::move(address)), port_(port) {}

MetricsEndpoint::~MetricsEndpoint() {
  // The library looks only every two seconds whether it should stop, or when a client connects; a
  // server that got SIGTERM is to end sooner.
  const auto closed = std::async(std::launch::async, [this] { exposer_.reset(); });
  while (closed.wait_for(std::chrono::milliseconds(20)) != std::future_status::ready) Poke(port_);
}

}  // namespace sakip::rpc
