#include "services/scoring/store/rows.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace sakip::scoring {
namespace {

namespace planning = sakip::planning::v1;

constexpr char kAgencies[] = "a/";
constexpr size_t kPositionDigits = 20;

std::string YearRows(absl::string_view kind, absl::string_view owner, int year) {
  return absl::StrFormat("%s/%s %04d", kind, owner, year);
}

}  // namespace

std::string Row(absl::string_view rows, uint64_t position) {
  return absl::StrFormat("%s %020u", rows, position);
}

std::string PrefixOf(absl::string_view rows) { return absl::StrCat(rows, " "); }

uint64_t PositionOf(absl::string_view key) {
  uint64_t position = 0;
  if (key.size() < kPositionDigits) return 0;
  return absl::SimpleAtoi(key.substr(key.size() - kPositionDigits), &position) ? position : 0;
}

std::string AgencyRows(absl::string_view agency) { return absl::StrCat(kAgencies, agency); }

std::string DocumentRows(absl::string_view agency, int year) { return YearRows("d", agency, year); }

std::string SpanRows(absl::string_view agency) { return absl::StrCat("d/", agency, " span"); }

std::string RowsOf(const planning::PlanDocument& document) {
  const absl::string_view agency = AgencyOf(document.name());
  switch (document.content_case()) {
    case planning::PlanDocument::kAnnualPlan:
      return DocumentRows(agency, document.annual_plan().year());
    case planning::PlanDocument::kActionPlan:
      return DocumentRows(agency, document.action_plan().year());
    case planning::PlanDocument::kPerformanceAgreement:
      return DocumentRows(agency, document.performance_agreement().year());
    case planning::PlanDocument::kStrategicPlan:
    case planning::PlanDocument::kKeyIndicatorDecree:
    case planning::PlanDocument::CONTENT_NOT_SET:
      break;
  }
  return SpanRows(agency);
}

std::string RecordRows(absl::string_view agency, int year) { return YearRows("e", agency, year); }

std::string PolicyRows(absl::string_view region) { return absl::StrCat(kAllPolicies, region); }

std::string ReferenceRows(absl::string_view region, int year) {
  return YearRows("r", absl::StrCat("regions/", region), year);
}

absl::string_view AgencyOfRow(absl::string_view key) {
  key.remove_prefix(sizeof(kAgencies) - 1);
  return key.substr(0, key.find(' '));
}

absl::string_view RegionOfRow(absl::string_view key) {
  key.remove_prefix(sizeof(kAllPolicies) - 1);
  return key.substr(0, key.find(' '));
}

std::vector<std::string> AgencyPrefixes(const ResourceName& scope) {
  if (scope.is_all_regions()) return {kAgencies};
  if (!scope.agency.empty()) return {PrefixOf(AgencyRows(scope.AgencyName()))};
  const std::string region = AgencyRows(absl::StrCat("regions/", scope.region));
  // Those of the regions below it, then its own; `.` sorts before `/`.
  return {absl::StrCat(region, "."), absl::StrCat(region, "/")};
}

std::string AfterAgency(absl::string_view agency) {
  // What follows the space of its own rows; names go on with letters, digits and hyphens.
  return agency.empty() ? "" : absl::StrCat(AgencyRows(agency), "!");
}

std::vector<std::string> DownTo(absl::string_view region) {
  std::vector<std::string> regions;
  for (size_t end = region.find('.'); end != absl::string_view::npos;
       end = region.find('.', end + 1)) {
    regions.emplace_back(region.substr(0, end));
  }
  regions.emplace_back(region);
  return regions;
}

}  // namespace sakip::scoring
