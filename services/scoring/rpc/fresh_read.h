// FreshRead is the way of every read of scoring: through the gate, its request checked, held back
// until the logs are read as far as it asks, then answered in the turn of the call.
#ifndef SAKIP_SERVICES_SCORING_RPC_FRESH_READ_H_
#define SAKIP_SERVICES_SCORING_RPC_FRESH_READ_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
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

// What FreshRead does where nothing is kept.
struct NothingKept {
  template <typename Query>
  std::nullopt_t operator()(const Query&) const {
    return std::nullopt;
  }
};

// `read(const Request&)` checks the request and returns what it asks for, an absl::StatusOr<Query>;
// it is called where the gate admits the call, before this returns. Once what the query waits for
// is read, `kept(query)` returns what can be given without computing, an optional Response, and
// where there is nothing `answer(query)` computes an absl::StatusOr<Response> when it is the turn
// of the call; both on any thread. `progress` and what `kept` and `answer` borrow outlive the call.
template <typename Request, typename Read, typename Answer, typename Kept = NothingKept>
grpc::ServerUnaryReactor* FreshRead(rpc::Gate& gate, Progress& progress,
                                    grpc::CallbackServerContext* context,
                                    const grpc::ByteBuffer* in, grpc::ByteBuffer* out, Read read,
                                    Answer answer, Kept kept = {}) {
  using Query = typename std::invoke_result_t<Read, const Request&>::value_type;
  using Response = typename std::invoke_result_t<Answer, const Query&>::value_type;
  return rpc::UnaryAtOnce<Request, Response>(
      gate, context, in, out,
      [&](const std::shared_ptr<const rpc::Call>& call, const Request& request,
          rpc::Done<Response> done) {
        absl::StatusOr<Query> query = read(request);
        if (!query.ok()) return done(query.status());
        const Positions at_least = WantedOf(*query).at_least;  // Before the query is handed on.
        WhenFresh(progress, at_least, call->deadline(),
                  [&gate, call, query = *std::move(query), answer = std::move(answer),
                   kept = std::move(kept), done = std::move(done)](const absl::Status& fresh) {
                    if (!fresh.ok()) return done(fresh);
                    std::optional<Response> found = kept(query);
                    if (found.has_value()) return done(*std::move(found));
                    gate.work().InTurn(*call, [query, answer, done](const absl::Status& turn) {
                      if (!turn.ok()) return done(turn);
                      done(answer(query));
                    });
                  });
      });
}

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_FRESH_READ_H_
