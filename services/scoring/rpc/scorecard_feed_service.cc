#include "services/scoring/rpc/scorecard_feed_service.h"

#include <utility>

#include "absl/status/statusor.h"
#include "common/base/status_macros.h"
#include "common/rpc/stream.h"
#include "services/scoring/rpc/export_reactor.h"
#include "services/scoring/rpc/feed_query.h"
#include "services/scoring/rpc/watch_reactor.h"

namespace sakip::scoring {

grpc::ServerWriteReactor<grpc::ByteBuffer>* ScorecardFeedService::WatchScorecards(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in) {
  return rpc::WriteStream<v1::WatchScorecardsRequest>(
      gate_, streams_, context, *in,
      [this](rpc::Admitted call,
             const v1::WatchScorecardsRequest& request) -> absl::StatusOr<WatchReactor*> {
        ASSIGN_OR_RETURN(WatchQuery query, ToWatchQuery(request));
        return new WatchReactor(projection_, progress_, streams_, std::move(call), std::move(query),
                                quiet_max_);
      });
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* ScorecardFeedService::ExportScorecards(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in) {
  return rpc::WriteStream<v1::ExportScorecardsRequest>(
      gate_, streams_, context, *in,
      [this](rpc::Admitted call,
             const v1::ExportScorecardsRequest& request) -> absl::StatusOr<ExportReactor*> {
        ASSIGN_OR_RETURN(ExportQuery query, ToExportQuery(request));
        const absl::Time deadline = call->call().deadline();
        return new ExportReactor(projection_, progress_, streams_, std::move(call),
                                 std::move(query), deadline);
      });
}

}  // namespace sakip::scoring
