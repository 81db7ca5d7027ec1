#include "common/service/service.h"

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <system_error>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/base/log.h"
#include "common/base/private_folder.h"
#include "common/base/status_macros.h"
#include "common/base/thread_priority.h"
#include "common/rpc/signals.h"

ABSL_FLAG(std::string, listen, "127.0.0.1:0",
          "Address to listen on, host:port; port 0 takes a free one. Off loopback it takes "
          "--tls_certificate and --identity=token.");
ABSL_FLAG(std::string, address_file, "",
          "File that gets the real address once calls are taken; empty for none.");
ABSL_FLAG(std::string, data_dir, "",
          "Directory of the service's data, for its account alone: made so where missing, and "
          "closed to others where it is there.");
ABSL_FLAG(std::string, metrics_address, "",
          "Address for GET /metrics, host:port on loopback; empty for none.");
ABSL_FLAG(bool, reflection, false, "Serve descriptors to tools such as grpcurl.");

namespace sakip::service {

int Main(absl::string_view name, int argc, char** argv,
         const std::function<absl::Status(const ServiceFlags&, const sigset_t&)>& run) {
  ComeSoon();
  // What a service writes is data of its tenants: no other account of the machine reads it.
  umask(0077);
  // Debian's Abseil looks for deadlocks among gRPC's locks, for a twentieth of the processor.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  const sigset_t signals = rpc::BlockShutdownSignals();
  absl::SetProgramUsageMessage(absl::StrCat(name, " --data_dir=DIR [--listen=HOST:PORT] ..."));
  const std::vector<char*> rest = absl::ParseCommandLine(argc, argv);
  if (rest.size() > 1) {
    std::cerr << name << ": unexpected argument " << rest[1] << "; see --help\n";
    return EXIT_FAILURE;
  }
  const ServiceFlags flags{absl::GetFlag(FLAGS_listen), absl::GetFlag(FLAGS_address_file),
                           absl::GetFlag(FLAGS_data_dir), absl::GetFlag(FLAGS_metrics_address),
                           absl::GetFlag(FLAGS_reflection)};
  if (flags.data_dir.empty()) {
    std::cerr << name << ": --data_dir is missing\n";
    return EXIT_FAILURE;
  }
  std::error_code error;
  std::filesystem::create_directories(flags.data_dir, error);
  if (error) {
    std::cerr << name << ": --data_dir " << flags.data_dir << ": " << error.message() << "\n";
    return EXIT_FAILURE;
  }
  // Those that are there may have been made by hand, or by an older version.
  CloseToOthers(flags.data_dir);
  for (const char* folder : {"/log", "/audit", "/evidence", "/views"}) {
    CloseToOthersWithin(absl::StrCat(flags.data_dir, folder));
  }
  const absl::Status status = run(flags, signals);
  if (status.ok()) return EXIT_SUCCESS;
  Log(LogLevel::kError, "stopped", {{"service", std::string(name)}, {"error", status.ToString()}});
  std::cerr << name << ": " << status << "\n";
  return EXIT_FAILURE;
}

absl::StatusOr<rpc::ServerOptions> ToServerOptions(const ServiceFlags& flags,
                                                   const Security& security,
                                                   const rpc::PrometheusMetrics& metrics,
                                                   std::vector<grpc::Service*> services) {
  rpc::ServerOptions options;
  options.listen_address = flags.listen;
  options.services = std::move(services);
  options.reflection = flags.reflection;
  options.address_file = flags.address_file;
  options.metrics_address = flags.metrics_address;
  options.metrics = &metrics;
  RETURN_IF_ERROR(security.Secure(options));
  return options;
}

}  // namespace sakip::service
