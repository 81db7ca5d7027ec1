#include "common/service/log_host.h"

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"

ABSL_FLAG(std::string, log_key, "",
          "File of the keys that sign the log's checkpoints (see sakipctl log key). Empty takes "
          "log.key in the data directory, which is made where it is missing.");
ABSL_FLAG(std::string, log_origin, "",
          "Name of the log in a key file that is made: unique in the world, such as "
          "kinerja.jemberkab.go.id/realization. Empty takes localhost/<service>.");
ABSL_FLAG(uint64_t, disk_reserve_mib, 256,
          "Free space in MiB that writes leave on the log's disk; below it they are refused.");
ABSL_FLAG(uint64_t, disk_ballast_mib, 64,
          "Space in MiB that is kept for opening the log on a full disk.");
ABSL_FLAG(uint32_t, scrub_hours, 24, "Hours from one check of the whole log to the next.");
ABSL_FLAG(std::string, backup_dir, "", "Folder of the log's backups; empty offers none.");

namespace sakip::service {
namespace {

constexpr uint64_t kMiB = 1024 * 1024;

// The keys to sign with. A log that nobody gave a key gets one of its own: without one it could not
// prove anything later.
absl::StatusOr<note::KeyRing> ReadKeys(absl::string_view name, const std::string& data_dir) {
  const std::string given = absl::GetFlag(FLAGS_log_key);
  const std::string path = given.empty() ? absl::StrCat(data_dir, "/log.key") : given;
  if (given.empty() && !std::filesystem::exists(path)) {
    const std::string origin = absl::GetFlag(FLAGS_log_origin);
    ASSIGN_OR_RETURN(const std::string key,
                     note::GenerateKey(origin.empty() ? absl::StrCat("localhost/", name) : origin));
    RETURN_IF_ERROR(note::WriteKeyFile(path, absl::StrCat(key, "\n")));
    Log(LogLevel::kWarning, "log_key_made", {{"path", path}});
  }
  ASSIGN_OR_RETURN(note::KeyRing keys, note::ReadKeyFile(path));
  if (keys.signers.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(path, " holds no private key to sign with"));
  }
  return keys;
}

}  // namespace

absl::StatusOr<std::unique_ptr<LogHost>> LogHost::Open(absl::string_view name,
                                                       const std::string& data_dir,
                                                       rpc::Metrics& metrics,
                                                       eventlog::CommitObserver observer) {
  // The constructor is private: make_unique cannot reach it.
  std::unique_ptr<LogHost> host(new LogHost);
  host->directory_ = absl::StrCat(data_dir, "/log");
  RETURN_IF_ERROR(host->OpenLog(metrics));
  RETURN_IF_ERROR(host->log_->Observe(std::move(observer)));
  RETURN_IF_ERROR(host->StartSigning(name, data_dir));
  host->StartScrubbing(metrics);
  RETURN_IF_ERROR(host->OpenBackups());
  return host;
}

absl::Status LogHost::OpenLog(rpc::Metrics& metrics) {
  eventlog::RocksEventLogOptions options;
  options.directory = directory_;
  options.disk_space = {.reserve_bytes = absl::GetFlag(FLAGS_disk_reserve_mib) * kMiB,
                        .ballast_bytes = absl::GetFlag(FLAGS_disk_ballast_mib) * kMiB};
  rpc::Histogram& waits = metrics.AddHistogram(
      "sakip_log_append_wait_seconds", "How long appends waited for their turn, in seconds.", {},
      {0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1});
  options.on_turn = [&waits](absl::Duration wait) { waits.Observe(absl::ToDoubleSeconds(wait)); };
  options.on_stopped = [](const absl::Status& why) {
    Log(LogLevel::kError, "stopped", {{"error", why.ToString()}});
    std::_Exit(EXIT_FAILURE);
  };
  ASSIGN_OR_RETURN(log_, eventlog::RocksEventLog::Open(std::move(options)));
  return absl::OkStatus();
}

absl::Status LogHost::StartSigning(absl::string_view name, const std::string& data_dir) {
  ASSIGN_OR_RETURN(keys_, ReadKeys(name, data_dir));
  for (const note::Signer& signer : keys_.signers) {
    Log(LogLevel::kInfo, "log_signed_by", {{"key", signer.verifier().vkey()}});
  }
  eventlog::CheckpointerOptions options;
  options.keys = keys_;
  options.path = absl::StrCat(directory_, "/CHECKPOINT");
  options.on_damaged = [this](const absl::Status& why) { log_->StopWriting(why); };
  ASSIGN_OR_RETURN(checkpointer_, eventlog::Checkpointer::Start(*log_, std::move(options)));
  return absl::OkStatus();
}

void LogHost::StartScrubbing(rpc::Metrics& metrics) {
  rpc::Gauge& records = metrics.AddGauge("sakip_log_scrubbed_records",
                                         "Records of the log that the last scrub read.", {});
  rpc::Gauge& time = metrics.AddGauge("sakip_log_scrubbed_timestamp_seconds",
                                      "When the last scrub of the log ended.", {});
  rpc::Gauge& damaged = metrics.AddGauge("sakip_log_damaged",
                                         "1 where a scrub found the log damaged, 0 otherwise.", {});
  eventlog::ScrubberOptions options;
  options.interval = absl::Hours(absl::GetFlag(FLAGS_scrub_hours));
  options.on_done = [this, &records, &time, &damaged](const absl::Status& result, uint64_t count) {
    records.Set(static_cast<double>(count));
    time.Set(absl::ToDoubleSeconds(clock_.Now() - absl::UnixEpoch()));
    damaged.Set(result.ok() ? 0 : 1);
    if (!result.ok()) log_->StopWriting(result);
  };
  scrubber_ = std::make_unique<eventlog::Scrubber>(*log_, std::move(options));
}

absl::Status LogHost::OpenBackups() {
  const std::string path = absl::GetFlag(FLAGS_backup_dir);
  if (path.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(auto folder, backup::BackupFolder::Open(path));
  backup::BackupRunnerOptions options;
  options.log_directory = directory_;
  options.keys = keys_;
  options.checkpoint_note = [this] { return checkpointer_->latest().note; };
  backups_ =
      std::make_unique<backup::BackupRunner>(*log_, std::move(folder), clock_, std::move(options));
  return absl::OkStatus();
}

std::vector<std::string> LogHost::ServiceNames() {
  return {eventlog::v1::EventLogService::service_full_name(),
          eventlog::v1::LogAdminService::service_full_name()};
}

std::vector<grpc::Service*> LogHost::Serve(rpc::Gate& gate) {
  event_log_service_ =
      std::make_unique<eventlog::EventLogService>(gate, *log_, checkpointer_.get());
  log_admin_service_ = std::make_unique<backup::LogAdminService>(gate, backups_.get());
  return {event_log_service_.get(), log_admin_service_.get()};
}

}  // namespace sakip::service
