// QuotaFile keeps quotas as a file says, also when it changes while the server runs.
#ifndef SAKIP_COMMON_QUOTA_QUOTA_FILE_H_
#define SAKIP_COMMON_QUOTA_QUOTA_FILE_H_

#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/mutex.h"
#include "common/quota/quotas.h"
#include "common/rpc/metrics.h"

namespace sakip::quota {

struct QuotaFileOptions {
  std::string path{};
  absl::Duration interval = absl::Seconds(1);  // From one look at the file to the next.
  rpc::Metrics* metrics = nullptr;             // Borrowed; null means none.
};

// Thread-safe. Borrows the quotas. A file that becomes wrong is logged, with the fields at fault,
// and changes nothing: what was read last holds.
//
//   sakip_quota_file_refused  1 where the file as it is now was refused, 0 otherwise
class QuotaFile {
 public:
  // Reads the file and looks at it from then on, on a thread of its own.
  //   INVALID_ARGUMENT  the file cannot be read, or is wrong; the fields at fault are named.
  static absl::StatusOr<std::unique_ptr<QuotaFile>> Open(QuotaFileOptions options, Quotas& quotas);

  ~QuotaFile();
  QuotaFile(const QuotaFile&) = delete;
  QuotaFile& operator=(const QuotaFile&) = delete;

  static constexpr size_t kBytesMax = 4 << 20;

 private:
  // Tells one state of the file from another, also where it is replaced by renaming.
  struct Stamp {
    bool there = false;
    uint64_t inode = 0;
    uint64_t bytes = 0;
    int64_t changed_seconds = 0;
    int64_t changed_nanoseconds = 0;

    friend bool operator==(const Stamp&, const Stamp&) = default;
  };

  QuotaFile(QuotaFileOptions options, Quotas& quotas);

  absl::Status Read();
  void Watch();
  Stamp Look() const;

  const QuotaFileOptions options_;
  Quotas& quotas_;
  rpc::Gauge& refused_;
  Stamp read_;  // Of what was read last; used by one thread at a time.
  Mutex mutex_;
  ConditionVariable changed_;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread watcher_;
};

}  // namespace sakip::quota

#endif  // SAKIP_COMMON_QUOTA_QUOTA_FILE_H_
