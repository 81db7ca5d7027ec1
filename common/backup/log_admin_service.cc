#include "common/backup/log_admin_service.h"

#include <utility>

#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/message/timestamp.h"
#include "common/rpc/unary.h"

namespace sakip::backup {
namespace {

namespace v1 = eventlog::v1;

absl::Status NotOffered() {
  return MakeError(absl::StatusCode::kUnimplemented, "NOT_OFFERED",
                   "this server was started without --backup_dir");
}

v1::Backup ToProto(const BackupManifest& manifest) {
  v1::Backup backup;
  backup.set_backup_id(manifest.id);
  *backup.mutable_create_time() = ToTimestamp(manifest.created_time);
  backup.set_total_bytes(manifest.bytes());
  backup.set_file_count(static_cast<uint32_t>(manifest.files.size() + 1));  // And the checkpoint.
  return backup;
}

v1::Backup ToProto(const ListedBackup& listed) {
  if (listed.status.ok()) return ToProto(listed.manifest);
  v1::Backup backup;
  backup.set_backup_id(listed.id);
  backup.set_damage(std::string(listed.status.message()));
  return backup;
}

v1::CreateBackupResponse ToProto(const BackupResults& results) {
  v1::CreateBackupResponse made;
  if (results.log.has_value()) {
    *made.mutable_backup() = ToProto(results.log->manifest);
    made.set_new_bytes(results.log->new_bytes);
  }
  if (results.trail.has_value()) {
    *made.mutable_trail_backup() = ToProto(results.trail->manifest);
    made.set_trail_new_bytes(results.trail->new_bytes);
  }
  return made;
}

}  // namespace

grpc::ServerUnaryReactor* LogAdminService::CreateBackup(grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer* in,
                                                        grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::CreateBackupRequest, v1::CreateBackupResponse>(
      gate_, context, in, out,
      [this](const std::shared_ptr<const rpc::Call>&, const v1::CreateBackupRequest&,
             rpc::Done<v1::CreateBackupResponse> done) {
        if (runner_ == nullptr) return done(NotOffered());
        runner_->Start([done = std::move(done)](const absl::StatusOr<BackupResults>& results) {
          if (!results.ok()) return done(results.status());
          done(ToProto(*results));
        });
      });
}

grpc::ServerUnaryReactor* LogAdminService::ListBackups(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* in,
                                                       grpc::ByteBuffer* out) {
  return rpc::Unary<v1::ListBackupsRequest>(
      gate_, context, in, out,
      [this](const rpc::Call&,
             const v1::ListBackupsRequest&) -> absl::StatusOr<v1::ListBackupsResponse> {
        if (runner_ == nullptr) return NotOffered();
        ASSIGN_OR_RETURN(const ListedBackups backups, runner_->List());
        v1::ListBackupsResponse listed;
        for (const ListedBackup& backup : backups.log) {
          *listed.add_backups() = ToProto(backup);
        }
        for (const ListedBackup& backup : backups.trail) {
          *listed.add_trail_backups() = ToProto(backup);
        }
        return listed;
      });
}

}  // namespace sakip::backup
