// LogFollowers follow what planning publishes and what realization records, over gRPC, into a
// projection.
#ifndef SAKIP_SERVICES_SCORING_RPC_LOG_FOLLOWERS_H_
#define SAKIP_SERVICES_SCORING_RPC_LOG_FOLLOWERS_H_

#include <grpcpp/channel.h>

#include <memory>

#include "services/scoring/store/following.h"

namespace sakip::scoring {

// Follows over these channels, as the service scoring.
Follow FollowOver(std::shared_ptr<grpc::Channel> planning,
                  std::shared_ptr<grpc::Channel> realization);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_LOG_FOLLOWERS_H_
