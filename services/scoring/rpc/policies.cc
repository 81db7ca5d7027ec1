// Reading policies.

#include <utility>

#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/policy/proto/policy_proto.h"
#include "services/scoring/rpc/fresh_read.h"
#include "services/scoring/rpc/policy_lookup.h"
#include "services/scoring/rpc/scoring_service.h"

namespace sakip::scoring {

grpc::ServerUnaryReactor* ScoringService::GetPolicy(grpc::CallbackServerContext* context,
                                                    const grpc::ByteBuffer* in,
                                                    grpc::ByteBuffer* out) {
  return FreshRead<v1::GetPolicyRequest>(
      gate_, progress_, context, in, out,
      [](const v1::GetPolicyRequest& request) -> absl::StatusOr<PolicyQuery> {
        return ToPolicyQuery(request);
      },
      [this](const PolicyQuery& query) { return DoGetPolicy(query.name); });
}

grpc::ServerUnaryReactor* ScoringService::ListPolicies(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* in,
                                                       grpc::ByteBuffer* out) {
  return FreshRead<v1::ListPoliciesRequest>(
      gate_, progress_, context, in, out, ToPolicyListQuery,
      [this](const PolicyListQuery& query) { return DoListPolicies(query); });
}

absl::StatusOr<v1::GetPolicyResponse> ScoringService::DoGetPolicy(const std::string& name) const {
  v1::GetPolicyResponse response;
  ASSIGN_OR_RETURN(*response.mutable_policy(), ReadPolicy(projection_, name, AsOf()));
  return response;
}

absl::StatusOr<v1::ListPoliciesResponse> ScoringService::DoListPolicies(
    const PolicyListQuery& query) const {
  const uint64_t state = query.state.value_or(progress_.read().planning);
  v1::ListPoliciesResponse response;
  PolicyPlace last = query.after;
  // False, and a token, where the page is full.
  const auto add = [&](PolicyPlace place, auto make) {
    if (response.policies_size() == query.size) {
      response.set_next_page_token(query.NextPageToken(state, last));
      return false;
    }
    *response.add_policies() = make();
    last = std::move(place);
    return true;
  };
  for (const Policy& policy : policy::BuiltInPolicies()) {
    if (!query.after.of_region.region.empty()) break;
    if (policy.name <= query.after.built_in) continue;
    if (!add({policy.name, {}}, [&] { return policy::ToProto(policy); })) return response;
  }
  if (query.region.empty()) return response;
  AsOf as_of;
  as_of.planning = state;
  RETURN_IF_ERROR(
      projection_.ForEachPolicy(query.region, as_of, query.after.of_region,
                                [&](const PolicyKey& key, const types::v1::ScoringPolicy& version) {
                                  return add({"", key}, [&] { return version; });
                                }));
  return response;
}

}  // namespace sakip::scoring
