// Turns absl::Status into grpc::Status with google.rpc.Status in its details, and back.
//
// What may be sent: CANCELLED and DEADLINE_EXCEEDED, and every error whose reason is in
// sakip.errors.v1.ErrorReason. Everything else (INTERNAL, UNKNOWN, an error that nobody gave a
// reason) is a fault of ours: its text is logged under the call id and not sent.
// All functions are thread-safe.
#ifndef SAKIP_COMMON_RPC_STATUS_CONVERT_H_
#define SAKIP_COMMON_RPC_STATUS_CONVERT_H_

#include <grpcpp/support/status.h>

#include <optional>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace sakip::rpc {

// Domain of ErrorInfo.
inline constexpr char kErrorDomain[] = "sakip";

// What RetryInfo tells a caller that was refused with OVERLOADED, where the error has no delay of
// its own (WithRetryDelay).
inline constexpr absl::Duration kOverloadedRetryDelay = absl::Milliseconds(250);

// Returns the error as it may be sent: itself, or `internal error; call id X` with reason INTERNAL.
// Logs what is kept back.
absl::Status ToSendable(const absl::Status& status, absl::string_view call_id);

// Server side, for what ToSendable returned.
grpc::Status SendableToGrpcStatus(const absl::Status& sendable);

// Both in one.
grpc::Status ToGrpcStatus(const absl::Status& status, absl::string_view call_id);

// Client side. Keeps code, message, reason, facts, fields and retry delay; facts come ordered by
// key. An error without details of ours (the transport's) has no reason.
absl::Status FromGrpcStatus(const grpc::Status& status);

// When a refused call may be tried again; nothing where the server did not say.
std::optional<absl::Duration> RetryDelay(const grpc::Status& status);

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_STATUS_CONVERT_H_
