// LeafChecker computes the leaf hashes of an export file again, on a thread of its own, while the
// caller reads on and builds the tree of those that the file states.
//
// Submit, Finish and found_bad by one thread. Holds at most a few chunks.
#ifndef SAKIP_COMMON_EVENTLOG_VERIFY_LEAF_CHECKER_H_
#define SAKIP_COMMON_EVENTLOG_VERIFY_LEAF_CHECKER_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <thread>

#include "common/base/mutex.h"
#include "common/eventlog/verify/export_reader.h"

namespace sakip::eventlog {

class LeafChecker {
 public:
  LeafChecker();
  ~LeafChecker();
  LeafChecker(const LeafChecker&) = delete;
  LeafChecker& operator=(const LeafChecker&) = delete;

  // Checks `chunk` soon. Waits while the thread is behind.
  void Submit(std::shared_ptr<const ExportChunk> chunk);

  // True where a record is known to be wrong: no need to read on.
  bool found_bad();

  // Waits for all that was submitted; the first position whose bytes have another leaf hash.
  std::optional<uint64_t> Finish();

 private:
  void Run();

  Mutex mutex_;
  ConditionVariable changed_;
  std::deque<std::shared_ptr<const ExportChunk>> queue_ ABSL_GUARDED_BY(mutex_);
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<uint64_t> bad_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;  // Last: it uses the others.
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_VERIFY_LEAF_CHECKER_H_
