#include "tests/authz/matrix.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace sakip::authz {

absl::Span<const Place> Places() {
  static const auto& places = *new std::vector<Place>{
      {"agency", "regions/35.09/agencies/dinsos"},
      {"regency", "regions/35.09"},
      {"province", "regions/35"},
      {"all", "regions/-"},
  };
  return places;
}

absl::Span<const Tenant> Tenants() {
  static const auto& tenants = *new std::vector<Tenant>{
      {"own", "regions/35.09/agencies/dinsos"},
      {"sibling", "regions/35.09/agencies/dinkes"},
      {"namesake", "regions/35.09/agencies/dinsos-2"},
      {"regency", "regions/35.09"},
      {"district", "regions/35.09.01"},
      {"province", "regions/35"},
      {"neighbour", "regions/35.10/agencies/dinsos"},
      {"elsewhere", "regions/33.09/agencies/dinsos"},
      {"unknown", "regions/35.09/agencies/nowhere"},
      {"all", "regions/-"},
      {"malformed", "regions/35.9/agencies/dinsos"},
  };
  return tenants;
}

std::string ToText(const Block& block) {
  // Roles with the same codes, in the order of the first of each.
  std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> lines;
  for (const auto& [role, codes] : block.codes) {
    auto line = lines.begin();
    while (line != lines.end() && line->first != codes) ++line;
    if (line == lines.end()) line = lines.insert(lines.end(), {codes, {}});
    line->second.emplace_back(rpc::RoleName(role));
  }
  std::string text = absl::StrCat(block.path, " ", block.place, "\n");
  for (const auto& [codes, roles] : lines) {
    absl::StrAppend(&text, " ");
    for (const std::string& code : codes) absl::StrAppendFormat(&text, " %-9s", code);
    absl::StrAppend(&text, " ", absl::StrJoin(roles, " "), "\n");
  }
  return text;
}

}  // namespace sakip::authz
