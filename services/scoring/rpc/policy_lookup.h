// Finds policies by name: built-in ones, or a region's as of a state. Functions are thread-safe.
#ifndef SAKIP_SERVICES_SCORING_RPC_POLICY_LOOKUP_H_
#define SAKIP_SERVICES_SCORING_RPC_POLICY_LOOKUP_H_

#include <string>

#include "absl/status/statusor.h"
#include "sakip/types/v1/scoring_policy.pb.h"
#include "services/scoring/store/projection.h"

namespace sakip::scoring {

// As it was published.
//   NOT_FOUND  POLICY_NOT_FOUND  there is none of this name.
absl::StatusOr<types::v1::ScoringPolicy> ReadPolicy(const Projection& projection,
                                                    const std::string& name, const AsOf& as_of);

// To compute under. Errors as ReadPolicy.
absl::StatusOr<Policy> PolicyNamed(const Projection& projection, const std::string& name,
                                   const AsOf& as_of);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_POLICY_LOOKUP_H_
