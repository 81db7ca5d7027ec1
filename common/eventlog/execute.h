// Execute is the one way in which a command becomes events: look for a repeat, decide, append, and
// decide again where another writer was faster.
#ifndef SAKIP_COMMON_EVENTLOG_EXECUTE_H_
#define SAKIP_COMMON_EVENTLOG_EXECUTE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/eventlog/event_log.h"

namespace sakip::eventlog {

// What a command leads to.
struct Decision {
  std::string stream;
  uint64_t expected_revision = 0;  // Of the stream, as the decision saw it.
  std::string actor;
  std::vector<NewEvent> events;
};

struct Command {
  std::string agency;                            // Resource name of the tenant.
  std::string request_id;                        // The caller's, unique in the agency.
  std::string request_digest;                    // SHA-256 of the request, 32 bytes.
  absl::Time deadline = absl::InfiniteFuture();  // Nothing is stored later.
  // Decides on the state as it is when called. Called again after a lost race.
  std::function<absl::StatusOr<Decision>()> decide;
};

// Calls `done` exactly once: with the result, marked as repeated where the request was stored
// before; with decide's error; or with an error of EventLog::Append but ABORTED. Never waits. `log`
// outlives the call of `done`. Thread-safe where `decide` is.
//
//   RESOURCE_EXHAUSTED  OVERLOADED  kAttemptsMax races were lost in a row; nothing was stored.
void Execute(EventLog& log, Command command, AppendCallback done);

constexpr int kAttemptsMax = 10;

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_EXECUTE_H_
