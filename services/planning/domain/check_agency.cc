#include "absl/strings/str_cat.h"
#include "common/base/resource_name.h"
#include "services/planning/domain/check.h"
#include "services/planning/domain/field_check.h"

namespace sakip::planning {
namespace {

constexpr size_t kAgencyNameCharactersMax = 200;

void CheckUnits(const Agency& agency, FieldErrors& errors) {
  UniqueCodes codes(errors);
  for (size_t i = 0; i < agency.units.size(); ++i) {
    const std::string path = absl::StrCat("agency.units", Index(i));
    if (IsAgencyCode(agency.units[i].code)) {
      codes.Add(agency.units[i].code, path + ".code");
    } else {
      errors.Add(path + ".code",
                 "is no code of a unit; lower-case letters, digits and hyphens, such as rehsos");
    }
    CheckName(agency.units[i].display_name, path + ".display_name", errors);
  }
}

void CheckPredecessors(const Agency& agency, FieldErrors& errors) {
  UniqueTexts agencies(errors);
  for (size_t i = 0; i < agency.predecessors.size(); ++i) {
    const Predecessor& predecessor = agency.predecessors[i];
    const std::string path = absl::StrCat("agency.predecessors", Index(i));
    const auto name = ParseAgencyName(predecessor.agency);
    if (!name.ok()) {
      errors.Add(path + ".agency", name.status().message());
    } else if (predecessor.agency == agency.name) {
      errors.Add(path + ".agency", "is the agency itself");
    } else {
      agencies.Add(predecessor.agency, path + ".agency");
    }
    CheckDate(predecessor.succession_date, path + ".succession_date", errors);
  }
}

void CheckStaffing(const Staffing& staffing, FieldErrors& errors) {
  CheckDate(staffing.counted_on, "agency.staffing.counted_on", errors);
  UniqueTexts titles(errors);
  for (size_t i = 0; i < staffing.tables.size(); ++i) {
    const StaffingTable& table = staffing.tables[i];
    const std::string path = absl::StrCat("agency.staffing.tables", Index(i));
    CheckName(table.title, path + ".title", errors);
    titles.Add(table.title, path + ".title");
    UniqueTexts categories(errors);
    for (size_t j = 0; j < table.counts.size(); ++j) {
      const StaffingCount& count = table.counts[j];
      const std::string count_path = absl::StrCat(path, ".counts", Index(j));
      CheckName(count.category, count_path + ".category", errors);
      categories.Add(count.category, count_path + ".category");
      if (count.civil_servants < 0) errors.Add(count_path + ".civil_servants", "is negative");
      if (count.others < 0) errors.Add(count_path + ".others", "is negative");
    }
  }
}

}  // namespace

void CheckAgency(const Agency& agency, FieldErrors& errors) {
  const auto name = ParseAgencyName(agency.name);
  if (!name.ok()) errors.Add("agency.name", name.status().message());
  CheckName(agency.display_name, "agency.display_name", errors, kAgencyNameCharactersMax);
  CheckName(agency.government, "agency.government", errors);
  CheckUnits(agency, errors);
  CheckPredecessors(agency, errors);
  if (agency.staffing.has_value()) CheckStaffing(*agency.staffing, errors);
}

}  // namespace sakip::planning
