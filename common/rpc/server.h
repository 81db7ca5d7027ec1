// Server listens, serves, tells its health, and drains. The same for every service of the suite.
#ifndef SAKIP_COMMON_RPC_SERVER_H_
#define SAKIP_COMMON_RPC_SERVER_H_

#include <grpcpp/impl/service_type.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/mutex.h"
#include "common/rpc/gate.h"
#include "common/rpc/metrics.h"
#include "common/rpc/metrics_endpoint.h"

namespace sakip::rpc {

struct DrainOptions {
  // NOT_SERVING, but calls are still taken: time for a balancer to look away. Zero without one.
  absl::Duration lame_duck = absl::ZeroDuration();
  // Then running calls get this long; what still runs is cancelled.
  absl::Duration grace = absl::Seconds(20);
};

struct ServerOptions {
  std::string listen_address = "127.0.0.1:0";  // `host:port` (0 takes a free one) or `unix:path`.
  std::vector<grpc::Service*> services{};      // Borrowed; every RPC passes the gate.
  std::shared_ptr<grpc::ServerCredentials> credentials{};  // TLS; null means plain text.
  // Serve plain text where others than processes of this machine read and change what is sent.
  bool plain_text_off_loopback = false;
  bool reflection = false;        // Serve descriptors to tools such as grpcurl.
  std::string address_file{};     // Gets the real address once calls are taken; empty for none.
  std::string metrics_address{};  // `host:port` on loopback for GET /metrics; empty for none.
  const PrometheusMetrics* metrics = nullptr;  // Borrowed; required with metrics_address.
  DrainOptions drain{};
  // False where calls are taken, but health says NOT_SERVING until SetServing.
  bool serving = true;
  // At least: Start raises it to the largest request of any method and slack, so that the gate
  // names the limit of each.
  int receive_bytes_max = (4 << 20) + (64 << 10);
  int metadata_bytes_max = 8 << 10;
  int streams_per_connection_max = 100;
  int threads_max = 64;
  // From the connection to the peer's first words of HTTP/2, with TLS in between.
  absl::Duration handshake_max = absl::Seconds(5);
  absl::Duration keepalive_time = absl::Seconds(60);
  absl::Duration keepalive_timeout = absl::Seconds(20);
  absl::Duration connection_idle_max = absl::Minutes(5);
  // With TLS: then a client is told to connect anew and to show what it proves itself with by then.
  // What runs on the old connection gets the grace.
  absl::Duration connection_age_max = absl::Minutes(10);
  absl::Duration connection_age_grace = absl::Minutes(50);
};

// Thread-safe. The gate and the services outlive it.
class Server {
 public:
  // Listens and serves; health is SERVING for the server and for each service when it returns, or
  // as the options say.
  //   FAILED_PRECONDITION  the address is not on loopback and identities are believed without proof
  //                        or all is plain text, or a service is not in the gate's table or leaves
  //                        methods out of its RawService.
  //   INVALID_ARGUMENT     an option is wrong.
  //   UNAVAILABLE          the address is taken, or a file cannot be written.
  static absl::StatusOr<std::unique_ptr<Server>> Start(ServerOptions options, Gate& gate);

  // Drains.
  ~Server();

  // Health is SERVING from now on, until it drains.
  void SetServing();

  // Where it listens, with the real port.
  const std::string& address() const { return address_; }

  // Where metrics are served, with the real port; empty where they are not.
  std::string metrics_address() const;

  // For tests within one process.
  std::shared_ptr<grpc::Channel> InProcessChannel();

  // Stops: NOT_SERVING, lame duck, refuse new calls and tell streams to end (Gate::Drain), wait for
  // running calls up to the grace, cancel the rest. Returns when no call runs; later calls of Drain
  // return at once.
  void Drain();

 private:
  Server(ServerOptions options, Gate& gate) : options_(std::move(options)), gate_(gate) {}

  absl::Status Listen();
  absl::Status CheckServices(const std::vector<std::string>& registered) const;
  absl::Status Announce();
  void SetHealth(bool serving);

  const ServerOptions options_;
  Gate& gate_;
  std::string address_;
  std::vector<std::string> service_names_;
  std::unique_ptr<MetricsEndpoint> metrics_endpoint_;
  std::unique_ptr<grpc::Server> server_;
  Mutex health_mutex_;
  std::atomic<bool> drained_{false};
};

// The error of a server with identities that are believed without proof and an address that
// others can reach.
absl::Status DevIdentityOffLoopback(absl::string_view address);

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_SERVER_H_
