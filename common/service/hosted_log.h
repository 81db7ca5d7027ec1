// HostedLog is an event log on disk with what keeps it honest: it signs its checkpoints, and scrubs
// it.
#ifndef SAKIP_COMMON_SERVICE_HOSTED_LOG_H_
#define SAKIP_COMMON_SERVICE_HOSTED_LOG_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/eventlog/checkpointer.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/eventlog/scrubber.h"
#include "common/note/key_file.h"
#include "common/rpc/metrics.h"

namespace sakip::service {

struct HostedLogOptions {
  // Directory, memory, and what happens after a write failed; the disk space is as the flags say.
  eventlog::RocksEventLogOptions log;
  std::string key_path;  // Of the file of its keys, which is made where `may_make_key`.
  bool may_make_key = true;
  std::string origin;  // Its name in a key file that is made.
  // Its share of --disk_reserve_mib and --disk_ballast_mib.
  double space_share = 1;
  absl::Duration sign_interval = absl::Milliseconds(100);  // CheckpointerOptions::interval.
  std::string metrics_prefix = "sakip_log";
};

// Thread-safe. Borrows the metrics.
class HostedLog {
 public:
  static absl::StatusOr<std::unique_ptr<HostedLog>> Open(HostedLogOptions options,
                                                         rpc::Metrics& metrics);

  // Signs and scrubs from now on; before that an observer may be given to the log.
  absl::Status Start();

  eventlog::RocksEventLog& log() { return *log_; }
  const note::KeyRing& keys() const { return keys_; }
  const std::string& directory() const { return options_.log.directory; }
  eventlog::Checkpointer& checkpointer() { return *checkpointer_; }

 private:
  HostedLog(HostedLogOptions options, rpc::Metrics& metrics)
      : options_(std::move(options)), metrics_(metrics) {}

  absl::StatusOr<note::KeyRing> ReadKeys() const;
  absl::Status StartSigning();
  void StartScrubbing();

  const SystemClock clock_;
  const HostedLogOptions options_;
  rpc::Metrics& metrics_;
  note::KeyRing keys_;
  std::unique_ptr<eventlog::RocksEventLog> log_;
  std::unique_ptr<eventlog::Checkpointer> checkpointer_;
  std::unique_ptr<eventlog::Scrubber> scrubber_;
};

// --disk_reserve_mib, in bytes.
uint64_t DiskReserveBytes();

// The name of a service's log as --log_origin says: localhost/<service> where it is empty.
std::string LogOrigin(absl::string_view service);

}  // namespace sakip::service

#endif  // SAKIP_COMMON_SERVICE_HOSTED_LOG_H_
