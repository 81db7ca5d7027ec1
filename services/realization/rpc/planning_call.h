// Asks planning, without waiting. Functions are thread-safe.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_PLANNING_CALL_H_
#define SAKIP_SERVICES_REALIZATION_RPC_PLANNING_CALL_H_

#include <grpcpp/client_context.h>

#include <functional>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/base/error.h"
#include "common/rpc/channel.h"
#include "common/rpc/status_convert.h"

namespace sakip::realization {

// Sends `request` by `(async.*method)` and answers on a thread of gRPC with the response or
// planning's own error. `async` outlives the answer. `deadline` is that of the call that is served.
template <typename Async, typename Request, typename Response>
void AskPlanning(Async& async,
                 void (Async::*method)(grpc::ClientContext*, const Request*, Response*,
                                       std::function<void(grpc::Status)>),
                 const Request& request, absl::Time deadline,
                 std::function<void(absl::StatusOr<Response>)> answer) {
  struct Exchange {
    grpc::ClientContext context;
    Request request;
    Response response;
  };
  auto exchange = std::make_shared<Exchange>();
  rpc::OutgoingCall outgoing;
  outgoing.deadline = deadline;
  rpc::Prepare(outgoing, exchange->context);
  exchange->request = request;
  (async.*method)(&exchange->context, &exchange->request, &exchange->response,
                  [exchange, answer = std::move(answer)](grpc::Status status) {
                    if (!status.ok()) return answer(rpc::FromGrpcStatus(status));
                    answer(std::move(exchange->response));
                  });
}

// What the caller is told where planning does not answer a question about `what`.
inline absl::Status PlanningUnavailable(absl::string_view what, const absl::Status& status) {
  return MakeError(
      absl::StatusCode::kUnavailable, "PLANNING_UNAVAILABLE",
      absl::StrCat("planning could not be asked about ", what, ": ", status.message()));
}

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_PLANNING_CALL_H_
