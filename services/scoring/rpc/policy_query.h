// What reads of policies ask for, checked. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_RPC_POLICY_QUERY_H_
#define SAKIP_SERVICES_SCORING_RPC_POLICY_QUERY_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "sakip/scoring/v1/scoring_service.pb.h"
#include "services/scoring/rpc/moment.h"
#include "services/scoring/store/projection.h"

namespace sakip::scoring {

struct PolicyQuery {
  std::string name;
  Wanted wanted;
};

PolicyQuery ToPolicyQuery(const v1::GetPolicyRequest& request);

// The policy that a page ends with.
struct PolicyPlace {
  std::string built_in;  // Name; empty where it is a region's.
  PolicyKey of_region;
};

// A page of a list.
struct PolicyListQuery {
  std::string list;    // What is listed: a page token belongs to it.
  std::string region;  // Its code, or `-`; empty: the built-in ones only.
  Wanted wanted;
  int size = 0;
  PolicyPlace after;              // Where the page before ended; before all on the first page.
  std::optional<uint64_t> state;  // Records of planning that the first page told.

  std::string NextPageToken(uint64_t told, const PolicyPlace& last) const;
};

//   INVALID_ARGUMENT  INVALID_FIELD  a field is none, or the page token is of another list.
absl::StatusOr<PolicyListQuery> ToPolicyListQuery(const v1::ListPoliciesRequest& request);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_POLICY_QUERY_H_
