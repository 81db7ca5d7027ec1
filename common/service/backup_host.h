// BackupHost backs up the logs of a service: its event log and its audit trail.
#ifndef SAKIP_COMMON_SERVICE_BACKUP_HOST_H_
#define SAKIP_COMMON_SERVICE_BACKUP_HOST_H_

#include <grpcpp/impl/service_type.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/backup/backup_runner.h"
#include "common/backup/log_admin_service.h"
#include "common/base/clock.h"
#include "common/rpc/gate.h"
#include "common/service/hosted_log.h"

namespace sakip::service {

// Thread-safe. Borrows the logs, which outlive it.
class BackupHost {
 public:
  // Offers backups where --backup_dir names a folder: of `log`, which is null where the service
  // owns none, in the folder itself, of the trail in `audit` below it.
  static absl::StatusOr<std::unique_ptr<BackupHost>> Open(HostedLog* log, HostedLog& trail);

  // Full name of the gRPC service below.
  static std::string ServiceName() { return eventlog::v1::LogAdminService::service_full_name(); }

  // The service of the backups, to be registered with a server. Called once; borrows the gate.
  grpc::Service* Serve(rpc::Gate& gate);

 private:
  BackupHost() = default;

  const SystemClock clock_;
  std::unique_ptr<backup::BackupRunner> runner_;  // Null where nothing is offered.
  std::unique_ptr<backup::LogAdminService> service_;
};

}  // namespace sakip::service

#endif  // SAKIP_COMMON_SERVICE_BACKUP_HOST_H_
