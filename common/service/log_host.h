// LogHost is the event log that a service owns: it serves it read-only over gRPC.
#ifndef SAKIP_COMMON_SERVICE_LOG_HOST_H_
#define SAKIP_COMMON_SERVICE_LOG_HOST_H_

#include <grpcpp/impl/service_type.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/eventlog/event_log_service.h"
#include "common/rpc/gate.h"
#include "common/rpc/metrics.h"
#include "common/service/hosted_log.h"

namespace sakip::service {

// Thread-safe.
class LogHost {
 public:
  // Opens the log in `{data_dir}/log` as the flags say (--log_key and the others in log_host.cc and
  // hosted_log.cc), and calls `observer` for every record in it and to come. `name` is that of the
  // service. Where a write fails later the process ends with status 1, so that nothing is
  // acknowledged any more; a supervisor starts it again and the log is read anew. Borrows the
  // metrics.
  static absl::StatusOr<std::unique_ptr<LogHost>> Open(absl::string_view name,
                                                       const std::string& data_dir,
                                                       rpc::Metrics& metrics,
                                                       eventlog::CommitObserver observer);

  eventlog::EventLog& log() { return hosted_->log(); }

  HostedLog& hosted() { return *hosted_; }

  // Full name of the gRPC service below.
  static std::string ServiceName();

  // The service of the log, to be registered with a server. Called once; borrows the gate.
  grpc::Service* Serve(rpc::Gate& gate);

 private:
  LogHost() = default;

  std::unique_ptr<HostedLog> hosted_;
  std::unique_ptr<eventlog::EventLogService> service_;
};

}  // namespace sakip::service

#endif  // SAKIP_COMMON_SERVICE_LOG_HOST_H_
