// What the audit trail says of a call: which calls it records, and the entry of one. Pure
// functions, thread-safe. The rules are told in sakip/audit/v1/audit_entry.proto.
#ifndef SAKIP_COMMON_AUDIT_AUDIT_ENTRIES_H_
#define SAKIP_COMMON_AUDIT_AUDIT_ENTRIES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/rpc/call.h"
#include "common/rpc/method_table.h"
#include "common/rpc/observer.h"
#include "sakip/audit/v1/audit_entry.pb.h"

namespace sakip::audit {

// Which entries a call that is let in gets: kBeginAndFailure a second one only where it fails.
enum class Recorded { kNothing, kEnd, kBeginAndFailure, kBeginAndEnd };

Recorded HowRecorded(const rpc::Call& call, const rpc::Method& method);

// The entry of a call that is let in, as it begins.
v1::AuditEntry AdmittedEntry(const rpc::Call& call, const rpc::Method& method);

// The entry of a call that is refused.
v1::AuditEntry RefusedEntry(const rpc::Call& call, const rpc::Method& method,
                            const rpc::Observation& observation);

// Tells in `entry` how its call ended.
void SetOutcome(const rpc::Observation& observation, v1::AuditEntry& entry);

// The stream of the log that the entries of `tenant` are in, of that tenant alone. Entries without
// a tenant, and those about all regions, are in that of a region that does not exist.
std::string StreamOf(absl::string_view tenant);

// True where an auditor with this scope, a region, all regions or an agency, sees the entries of
// `tenant`.
bool ScopeSees(const ResourceName& scope, absl::string_view tenant);

}  // namespace sakip::audit

#endif  // SAKIP_COMMON_AUDIT_AUDIT_ENTRIES_H_
