#include "services/scoring/rpc/policy_lookup.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/policy/proto/policy_proto.h"

namespace sakip::scoring {

absl::StatusOr<types::v1::ScoringPolicy> ReadPolicy(const Projection& projection,
                                                    const std::string& name, const AsOf& as_of) {
  if (const Policy* built_in = policy::FindBuiltIn(name)) return policy::ToProto(*built_in);
  std::optional<types::v1::ScoringPolicy> found;
  if (const auto parsed = ParseRegionNameIn(policy::kScoringPolicies, name); parsed.ok()) {
    RETURN_IF_ERROR(projection.ForEachPolicy(
        parsed->region, as_of, {}, [&](const PolicyKey&, const types::v1::ScoringPolicy& version) {
          if (version.name() == name) found = version;
          return !found.has_value();
        }));
  }
  if (found.has_value()) return *std::move(found);
  return MakeError(absl::StatusCode::kNotFound, "POLICY_NOT_FOUND",
                   absl::StrCat("there is no policy ", name));
}

absl::StatusOr<Policy> PolicyNamed(const Projection& projection, const std::string& name,
                                   const AsOf& as_of) {
  if (const Policy* built_in = policy::FindBuiltIn(name)) return *built_in;
  ASSIGN_OR_RETURN(const types::v1::ScoringPolicy found, ReadPolicy(projection, name, as_of));
  auto policy = policy::FromProto(found, "policy");
  // Planning publishes no policy that does not hold; this is one of a later version of the suite.
  if (!policy.ok()) return absl::InternalError(absl::StrCat(name, " cannot be read"));
  return policy;
}

}  // namespace sakip::scoring
