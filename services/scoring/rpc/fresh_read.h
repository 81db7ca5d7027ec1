// FreshRead is the way of every read of scoring: through the gate, its request checked, held back
// until the logs are read as far as it asks, then answered.
#ifndef SAKIP_SERVICES_SCORING_RPC_FRESH_READ_H_
#define SAKIP_SERVICES_SCORING_RPC_FRESH_READ_H_

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "common/rpc/gate.h"
#include "common/rpc/unary.h"
#include "services/scoring/rpc/freshness.h"
#include "services/scoring/rpc/moment.h"

namespace sakip::scoring {

// The state that a query asks for; those that keep it elsewhere have an overload beside them.
template <typename Query>
const Wanted& WantedOf(const Query& query) {
  return query.wanted;
}

// `read()` checks the request and returns what it asks for, an absl::StatusOr<Query>; it is called
// where the gate admits the call. `answer(query)` returns an absl::StatusOr<Response>, once what
// the query waits for is read, on any thread. `progress` and what `answer` borrows outlive the
// call.
template <typename Response, typename Read, typename Answer>
grpc::ServerUnaryReactor* FreshRead(rpc::Gate& gate, Progress& progress,
                                    grpc::CallbackServerContext* context,
                                    const google::protobuf::Message* request, Response* response,
                                    Read read, Answer answer) {
  return rpc::UnaryAsync(
      gate, context, request, response,
      [&](const std::shared_ptr<const rpc::Call>& call, rpc::Done<Response> done) {
        auto query = read();
        if (!query.ok()) return done(query.status());
        const Positions at_least = WantedOf(*query).at_least;  // Before the query is handed on.
        WhenFresh(progress, at_least, call->deadline(),
                  [query = *std::move(query), answer = std::move(answer),
                   done = std::move(done)](const absl::Status& fresh) {
                    if (!fresh.ok()) return done(fresh);
                    done(answer(query));
                  });
      });
}

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_FRESH_READ_H_
