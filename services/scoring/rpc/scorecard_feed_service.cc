#include "services/scoring/rpc/scorecard_feed_service.h"

#include <memory>
#include <utility>

#include "common/rpc/stream.h"
#include "services/scoring/rpc/export_reactor.h"
#include "services/scoring/rpc/feed_query.h"
#include "services/scoring/rpc/watch_reactor.h"

namespace sakip::scoring {

grpc::ServerWriteReactor<v1::WatchScorecardsResponse>* ScorecardFeedService::WatchScorecards(
    grpc::CallbackServerContext* context, const v1::WatchScorecardsRequest* request) {
  using Response = v1::WatchScorecardsResponse;
  auto admission = gate_.Admit(context, *request);
  if (!admission.ok()) return rpc::Refuse<Response>(admission.status());
  auto query = ToWatchQuery(*request);
  if (!query.ok()) return rpc::Refuse<Response>(**admission, query.status());
  return rpc::Begin(streams_,
                    new WatchReactor(projection_, progress_, streams_, *std::move(admission),
                                     *std::move(query), quiet_max_));
}

grpc::ServerWriteReactor<v1::ExportScorecardsResponse>* ScorecardFeedService::ExportScorecards(
    grpc::CallbackServerContext* context, const v1::ExportScorecardsRequest* request) {
  using Response = v1::ExportScorecardsResponse;
  auto admission = gate_.Admit(context, *request);
  if (!admission.ok()) return rpc::Refuse<Response>(admission.status());
  auto query = ToExportQuery(*request);
  if (!query.ok()) return rpc::Refuse<Response>(**admission, query.status());
  const absl::Time deadline = (*admission)->call().deadline();
  return rpc::Begin(streams_,
                    new ExportReactor(projection_, progress_, streams_, *std::move(admission),
                                      *std::move(query), deadline));
}

}  // namespace sakip::scoring
