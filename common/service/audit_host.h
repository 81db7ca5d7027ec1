// AuditHost is the audit trail of a service: it keeps it, signs it, and serves it to auditors.
#ifndef SAKIP_COMMON_SERVICE_AUDIT_HOST_H_
#define SAKIP_COMMON_SERVICE_AUDIT_HOST_H_

#include <grpcpp/impl/service_type.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/audit/audit_log.h"
#include "common/audit/audit_service.h"
#include "common/rpc/gate.h"
#include "common/rpc/metrics.h"
#include "common/service/hosted_log.h"

namespace sakip::service {

// Thread-safe. Outlives the gate.
class AuditHost {
 public:
  // Opens the trail in `{data_dir}/audit` as the flags say (--audit_key and those in
  // hosted_log.cc). `name` is that of the service, `services` are the full names of all gRPC
  // services that it offers. Where a write fails later the trail takes no more entries, and the
  // gate lets nothing in that must be recorded; the process goes on. Borrows the metrics.
  static absl::StatusOr<std::unique_ptr<AuditHost>> Open(absl::string_view name,
                                                         const std::string& data_dir,
                                                         const std::vector<std::string>& services,
                                                         rpc::Metrics& metrics);

  // Records what a kill kept from being recorded of the writes in `log`, the service's own
  // (AuditLog::RecordFound). Called before the server starts.
  void RecordFound(const eventlog::EventLog& log);

  // For GateOptions.
  rpc::AuditTrail* trail() { return trail_.get(); }

  HostedLog& hosted() { return *hosted_; }

  // Full name of the gRPC service below.
  static std::string ServiceName() { return audit::v1::AuditService::service_full_name(); }

  // The service of the trail, to be registered with a server. Called once; borrows the gate.
  grpc::Service* Serve(rpc::Gate& gate);

 private:
  AuditHost() = default;

  std::unique_ptr<HostedLog> hosted_;
  std::unique_ptr<audit::AuditLog> trail_;
  std::unique_ptr<audit::AuditService> service_;
};

}  // namespace sakip::service

#endif  // SAKIP_COMMON_SERVICE_AUDIT_HOST_H_
