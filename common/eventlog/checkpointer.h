// Checkpointer signs what a log holds: as the log grows it reads the new records back from the
// store, computes the tree again from their bytes, and signs a checkpoint (common/note) of it. What
// was stored wrong is never signed, and no size is ever signed with two roots.
#ifndef SAKIP_COMMON_EVENTLOG_CHECKPOINTER_H_
#define SAKIP_COMMON_EVENTLOG_CHECKPOINTER_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/mutex.h"
#include "common/eventlog/event_log.h"
#include "common/eventlog/log_waiters.h"
#include "common/merkle/tree.h"
#include "common/note/key_file.h"

namespace sakip::eventlog {

// The newest checkpoint. A value.
struct LatestCheckpoint {
  std::string note;  // Signed.
  uint64_t size = 0;
};

struct CheckpointerOptions {
  note::KeyRing keys;  // At least one that signs; the name of the first is the log's origin.
  std::string path;    // Of the file that keeps the last checkpoint.
  // Signs again after this time at the earliest, so that a signature stands for many writes.
  absl::Duration interval = absl::Milliseconds(100);
  // Called once, on the checkpointer's thread, when what the log holds is not what was stored;
  // nothing is signed after.
  std::function<void(const absl::Status& why)> on_damaged = nullptr;
};

// Thread-safe.
class Checkpointer {
 public:
  // Checks that the log continues the last checkpoint in the file, signs the log as it is, and goes
  // on as it grows. Borrows the log.
  //
  //   DATA_LOSS            LOG_INCOMPLETE     a larger log was signed: records are missing.
  //   DATA_LOSS            LOG_FORKED         other records were signed.
  //   DATA_LOSS            RECORD_DAMAGED     the log cannot be read.
  //   FAILED_PRECONDITION  SIGNATURE_MISSING  no key given signed the last checkpoint; keep the
  //                                           verifier keys of earlier signers in the key file.
  //   INVALID_ARGUMENT     NOTE_MALFORMED     the file holds no checkpoint.
  //   UNAVAILABLE          LOG_NOT_OPENED     the file cannot be read or written.
  static absl::StatusOr<std::unique_ptr<Checkpointer>> Start(EventLog& log,
                                                             CheckpointerOptions options);
  ~Checkpointer();  // Stops. Waits that are left are dropped.
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  LatestCheckpoint latest() const;

  // Calls `ready` once, when a checkpoint of at least `size` records is signed or nothing is signed
  // any more: at once where that is so already. `ready` must not block.
  void WaitForSize(uint64_t size, std::function<void()> ready);

 private:
  Checkpointer(EventLog& log, CheckpointerOptions options);

  absl::Status Resume();
  absl::Status Sign(uint64_t size);
  absl::Status ReadBack(uint64_t size);
  void SignUntilStopped();
  bool WaitForGrowth();

  EventLog& log_;
  const CheckpointerOptions options_;
  const std::string origin_;
  merkle::Frontier tree_;  // As signed; used by Start, then by the thread only.
  std::chrono::steady_clock::time_point next_time_;  // Not before; as tree_.
  LogWaiters waiters_{0};  // Of one more than the signed size, so that size 0 can be waited for.

  mutable Mutex mutex_;
  ConditionVariable changed_;
  LatestCheckpoint latest_ ABSL_GUARDED_BY(mutex_);
  bool grown_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // Last: it uses all of the above.
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_CHECKPOINTER_H_
