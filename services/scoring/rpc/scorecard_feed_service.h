// ScorecardFeedService serves sakip.scoring.v1.ScorecardFeedService over a projection.
#ifndef SAKIP_SERVICES_SCORING_RPC_SCORECARD_FEED_SERVICE_H_
#define SAKIP_SERVICES_SCORING_RPC_SCORECARD_FEED_SERVICE_H_

#include "absl/time/time.h"
#include "common/rpc/gate.h"
#include "common/rpc/raw_service.h"
#include "common/rpc/stream_set.h"
#include "sakip/scoring/v1/scorecard_feed_service.grpc.pb.h"
#include "services/scoring/store/progress.h"
#include "services/scoring/store/projection.h"

namespace sakip::scoring {

// Thread-safe. Borrows all it is given, which outlives it.
class ScorecardFeedService final
    : public rpc::RawService<v1::ScorecardFeedService::Service,
                             v1::ScorecardFeedService::WithRawCallbackMethod_WatchScorecards,
                             v1::ScorecardFeedService::WithRawCallbackMethod_ExportScorecards> {
 public:
  // A watch says at least this often how far it has come.
  static constexpr absl::Duration kQuietMax = absl::Seconds(15);

  ScorecardFeedService(rpc::Gate& gate, const Projection& projection, Progress& progress,
                       absl::Duration quiet_max = kQuietMax)
      : gate_(gate),
        projection_(projection),
        progress_(progress),
        quiet_max_(quiet_max),
        streams_(gate) {}

  grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchScorecards(grpc::CallbackServerContext* context,
                                                              const grpc::ByteBuffer* in) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* ExportScorecards(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* in) override;

 private:
  rpc::Gate& gate_;
  const Projection& projection_;
  Progress& progress_;
  const absl::Duration quiet_max_;
  rpc::StreamSet streams_;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_SCORECARD_FEED_SERVICE_H_
