// What the mains of all services share: their flags, how they end, and how a log is opened.
#ifndef SAKIP_COMMON_SERVICE_SERVICE_H_
#define SAKIP_COMMON_SERVICE_SERVICE_H_

#include <csignal>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/eventlog/event_log.h"
#include "common/rpc/metrics.h"
#include "common/rpc/server.h"

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

// Opens the log in `{data_dir}/log`; makes the directory where it is missing. Where a write fails
// later the process ends with status 1, so that nothing is acknowledged any more; a supervisor
// starts it again and the log is read anew.
absl::StatusOr<std::unique_ptr<eventlog::EventLog>> OpenLog(const std::string& data_dir);

// The options of a server with `services` as the flags say.
rpc::ServerOptions ToServerOptions(const ServiceFlags& flags, const rpc::PrometheusMetrics& metrics,
                                   std::vector<grpc::Service*> services);

}  // namespace sakip::service

#endif  // SAKIP_COMMON_SERVICE_SERVICE_H_
