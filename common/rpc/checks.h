// The checks of the gate that need nothing but the call. Pure and thread-safe.
#ifndef SAKIP_COMMON_RPC_CHECKS_H_
#define SAKIP_COMMON_RPC_CHECKS_H_

#include <google/protobuf/message.h>
#include <grpcpp/support/byte_buffer.h>

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/quota/limits.h"
#include "common/rpc/call.h"
#include "common/rpc/in_flight.h"
#include "common/rpc/method_table.h"

namespace sakip::rpc {

// Who pays for the calls of `principal`: a service or an operator is one that is nothing else.
quota::Payer CallerPayer(const Principal& principal);

// `deadline` is infinite where the caller set none.
//   INVALID_ARGUMENT   DEADLINE_MISSING, DEADLINE_TOO_FAR
//   DEADLINE_EXCEEDED  DEADLINE_PASSED
absl::Status CheckDeadline(const Method& method, absl::Time deadline, absl::Time now);

//   RESOURCE_EXHAUSTED  REQUEST_TOO_LARGE
absl::Status CheckSize(const Method& method, size_t request_bytes);

// Sets `tenant` of the call once it is known to be well-formed, and `scope` once it is let in.
//   INVALID_ARGUMENT   INVALID_FIELD
//   PERMISSION_DENIED  PERMISSION_DENIED
absl::Status CheckAuthorized(const Method& method, const google::protobuf::Message& request,
                             Call::Parts& call);

//   INVALID_ARGUMENT  INVALID_FIELD at the field of the idempotency key
absl::Status CheckRequestId(const Method& method, const google::protobuf::Message& request);

// Parses `bytes` into `request` while `reading` has room for them in `limit`.
//   RESOURCE_EXHAUSTED  OVERLOADED
//   INVALID_ARGUMENT    REQUEST_MALFORMED: there is no message of the method.
absl::Status ReadRequest(const grpc::ByteBuffer& bytes, InFlightLimit& limit,
                         InFlightLimit::Slot& reading, google::protobuf::Message& request);

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_CHECKS_H_
