// Names of regions, agencies and what is below them: what reaches whom is decided by segments.
#include "absl/strings/str_split.h"
#include "common/base/log.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/base/text.h"
#include "common/rpc/address.h"
#include "common/rpc/authorize.h"
#include "tests/fuzz/target.h"

namespace sakip::fuzz {
namespace {

std::vector<std::string> Segments(absl::string_view code) { return absl::StrSplit(code, '.'); }

// Written another way than RegionCovers: whether the one list of segments begins the other.
bool Begins(const std::vector<std::string>& ancestor, const std::vector<std::string>& region) {
  return ancestor.size() <= region.size() &&
         std::equal(ancestor.begin(), ancestor.end(), region.begin());
}

void TryRegions(absl::string_view a, absl::string_view b) {
  if (!IsRegionCode(a) || !IsRegionCode(b)) return;
  SAKIP_CHECK(RegionCovers(a, b) == Begins(Segments(a), Segments(b)));
}

// What a scope reaches of another's name lies in the scope's own region.
void TryScope(absl::string_view scope_name, absl::string_view name) {
  const auto scope = ParseResourceName(scope_name);
  const auto tenant = rpc::TenantOf("name", name);
  if (!scope.ok() || !scope->collection.empty() || !tenant.ok()) return;
  const auto of_tenant = ParseResourceName(*tenant);
  SAKIP_CHECK(of_tenant.ok());
  rpc::Principal principal;
  principal.scopes.push_back(*scope);
  if (!rpc::CoversTenant(principal, *tenant) || scope->is_all_regions()) return;
  SAKIP_CHECK(Begins(Segments(scope->region), Segments(of_tenant->region)));
  SAKIP_CHECK(scope->agency.empty() ||
              (scope->agency == of_tenant->agency && scope->region == of_tenant->region));
}

void TryParse(absl::string_view name) {
  static_cast<void>(ParseResourceName(name));
  static_cast<void>(ParseNameIn("annualPlans", name));
  static_cast<void>(ParseRegionName(name));
  static_cast<void>(ParseRegionNameIn("codeEditions", name));
  static_cast<void>(IsAgencyCode(name));
  static_cast<void>(rpc::IsLoopback(name));
  static_cast<void>(AgencyOf(name));
  const auto agency = ParseAgencyName(name);
  if (agency.ok()) {
    SAKIP_CHECK(agency->AgencyName() == name && AgencyOf(name) == name && OwnerOf(name) == name);
  }
}

void TryText(absl::string_view text) {
  const auto period = ParsePeriod(text);
  if (period.ok()) SAKIP_CHECK(FormatPeriod(*period) == text);
  const auto date = ParseDate(text);
  if (date.ok()) SAKIP_CHECK(FormatDate(*date) == text);
  static_cast<void>(ParseYear(text));
  // A line is a text; characters are at most as many as bytes.
  if (CheckLine(text, 1, 100).ok()) SAKIP_CHECK(CheckText(text, 1, 100).ok());
  if (CheckText(text, 0, 1000).ok()) SAKIP_CHECK(text.size() <= 4000);
}

}  // namespace

void Try(absl::string_view bytes) {
  InputReader input(bytes);
  const uint64_t what = input.TakeNumber(1) % 3;
  const absl::string_view first = input.TakeText();
  if (what == 0) TryRegions(first, input.rest());
  if (what == 1) TryScope(first, input.rest());
  TryParse(first);
  TryParse(input.rest());
  TryText(input.rest());
}

std::vector<std::string> Seeds() {
  std::vector<std::string> seeds;
  for (const auto& [a, b] : std::vector<std::pair<std::string, std::string>>{
           {"35", "35.09"}, {"35.09", "35.09.01.2001"}, {"35.01", "35.10"}}) {
    seeds.push_back(std::string(1, '\0') + TextInput(a) + b);
  }
  for (const char* scope : {"regions/-", "regions/35", "regions/35.09/agencies/dinsos"}) {
    seeds.push_back("\x01" + TextInput(scope) + "regions/35.09/agencies/dinsos/annualPlans/2023");
  }
  for (const char* text : {"2023Q4", "2023-11-21", "2023", "127.0.0.1:50151", "[::1]:1",
                           "regions/35/codeEditions/kepmendagri-050-5889-2021"}) {
    seeds.push_back("\x02" + TextInput("unix:/a") + text);
  }
  return seeds;
}

}  // namespace sakip::fuzz
