// What the mains of all services share: their flags and how they end.
#ifndef SAKIP_COMMON_SERVICE_SERVICE_H_
#define SAKIP_COMMON_SERVICE_SERVICE_H_

#include <csignal>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/metrics.h"
#include "common/rpc/server.h"
#include "common/service/security.h"

namespace sakip::service {

// The flags that every service has. Read once, in main.
struct ServiceFlags {
  std::string listen;           // --listen
  std::string address_file;     // --address_file
  std::string data_dir;         // --data_dir
  std::string metrics_address;  // --metrics_address
  bool reflection = false;      // --reflection
};

// Runs a service: blocks SIGTERM and SIGINT, parses the command line, calls `run`, and turns its
// status into an exit code, with the error on standard error.
int Main(absl::string_view name, int argc, char** argv,
         const std::function<absl::Status(const ServiceFlags&, const sigset_t&)>& run);

// The options of a server with `services` as the flags say. Borrows the metrics.
//
//   INVALID_ARGUMENT  a flag is wrong.
absl::StatusOr<rpc::ServerOptions> ToServerOptions(const ServiceFlags& flags,
                                                   const Security& security,
                                                   const rpc::PrometheusMetrics& metrics,
                                                   std::vector<grpc::Service*> services);

}  // namespace sakip::service

#endif  // SAKIP_COMMON_SERVICE_SERVICE_H_
