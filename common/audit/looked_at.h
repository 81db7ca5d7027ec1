// LookedAt is how far a service has looked for writes without an entry, kept in a file beside its
// trail: what one run of the service began must not be taken for what the next one did.
#ifndef SAKIP_COMMON_AUDIT_LOOKED_AT_H_
#define SAKIP_COMMON_AUDIT_LOOKED_AT_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace sakip::audit {

// Ends of both logs when the last run began, before it let calls in. Writes before `log_end` are
// told of; entries before `trail_end` tell of no write after it.
struct LookedAt {
  uint64_t log_end = 0;
  uint64_t trail_end = 0;
};

// What the file holds; zeros where there is none or it holds something else. Thread-safe.
LookedAt ReadLookedAt(const std::string& path);

// Puts it there durably: one file by one thread at a time. Errors are the system's.
absl::Status WriteLookedAt(const std::string& path, const LookedAt& looked_at);

}  // namespace sakip::audit

#endif  // SAKIP_COMMON_AUDIT_LOOKED_AT_H_
