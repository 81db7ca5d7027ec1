// PolicyDigest names what a server permits, so that an entry of the audit trail tells under which
// rules it was decided.
#ifndef SAKIP_COMMON_AUDIT_POLICY_DIGEST_H_
#define SAKIP_COMMON_AUDIT_POLICY_DIGEST_H_

#include <string>

#include "common/rpc/method_table.h"

namespace sakip::audit {

// SHA-256, 32 bytes, of all that the methods declare and of the roles that have their permissions;
// the order of the methods does not count. Pure.
std::string PolicyDigest(const rpc::MethodTable& methods);

}  // namespace sakip::audit

#endif  // SAKIP_COMMON_AUDIT_POLICY_DIGEST_H_
