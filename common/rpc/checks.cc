#include "common/rpc/checks.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/rpc/authorize.h"
#include "common/rpc/call_id.h"
#include "common/rpc/message_bytes.h"

namespace sakip::rpc {
namespace {

// gRPC rounds a timeout up on its way, to three digits: 1 h and a millisecond is 3610 s. A caller
// that asks for exactly the limit is not refused.
absl::Duration DeadlineSlack(const Method& method) {
  return std::max(absl::Seconds(1), method.deadline_max / 100);
}

}  // namespace

quota::Payer CallerPayer(const Principal& principal) {
  bool only_service = true, only_operator = true;
  for (const Role role : principal.roles) {
    only_service &= role == Role::kService;
    only_operator &= role == Role::kOperator;
  }
  if (principal.roles.empty()) return {quota::PayerKind::kCaller, principal.subject};
  if (only_service) return {quota::PayerKind::kService, principal.subject};
  if (only_operator) return {quota::PayerKind::kOperator, principal.subject};
  return {quota::PayerKind::kCaller, principal.subject};
}

absl::Status CheckDeadline(const Method& method, absl::Time deadline, absl::Time now) {
  const bool endless = method.deadline_max == absl::ZeroDuration();
  if (deadline == absl::InfiniteFuture()) {
    if (endless) return absl::OkStatus();
    return MakeError(absl::StatusCode::kInvalidArgument, "DEADLINE_MISSING",
                     absl::StrCat("the call has no deadline; set one of at most ",
                                  absl::FormatDuration(method.deadline_max)));
  }
  if (deadline <= now) {
    return MakeError(absl::StatusCode::kDeadlineExceeded, "DEADLINE_PASSED",
                     "the deadline passed before the call was started");
  }
  if (!endless && deadline - now > method.deadline_max + DeadlineSlack(method)) {
    return MakeError(absl::StatusCode::kInvalidArgument, "DEADLINE_TOO_FAR",
                     absl::StrCat("the deadline is more than ",
                                  absl::FormatDuration(method.deadline_max), " away"));
  }
  return absl::OkStatus();
}

absl::Status CheckSize(const Method& method, size_t request_bytes) {
  if (request_bytes <= method.request_bytes_max) return absl::OkStatus();
  return MakeError(absl::StatusCode::kResourceExhausted, "REQUEST_TOO_LARGE",
                   absl::StrCat("the request has ", request_bytes, " bytes, more than ",
                                method.request_bytes_max),
                   {{"request_bytes", absl::StrCat(request_bytes)},
                    {"max_request_bytes", absl::StrCat(method.request_bytes_max)}});
}

absl::Status CheckAuthorized(const Method& method, const google::protobuf::Message& request,
                             Call::Parts& call) {
  if (method.tenant_field.empty()) {
    return AuthorizeService(call.principal, method.permission, method.service);
  }
  ASSIGN_OR_RETURN(call.tenant, TenantOf(method.tenant_field, TenantName(method, request)));
  const Reach reach = method.readable_below ? Reach::kAboveAndBelow : Reach::kAbove;
  ASSIGN_OR_RETURN(const ResourceName* const scope,
                   AuthorizeTenant(call.principal, method.permission, call.tenant, reach));
  call.scope = ScopeName(*scope);
  return absl::OkStatus();
}

absl::Status CheckRequestId(const Method& method, const google::protobuf::Message& request) {
  if (method.request_id_path.empty() || IsRequestId(RequestId(method, request))) {
    return absl::OkStatus();
  }
  return InvalidField(method.request_id_field,
                      "is not 1 to 64 letters, digits, `.`, `_`, `:` or `-`");
}

absl::Status ReadRequest(const grpc::ByteBuffer& bytes, InFlightLimit& limit,
                         InFlightLimit::Slot& reading, google::protobuf::Message& request) {
  reading = limit.TryTake(bytes.Length());
  if (!reading) {
    return MakeError(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                     absl::StrCat("the server reads requests of ", limit.max(),
                                  " bytes already; retry after RetryInfo"));
  }
  if (ReadMessage(bytes, request)) return absl::OkStatus();
  return MakeError(absl::StatusCode::kInvalidArgument, "REQUEST_MALFORMED",
                   "there is no request, or it is no message of the method or nested too deeply");
}

}  // namespace sakip::rpc
