// LogFollowers follow what planning publishes and what realization records, over gRPC, into a
// projection.
#ifndef SAKIP_SERVICES_SCORING_RPC_LOG_FOLLOWERS_H_
#define SAKIP_SERVICES_SCORING_RPC_LOG_FOLLOWERS_H_

#include <grpcpp/channel.h>

#include <memory>

#include "common/rpc/metrics.h"
#include "services/scoring/store/following.h"

namespace sakip::scoring {

// Follows over these channels, as the service scoring. What follows without limits tells `metrics`
// how far behind it is; they outlive it.
Follow FollowOver(std::shared_ptr<grpc::Channel> planning,
                  std::shared_ptr<grpc::Channel> realization, rpc::Metrics& metrics);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_LOG_FOLLOWERS_H_
