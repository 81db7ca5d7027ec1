#include "common/base/resource_name.h"

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/status_macros.h"

namespace sakip {
namespace {

constexpr size_t kCodeBytesMax = 63;
constexpr size_t kNameBytesMax = 300;

bool IsDigits(absl::string_view text, size_t size) {
  if (text.size() != size) return false;
  for (const char c : text) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return false;
  }
  return true;
}

bool IsSegment(absl::string_view text) {
  if (text.empty() || text.size() > kCodeBytesMax) return false;
  for (const char c : text) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '-' && c != '_' && c != '.') {
      return false;
    }
  }
  return true;
}

// What stands before the slash that ends the `count`th segment; all of `name` where it has fewer.
absl::string_view FirstSegments(absl::string_view name, int count) {
  size_t end = 0;
  for (int slashes = 0; end < name.size(); ++end) {
    if (name[end] == '/' && ++slashes == count) break;
  }
  return name.substr(0, end);
}

}  // namespace

bool IsRegionCode(absl::string_view code) {
  const std::vector<absl::string_view> segments = absl::StrSplit(code, '.');
  if (segments.size() > 4) return false;
  for (size_t i = 0; i < segments.size(); ++i) {
    if (!IsDigits(segments[i], i == 3 ? 4 : 2)) return false;
  }
  return true;
}

bool IsAgencyCode(absl::string_view code) {
  if (code.empty() || code.size() > kCodeBytesMax) return false;
  if (!absl::ascii_islower(static_cast<unsigned char>(code[0]))) return false;
  for (const char c : code) {
    const auto byte = static_cast<unsigned char>(c);
    if (!absl::ascii_islower(byte) && !absl::ascii_isdigit(byte) && c != '-') return false;
  }
  return true;
}

bool RegionCovers(absl::string_view ancestor, absl::string_view region) {
  return absl::StartsWith(region, ancestor) &&
         (region.size() == ancestor.size() || region[ancestor.size()] == '.');
}

std::string ResourceName::AgencyName() const {
  return absl::StrCat("regions/", region, "/agencies/", agency);
}

absl::StatusOr<ResourceName> ParseResourceName(absl::string_view name) {
  if (name.empty()) {
    return absl::InvalidArgumentError("is empty; a name such as regions/35.09/agencies/dinsos");
  }
  if (name.size() > kNameBytesMax) {
    return absl::InvalidArgumentError(absl::StrCat("is longer than ", kNameBytesMax, " bytes"));
  }
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() % 2 != 0 || parts.size() > 6 || parts[0] != "regions" ||
      (parts.size() >= 4 && parts[2] != "agencies")) {
    return absl::InvalidArgumentError(
        "is no name such as regions/35.09, regions/35.09/agencies/dinsos or "
        "regions/35.09/agencies/dinsos/annualPlans/2023");
  }
  ResourceName result;
  result.region = std::string(parts[1]);
  if (!IsRegionCode(result.region) && !(result.is_all_regions() && parts.size() == 2)) {
    return absl::InvalidArgumentError(
        "has a malformed region code; two digits a segment, such as 35 or 35.09");
  }
  if (parts.size() >= 4) {
    result.agency = std::string(parts[3]);
    if (!IsAgencyCode(result.agency)) {
      return absl::InvalidArgumentError(
          "has a malformed agency code; lower-case letters, digits and hyphens, such as dinsos");
    }
  }
  if (parts.size() == 6) {
    result.collection = std::string(parts[4]);
    result.id = std::string(parts[5]);
    if (!IsSegment(result.collection) || !IsSegment(result.id)) {
      return absl::InvalidArgumentError("has a malformed part after the agency");
    }
  }
  return result;
}

absl::StatusOr<ResourceName> ParseAgencyName(absl::string_view name) {
  ASSIGN_OR_RETURN(ResourceName result, ParseResourceName(name));
  if (result.agency.empty() || !result.collection.empty()) {
    return absl::InvalidArgumentError("is no agency; a name such as regions/35.09/agencies/dinsos");
  }
  return result;
}

absl::StatusOr<ResourceName> ParseNameIn(absl::string_view collection, absl::string_view name) {
  ASSIGN_OR_RETURN(ResourceName result, ParseResourceName(name));
  if (result.collection != collection) {
    return absl::InvalidArgumentError(
        absl::StrCat("is no name such as regions/35.09/agencies/dinsos/", collection, "/..."));
  }
  return result;
}

absl::StatusOr<ResourceName> ParseRegionName(absl::string_view name) {
  ASSIGN_OR_RETURN(ResourceName result, ParseResourceName(name));
  if (!result.agency.empty()) {
    return absl::InvalidArgumentError("is no region; a name such as regions/35.09 or regions/-");
  }
  return result;
}

absl::StatusOr<ResourceName> ParseRegionNameIn(absl::string_view collection,
                                               absl::string_view name) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (name.size() > kNameBytesMax || parts.size() != 4 || parts[0] != "regions" ||
      !IsRegionCode(parts[1]) || parts[2] != collection || !IsSegment(parts[3])) {
    return absl::InvalidArgumentError(
        absl::StrCat("is no name such as regions/35/", collection, "/..."));
  }
  ResourceName result;
  result.region = std::string(parts[1]);
  result.collection = std::string(parts[2]);
  result.id = std::string(parts[3]);
  return result;
}

absl::string_view AgencyOf(absl::string_view name) {
  const absl::string_view agency = FirstSegments(name, 4);
  return ParseAgencyName(agency).ok() ? agency : absl::string_view();
}

absl::string_view OwnerOf(absl::string_view name) {
  const absl::string_view region = FirstSegments(name, 2);
  const absl::string_view rest = name.substr(region.size());
  // A malformed agency is nobody's; it does not fall to the region.
  if (rest == "/agencies" || absl::StartsWith(rest, "/agencies/")) return AgencyOf(name);
  const auto parsed = ParseRegionName(region);
  return parsed.ok() && !parsed->is_all_regions() ? region : absl::string_view();
}

bool ScopeCovers(const ResourceName& scope, absl::string_view owner) {
  if (scope.is_all_regions()) return true;
  const auto tenant = ParseResourceName(owner);
  if (!tenant.ok() || tenant->is_all_regions()) return false;
  if (tenant->agency.empty() && RegionCovers(tenant->region, scope.region)) return true;
  if (!scope.agency.empty()) {
    return tenant->region == scope.region && tenant->agency == scope.agency;
  }
  return RegionCovers(scope.region, tenant->region);
}

}  // namespace sakip
