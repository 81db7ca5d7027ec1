// Asks planning, without waiting. Functions are thread-safe.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_PLANNING_CALL_H_
#define SAKIP_SERVICES_REALIZATION_RPC_PLANNING_CALL_H_

#include <grpcpp/client_context.h>

#include <functional>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "common/base/limited_lines.h"
#include "common/rpc/call.h"
#include "common/rpc/channel.h"
#include "common/rpc/status_convert.h"

namespace sakip::realization {

// A call to planning while `call` is served: it ends with it, and log lines link the two.
rpc::OutgoingCall OnBehalfOf(const rpc::Call& call);

// The lines of the log about questions that planning did not answer. The next question tells how
// many were left out.
LimitedLines& PlanningLines();

// Sends `request` by `(async.*method)` and answers on a thread of gRPC with the response or
// planning's own error. `async` outlives the answer.
template <typename Async, typename Request, typename Response>
void AskPlanning(Async& async,
                 void (Async::*method)(grpc::ClientContext*, const Request*, Response*,
                                       std::function<void(grpc::Status)>),
                 const Request& request, const rpc::OutgoingCall& outgoing,
                 std::function<void(absl::StatusOr<Response>)> answer) {
  struct Exchange {
    grpc::ClientContext context;
    Request request;
    Response response;
  };
  PlanningLines().TellLeftOut(absl::Now());
  auto exchange = std::make_shared<Exchange>();
  rpc::Prepare(outgoing, exchange->context);
  exchange->request = request;
  (async.*method)(&exchange->context, &exchange->request, &exchange->response,
                  [exchange, answer = std::move(answer)](grpc::Status status) {
                    if (!status.ok()) return answer(rpc::FromGrpcStatus(status));
                    answer(std::move(exchange->response));
                  });
}

// What the caller is told where planning does not answer a question about `what`. The cause, which
// may name addresses, is for the log: of many alike a few a second.
absl::Status PlanningUnavailable(absl::string_view what, const rpc::OutgoingCall& outgoing,
                                 const absl::Status& cause);

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_PLANNING_CALL_H_
