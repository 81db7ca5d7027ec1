// Scrubber reads a whole log again and again, slowly, so that damage is found while there are still
// backups without it.
#ifndef SAKIP_COMMON_EVENTLOG_SCRUBBER_H_
#define SAKIP_COMMON_EVENTLOG_SCRUBBER_H_

#include <cstdint>
#include <functional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/mutex.h"
#include "common/eventlog/event_log.h"

namespace sakip::eventlog {

struct ScrubberOptions {
  absl::Duration interval = absl::Hours(24);  // From the end of a scrub to the next one.
  // Part of the time that a scrub may read; the rest it waits, for the log's other users.
  double share = 0.2;
  // Called on the scrubber's thread after each scrub that came to an end.
  std::function<void(const absl::Status& result, uint64_t records)> on_done = nullptr;
};

// Thread-safe. Scrubs once when it is made, then at each interval.
class Scrubber {
 public:
  // Borrows the log.
  Scrubber(const EventLog& log, ScrubberOptions options);
  ~Scrubber();  // Ends a scrub that runs.
  Scrubber(const Scrubber&) = delete;
  Scrubber& operator=(const Scrubber&) = delete;

 private:
  void ScrubUntilStopped();
  absl::Status ScrubOnce(uint64_t& records);
  bool Wait(absl::Duration time);  // False where it is to stop.

  const EventLog& log_;
  const ScrubberOptions options_;
  Mutex mutex_;
  ConditionVariable changed_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // Last: it uses all of the above.
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_SCRUBBER_H_
