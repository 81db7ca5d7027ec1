// AuditQuery is one page of a list of entries: which are wanted, and where the page begins.
#ifndef SAKIP_COMMON_AUDIT_AUDIT_QUERY_H_
#define SAKIP_COMMON_AUDIT_AUDIT_QUERY_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/resource_name.h"
#include "common/eventlog/event_log.h"
#include "sakip/audit/v1/audit_service.pb.h"

namespace sakip::audit {

// Entries that a page looks at, at most.
inline constexpr uint64_t kLookedAtMax = 5000;

// Answers a list as its .proto says, from what `log` holds now. Thread-safe.
absl::StatusOr<v1::ListAuditEntriesResponse> ListEntries(
    const eventlog::EventLog& log, const v1::ListAuditEntriesRequest& request);

// OK where the entry at `position` is for who asks within `scope`.
//   NOT_FOUND  AUDIT_ENTRY_NOT_FOUND  it is not, or there is none.
//   DATA_LOSS  RECORD_DAMAGED         it cannot be read.
absl::Status CheckSeen(const eventlog::EventLog& log, const ResourceName& scope, uint64_t position);

// Drops the entries that are not for who asks within `scope`; see eventlog::KeepRecords.
//   DATA_LOSS  RECORD_DAMAGED  a record is no entry.
absl::Status KeepSeen(const ResourceName& scope, eventlog::ReadResult& result);

}  // namespace sakip::audit

#endif  // SAKIP_COMMON_AUDIT_AUDIT_QUERY_H_
