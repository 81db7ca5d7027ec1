// FindUnrecordedWrites heals what a kill may leave: a write is stored beside its admission, so the
// process may end when the service's own log has the one and the trail not yet the other.
#ifndef SAKIP_COMMON_AUDIT_FOUND_WRITES_H_
#define SAKIP_COMMON_AUDIT_FOUND_WRITES_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/audit/looked_at.h"
#include "common/eventlog/event_log.h"
#include "sakip/audit/v1/audit_entry.pb.h"

namespace sakip::audit {

// Entries come to disk in the order in which calls were let in, and a write is stored after it was
// let in. So a write without entry is later than the last entry of the trail, by the clock of the
// service; by so much that clock may have been set back in between.
inline constexpr absl::Duration kSetBackMax = absl::Minutes(1);

// How much earlier than its record the admission of a write may be: more than the longest deadline
// of a write.
inline constexpr absl::Duration kAdmittedBefore = absl::Minutes(15);

// What is looked at where the trail ends long before the service's own log: one of them was
// restored, or the disk of the trail hung.
struct FindLimits {
  size_t requests_max = 32 * 1024;   // Held in memory, about 500 bytes each.
  size_t records_max = 1024 * 1024;  // Read of the service's own log: some seconds.
};

// An entry EVENT_FOUND for each request of `log`, a service's own, that was stored after the last
// entry of `trail` was written, and that no entry tells of; the oldest first. Where there are more
// than the limits allow, the latest, and a line of the log says so. Entries of attempts that were
// refused, or that failed, tell of no write: the client may have tried again under the same id. Nor
// do those of an earlier run, which `looked_at` tells apart: a kill may have ended their attempts
// before anything was stored. Where it holds zeros one that a kill ended tells of what a later run
// stored under its id; where it is beyond an end, because a log was restored, it is taken for
// zeros. Thread-safe; reads the ends of both logs: what was stored after the last entry or a minute
// before it, and the entries of the quarter of an hour before that, until all is told of.
//
//   DATA_LOSS  RECORD_DAMAGED  one of them cannot be read.
absl::StatusOr<std::vector<v1::AuditEntry>> FindUnrecordedWrites(const eventlog::EventLog& log,
                                                                 const eventlog::EventLog& trail,
                                                                 LookedAt looked_at,
                                                                 const FindLimits& limits = {});

}  // namespace sakip::audit

#endif  // SAKIP_COMMON_AUDIT_FOUND_WRITES_H_
