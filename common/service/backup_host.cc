#include "common/service/backup_host.h"

#include <utility>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

ABSL_FLAG(
    std::string, backup_dir, "",
    "Folder of the backups of the service's log; those of its audit trail are in `audit` below "
    "it. Empty offers none.");

namespace sakip::service {
namespace {

absl::StatusOr<backup::BackedUpLog> BackedUp(HostedLog& hosted, const std::string& folder_path) {
  ASSIGN_OR_RETURN(backup::BackupFolder folder, backup::BackupFolder::Open(folder_path));
  return backup::BackedUpLog{
      .log = &hosted.log(),
      .folder = std::move(folder),
      .directory = hosted.directory(),
      .keys = hosted.keys(),
      .checkpoint_note = [&hosted] { return hosted.checkpointer().latest().note; }};
}

}  // namespace

absl::StatusOr<std::unique_ptr<BackupHost>> BackupHost::Open(HostedLog* log, HostedLog& trail) {
  // The constructor is private: make_unique cannot reach it.
  std::unique_ptr<BackupHost> host(new BackupHost);
  const std::string path = absl::GetFlag(FLAGS_backup_dir);
  if (path.empty()) return host;
  backup::BackedUpLogs logs;
  if (log != nullptr) {
    ASSIGN_OR_RETURN(backup::BackedUpLog own, BackedUp(*log, path));
    logs.log.emplace(std::move(own));
  }
  ASSIGN_OR_RETURN(backup::BackedUpLog of_trail, BackedUp(trail, absl::StrCat(path, "/audit")));
  logs.trail.emplace(std::move(of_trail));
  host->runner_ = std::make_unique<backup::BackupRunner>(std::move(logs), host->clock_);
  return host;
}

grpc::Service* BackupHost::Serve(rpc::Gate& gate) {
  service_ = std::make_unique<backup::LogAdminService>(gate, runner_.get());
  return service_.get();
}

}  // namespace sakip::service
