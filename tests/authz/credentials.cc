#include "tests/authz/credentials.h"

#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/rpc/identity.h"

namespace sakip::authz {

Credentials::Credentials(const std::string& file) {
  std::ifstream lines(file);
  std::string kind, role, place, token;
  while (lines >> kind >> role >> place >> token) tokens_[{kind, role, place}] = token;
  SAKIP_CHECK(!tokens_.empty());
}

Headers Credentials::Of(absl::string_view kind, rpc::Role role, const Place& place) const {
  if (tokens_.empty()) {
    SAKIP_CHECK(kind == kGood);
    return {{rpc::kDevIdentityKey, rpc::FormatDevIdentity("matrix", {role}, {place.scope})}};
  }
  const auto token =
      tokens_.find({std::string(kind), std::string(rpc::RoleName(role)), place.name});
  SAKIP_CHECK(token != tokens_.end());
  if (token->second == "-") return {};
  return {{"authorization", absl::StrCat("Bearer ", token->second)}};
}

std::vector<rpc::Role> Credentials::roles() const {
  std::vector<rpc::Role> roles;
  for (const rpc::Role role : rpc::AllRoles()) {
    bool has = tokens_.empty();
    for (const auto& [key, token] : tokens_) has = has || std::get<1>(key) == rpc::RoleName(role);
    if (has) roles.push_back(role);
  }
  return roles;
}

std::vector<std::string> Credentials::bad_kinds() const {
  std::set<std::string> kinds;
  for (const auto& [key, token] : tokens_) kinds.insert(std::get<0>(key));
  kinds.erase(kGood);
  return {kinds.begin(), kinds.end()};
}

}  // namespace sakip::authz
