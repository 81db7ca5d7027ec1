// Ids that link the log lines of one call, and idempotency keys. Pure but for NewCallId; all
// functions are thread-safe.
#ifndef SAKIP_COMMON_RPC_CALL_ID_H_
#define SAKIP_COMMON_RPC_CALL_ID_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/rpc/identity.h"

namespace sakip::rpc {

// Metadata that a caller may name its call with.
inline constexpr char kCallIdKey[] = "x-request-id";

// True for 1 to 64 of `A-Z a-z 0-9 . _ : -`: an idempotency key or a call id.
bool IsRequestId(absl::string_view text);

// 32 random hexadecimal digits; for logs, not a secret.
std::string NewCallId();

// The caller's id, or a new one where it gave none or a malformed one.
std::string CallIdOf(const Metadata& metadata);

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_CALL_ID_H_
