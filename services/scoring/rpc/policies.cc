// Reading policies.

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/policy/proto/policy_proto.h"
#include "services/scoring/rpc/freshness.h"
#include "services/scoring/rpc/moment.h"
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

absl::StatusOr<types::v1::ScoringPolicy> ScoringService::ReadPolicy(const std::string& name,
                                                                    const AsOf& as_of) const {
  if (const Policy* built_in = policy::FindBuiltIn(name)) return policy::ToProto(*built_in);
  std::optional<types::v1::ScoringPolicy> found;
  if (const auto parsed = ParseRegionNameIn(policy::kScoringPolicies, name); parsed.ok()) {
    RETURN_IF_ERROR(projection_.ForEachPolicy(parsed->region, as_of,
                                              [&](const types::v1::ScoringPolicy& version) {
                                                if (version.name() == name) found = version;
                                              }));
  }
  if (found.has_value()) return *std::move(found);
  return MakeError(absl::StatusCode::kNotFound, "POLICY_NOT_FOUND",
                   absl::StrCat("there is no policy ", name));
}

absl::StatusOr<Policy> ScoringService::PolicyNamed(const std::string& name,
                                                   const AsOf& as_of) const {
  if (const Policy* built_in = policy::FindBuiltIn(name)) return *built_in;
  ASSIGN_OR_RETURN(const types::v1::ScoringPolicy found, ReadPolicy(name, as_of));
  auto policy = policy::FromProto(found, "policy");
  // Planning publishes no policy that does not hold; this is one of a later version of the suite.
  if (!policy.ok()) return absl::InternalError(absl::StrCat(name, " cannot be read"));
  return policy;
}

absl::StatusOr<v1::GetPolicyResponse> ScoringService::DoGetPolicy(const std::string& name) const {
  v1::GetPolicyResponse response;
  ASSIGN_OR_RETURN(*response.mutable_policy(), ReadPolicy(name, AsOf()));
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
