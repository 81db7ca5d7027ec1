// LogAdminService serves sakip.eventlog.v1.LogAdminService: backups of the logs of a
// service.
#ifndef SAKIP_COMMON_BACKUP_LOG_ADMIN_SERVICE_H_
#define SAKIP_COMMON_BACKUP_LOG_ADMIN_SERVICE_H_

#include "common/backup/backup_runner.h"
#include "common/rpc/gate.h"
#include "common/rpc/raw_service.h"
#include "sakip/eventlog/v1/log_admin_service.grpc.pb.h"

namespace sakip::backup {

// Thread-safe. Borrows the gate and the runner, which outlive it; without a runner it offers
// nothing.
class LogAdminService final
    : public rpc::RawService<eventlog::v1::LogAdminService::Service,
                             eventlog::v1::LogAdminService::WithRawCallbackMethod_CreateBackup,
                             eventlog::v1::LogAdminService::WithRawCallbackMethod_ListBackups> {
 public:
  LogAdminService(rpc::Gate& gate, BackupRunner* runner) : gate_(gate), runner_(runner) {}

  grpc::ServerUnaryReactor* CreateBackup(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* in,
                                         grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListBackups(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* in, grpc::ByteBuffer* out) override;

 private:
  rpc::Gate& gate_;
  BackupRunner* const runner_;
};

}  // namespace sakip::backup

#endif  // SAKIP_COMMON_BACKUP_LOG_ADMIN_SERVICE_H_
