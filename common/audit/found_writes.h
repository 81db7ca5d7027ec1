// FindUnrecordedWrites heals what a kill may leave: a write is stored beside its admission, so the
// process may end when the service's own log has the one and the trail not yet the other.
#ifndef SAKIP_COMMON_AUDIT_FOUND_WRITES_H_
#define SAKIP_COMMON_AUDIT_FOUND_WRITES_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/eventlog/event_log.h"
#include "sakip/audit/v1/audit_entry.pb.h"

namespace sakip::audit {

// Records at the end of the service's own log that are looked at: more than can be on their way at
// a time.
inline constexpr uint64_t kLookedForMax = 4096;

// How much earlier than its record the admission of a write may be: more than the longest deadline
// of a write.
inline constexpr absl::Duration kAdmittedBefore = absl::Minutes(15);

// An entry EVENT_FOUND for each request whose records are among the last of `log`, a service's own,
// and that no entry of `trail` tells of; the oldest first. Entries of attempts that were refused,
// or that failed, tell of no write: the client may have tried again under the same id.
// Thread-safe; reads the ends of both logs.
//
//   DATA_LOSS  RECORD_DAMAGED  one of them cannot be read.
absl::StatusOr<std::vector<v1::AuditEntry>> FindUnrecordedWrites(const eventlog::EventLog& log,
                                                                 const eventlog::EventLog& trail);

}  // namespace sakip::audit

#endif  // SAKIP_COMMON_AUDIT_FOUND_WRITES_H_
