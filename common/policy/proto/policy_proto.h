// A policy as it is sent and stored, and back. Pure functions.
#ifndef SAKIP_COMMON_POLICY_PROTO_POLICY_PROTO_H_
#define SAKIP_COMMON_POLICY_PROTO_POLICY_PROTO_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/policy/policy.h"
#include "sakip/types/v1/scoring_policy.pb.h"

namespace sakip::policy {

// Reads a region's policy and proves that scores can be computed under it.
//
//   INVALID_ARGUMENT  INVALID_FIELD  each wrong field, by its path from `path`.
absl::StatusOr<Policy> FromProto(const types::v1::ScoringPolicy& from, const std::string& path);

// Without what the server sets when it is published, but for the name.
types::v1::ScoringPolicy ToProto(const Policy& policy);

}  // namespace sakip::policy

#endif  // SAKIP_COMMON_POLICY_PROTO_POLICY_PROTO_H_
