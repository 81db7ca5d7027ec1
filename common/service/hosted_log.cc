#include "common/service/hosted_log.h"

#include <filesystem>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"

ABSL_FLAG(std::string, log_origin, "",
          "Name of the log in a key file that is made: unique in the world, such as "
          "kinerja.jemberkab.go.id/realization. Empty takes localhost/<service>. The audit trail's "
          "is the same with /audit.");
ABSL_FLAG(uint64_t, disk_reserve_mib, 256,
          "Free space in MiB that writes leave on the log's disk; below it they are refused. The "
          "audit trail uses half of it; evidence leaves twice as much.");
ABSL_FLAG(uint64_t, disk_ballast_mib, 64,
          "Space in MiB that is kept for opening the log on a full disk; half of it more for the "
          "audit trail.");
ABSL_FLAG(uint32_t, scrub_hours, 24, "Hours from one check of the whole log to the next.");

namespace sakip::service {
namespace {

// In bytes.
uint64_t ShareOf(uint64_t mib, double share) {
  return static_cast<uint64_t>(static_cast<double>(mib) * 1024 * 1024 * share);
}

}  // namespace

uint64_t DiskReserveBytes() { return ShareOf(absl::GetFlag(FLAGS_disk_reserve_mib), 1); }

std::string LogOrigin(absl::string_view service) {
  const std::string origin = absl::GetFlag(FLAGS_log_origin);
  return origin.empty() ? absl::StrCat("localhost/", service) : origin;
}

absl::StatusOr<std::unique_ptr<HostedLog>> HostedLog::Open(HostedLogOptions options,
                                                           rpc::Metrics& metrics) {
  options.log.disk_space = {
      .reserve_bytes = ShareOf(absl::GetFlag(FLAGS_disk_reserve_mib), options.space_share),
      .ballast_bytes = ShareOf(absl::GetFlag(FLAGS_disk_ballast_mib), options.space_share)};
  rpc::Histogram& waits =
      metrics.AddHistogram(absl::StrCat(options.metrics_prefix, "_append_wait_seconds"),
                           "How long appends waited for their turn, in seconds.", {},
                           {0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1});
  options.log.on_turn = [&waits](absl::Duration wait) {
    waits.Observe(absl::ToDoubleSeconds(wait));
  };
  // The constructor is private: make_unique cannot reach it.
  std::unique_ptr<HostedLog> hosted(new HostedLog(std::move(options), metrics));
  ASSIGN_OR_RETURN(hosted->log_, eventlog::RocksEventLog::Open(hosted->options_.log));
  return hosted;
}

absl::Status HostedLog::Start() {
  RETURN_IF_ERROR(StartSigning());
  StartScrubbing();
  return absl::OkStatus();
}

// The keys to sign with. A log that nobody gave a key gets one of its own: without one it could not
// prove anything later.
absl::StatusOr<note::KeyRing> HostedLog::ReadKeys() const {
  const std::string& path = options_.key_path;
  if (options_.may_make_key && !std::filesystem::exists(path)) {
    ASSIGN_OR_RETURN(const std::string key, note::GenerateKey(options_.origin));
    RETURN_IF_ERROR(note::WriteKeyFile(path, absl::StrCat(key, "\n")));
    Log(LogLevel::kWarning, "log_key_made", {{"path", path}});
  }
  ASSIGN_OR_RETURN(note::KeyRing keys, note::ReadKeyFile(path));
  if (keys.signers.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(path, " holds no private key to sign with"));
  }
  return keys;
}

absl::Status HostedLog::StartSigning() {
  ASSIGN_OR_RETURN(keys_, ReadKeys());
  for (const note::Signer& signer : keys_.signers) {
    Log(LogLevel::kInfo, "log_signed_by", {{"key", signer.verifier().vkey()}});
  }
  eventlog::CheckpointerOptions options;
  options.keys = keys_;
  options.path = absl::StrCat(directory(), "/CHECKPOINT");
  options.interval = options_.sign_interval;
  options.on_damaged = [this](const absl::Status& why) { log_->StopWriting(why); };
  ASSIGN_OR_RETURN(checkpointer_, eventlog::Checkpointer::Start(*log_, std::move(options)));
  return absl::OkStatus();
}

void HostedLog::StartScrubbing() {
  const std::string& prefix = options_.metrics_prefix;
  rpc::Gauge& records = metrics_.AddGauge(absl::StrCat(prefix, "_scrubbed_records"),
                                          "Records of the log that the last scrub read.", {});
  rpc::Gauge& time = metrics_.AddGauge(absl::StrCat(prefix, "_scrubbed_timestamp_seconds"),
                                       "When the last scrub of the log ended.", {});
  rpc::Gauge& damaged = metrics_.AddGauge(
      absl::StrCat(prefix, "_damaged"), "1 where a scrub found the log damaged, 0 otherwise.", {});
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

}  // namespace sakip::service
