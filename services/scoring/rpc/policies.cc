// Reading policies.

#include <utility>

#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/policy/proto/policy_proto.h"
#include "services/scoring/rpc/freshness.h"
#include "services/scoring/rpc/moment.h"
#include "services/scoring/rpc/policy_lookup.h"
#include "services/scoring/rpc/scoring_service.h"

namespace sakip::scoring {

grpc::ServerUnaryReactor* ScoringService::GetPolicy(grpc::CallbackServerContext* context,
                                                    const v1::GetPolicyRequest* request,
                                                    v1::GetPolicyResponse* response) {
  return rpc::UnaryAsync(
      gate_, context, request, response,
      [&](const std::shared_ptr<const rpc::Call>& call, rpc::Done<v1::GetPolicyResponse> done) {
        WhenFresh(
            progress_, ToPositions(request->at_least()), call->deadline(),
            [this, name = request->name(), done = std::move(done)](const absl::Status& fresh) {
              if (!fresh.ok()) return done(fresh);
              done(DoGetPolicy(name));
            });
      });
}

grpc::ServerUnaryReactor* ScoringService::ListPolicies(grpc::CallbackServerContext* context,
                                                       const v1::ListPoliciesRequest* request,
                                                       v1::ListPoliciesResponse* response) {
  return rpc::UnaryAsync(
      gate_, context, request, response,
      [&](const std::shared_ptr<const rpc::Call>& call, rpc::Done<v1::ListPoliciesResponse> done) {
        WhenFresh(
            progress_, ToPositions(request->at_least()), call->deadline(),
            [this, parent = request->parent(), done = std::move(done)](const absl::Status& fresh) {
              if (!fresh.ok()) return done(fresh);
              done(DoListPolicies(parent));
            });
      });
}

absl::StatusOr<v1::GetPolicyResponse> ScoringService::DoGetPolicy(const std::string& name) const {
  v1::GetPolicyResponse response;
  ASSIGN_OR_RETURN(*response.mutable_policy(), ReadPolicy(projection_, name, AsOf()));
  return response;
}

absl::StatusOr<v1::ListPoliciesResponse> ScoringService::DoListPolicies(
    const std::string& parent) const {
  v1::ListPoliciesResponse response;
  for (const Policy& policy : policy::BuiltInPolicies()) {
    *response.add_policies() = policy::ToProto(policy);
  }
  if (parent.empty()) return response;
  const auto region = ParseRegionName(parent);
  if (!region.ok()) return InvalidField("parent", region.status().message());
  RETURN_IF_ERROR(projection_.ForEachPolicy(
      region->region, AsOf(),
      [&](const types::v1::ScoringPolicy& version) { *response.add_policies() = version; }));
  return response;
}

}  // namespace sakip::scoring
