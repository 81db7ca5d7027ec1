#include "common/service/log_host.h"

#include <cstdlib>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"

ABSL_FLAG(std::string, log_key, "",
          "File of the keys that sign the log's checkpoints (see sakipctl log key). Empty takes "
          "log.key in the data directory, which is made where it is missing.");
ABSL_FLAG(std::string, backup_dir, "", "Folder of the log's backups; empty offers none.");

namespace sakip::service {

absl::StatusOr<std::unique_ptr<LogHost>> LogHost::Open(absl::string_view name,
                                                       const std::string& data_dir,
                                                       rpc::Metrics& metrics,
                                                       eventlog::CommitObserver observer) {
  HostedLogOptions options;
  options.log.directory = absl::StrCat(data_dir, "/log");
  options.log.on_stopped = [](const absl::Status& why) {
    Log(LogLevel::kError, "stopped", {{"error", why.ToString()}});
    std::_Exit(EXIT_FAILURE);
  };
  const std::string key = absl::GetFlag(FLAGS_log_key);
  options.key_path = key.empty() ? absl::StrCat(data_dir, "/log.key") : key;
  options.may_make_key = key.empty();
  options.origin = LogOrigin(name);
  // The constructor is private: make_unique cannot reach it.
  std::unique_ptr<LogHost> host(new LogHost);
  ASSIGN_OR_RETURN(host->hosted_, HostedLog::Open(std::move(options), metrics));
  RETURN_IF_ERROR(host->log().Observe(std::move(observer)));
  RETURN_IF_ERROR(host->hosted_->Start());
  RETURN_IF_ERROR(host->OpenBackups());
  return host;
}

absl::Status LogHost::OpenBackups() {
  const std::string path = absl::GetFlag(FLAGS_backup_dir);
  if (path.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(auto folder, backup::BackupFolder::Open(path));
  backup::BackupRunnerOptions options;
  options.log_directory = hosted_->directory();
  options.keys = hosted_->keys();
  options.checkpoint_note = [this] { return hosted_->checkpointer().latest().note; };
  backups_ = std::make_unique<backup::BackupRunner>(hosted_->log(), std::move(folder), clock_,
                                                    std::move(options));
  return absl::OkStatus();
}

std::vector<std::string> LogHost::ServiceNames() {
  return {eventlog::v1::EventLogService::service_full_name(),
          eventlog::v1::LogAdminService::service_full_name()};
}

std::vector<grpc::Service*> LogHost::Serve(rpc::Gate& gate) {
  event_log_service_ =
      std::make_unique<eventlog::EventLogService>(gate, log(), &hosted_->checkpointer());
  log_admin_service_ = std::make_unique<backup::LogAdminService>(gate, backups_.get());
  return {event_log_service_.get(), log_admin_service_.get()};
}

}  // namespace sakip::service
