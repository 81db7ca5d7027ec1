// CallNow makes a call and waits for its answer: for tests of services.
#ifndef SAKIP_COMMON_RPC_TEST_CALL_H_
#define SAKIP_COMMON_RPC_TEST_CALL_H_

#include <grpcpp/client_context.h>

#include <string>
#include <type_traits>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/channel.h"
#include "common/rpc/status_convert.h"

namespace sakip::rpc {

// Calls `method` as `dev_identity` (empty means `developer`). A healthy machine needs a fraction of
// `timeout`.
template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> CallNow(
    Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
    const std::type_identity_t<Request>& request, const std::string& dev_identity = "",
    absl::Duration timeout = absl::Seconds(30)) {
  grpc::ClientContext context;
  Prepare({.deadline = CallDeadline(timeout), .dev_identity = dev_identity}, context);
  Response response;
  const absl::Status status = FromGrpcStatus((stub.*method)(&context, request, &response));
  if (!status.ok()) return status;
  return response;
}

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_TEST_CALL_H_
