// Names of regions, agencies and what is below them. Values; all functions are pure.
//
//   regions/35.09                                         a region (Kemendagri code)
//   regions/35.09/agencies/dinsos                         an agency, the tenant
//   regions/35.09/agencies/dinsos/annualPlans/2023        something of the agency
//   regions/35/codeEditions/kepmendagri-050-5889-2021     something of the region itself
#ifndef SAKIP_COMMON_BASE_RESOURCE_NAME_H_
#define SAKIP_COMMON_BASE_RESOURCE_NAME_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace sakip {

// True for a Kemendagri code: segments of two digits for province and regency, two for the
// district, four for the village, joined by dots: `35`, `35.09`, `35.09.01`, `35.09.01.2001`.
bool IsRegionCode(absl::string_view code);

// True for codes of agencies and units: a lower-case letter, then lower-case letters, digits and
// hyphens; 1 to 63 characters.
bool IsAgencyCode(absl::string_view code);

// True where `region` is `ancestor` or lies below it. By segment, never by string prefix: `35`
// covers `35.09`, `35.1` covers nothing of `35.10`.
bool RegionCovers(absl::string_view ancestor, absl::string_view region);

// The parts of a resource name. A region has no `agency`, an agency no `collection` and `id`.
struct ResourceName {
  std::string region;      // `35.09`, or `-` for all regions where a caller may ask for that
  std::string agency;      // `dinsos`
  std::string collection;  // `annualPlans`
  std::string id;          // `2023`

  bool is_all_regions() const { return region == "-"; }

  // `regions/35.09/agencies/dinsos`; requires an agency.
  std::string AgencyName() const;
};

// Parses a name of a region, of an agency, or of something directly below an agency. The status
// says what is wrong, without a field path.
absl::StatusOr<ResourceName> ParseResourceName(absl::string_view name);

// Parses the name of an agency and nothing else.
absl::StatusOr<ResourceName> ParseAgencyName(absl::string_view name);

// Parses the name of something in `collection` of an agency and nothing else.
absl::StatusOr<ResourceName> ParseNameIn(absl::string_view collection, absl::string_view name);

// Parses `regions/{code}` or `regions/-` and nothing else.
absl::StatusOr<ResourceName> ParseRegionName(absl::string_view name);

// Parses the name of something in `collection` of a region itself and nothing else. The result has
// no agency.
absl::StatusOr<ResourceName> ParseRegionNameIn(absl::string_view collection,
                                               absl::string_view name);

// Returns the name of the agency that `name` (an agency or something below it, at any depth) lies
// in; empty where it lies in none.
absl::string_view AgencyOf(absl::string_view name);

// Returns the name of the tenant that `name` (a tenant or something below it, at any depth) belongs
// to: the agency that it lies in or, where it lies in none, the region. Empty where it belongs to
// neither.
absl::string_view OwnerOf(absl::string_view name);

// True where what the tenant `owner` (a result of OwnerOf) has is for the scope, which is a region,
// all regions or an agency. What an agency has is for scopes above it and for its own; what a
// region has, such as code lists and reference values, is also for all scopes below it.
bool ScopeCovers(const ResourceName& scope, absl::string_view owner);

}  // namespace sakip

#endif  // SAKIP_COMMON_BASE_RESOURCE_NAME_H_
