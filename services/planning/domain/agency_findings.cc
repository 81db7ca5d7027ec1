#include "services/planning/domain/agency_findings.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace sakip::planning {
namespace {

// Compares the totals of one kind of staff, which `count` reads off a row, with the first table's.
template <typename Count>
void NoteTotals(const Agency& agency, uint32_t revision, absl::string_view kind, Count count,
                Findings& findings) {
  const StaffingTable* first = nullptr;
  int64_t expected = 0;
  const auto figure = [&](const StaffingTable& table, int64_t total) {
    return FindingFigure{
        absl::StrCat(total),
        absl::StrCat(agency.name, "@", revision, " staffing.tables[", table.title, "].", kind)};
  };
  for (const StaffingTable& table : agency.staffing->tables) {
    int64_t total = 0;
    for (const StaffingCount& row : table.counts) total += count(row);
    if (total == 0) continue;
    if (first == nullptr) {
      first = &table;
      expected = total;
    } else if (total != expected) {
      findings.Add(FindingCode::kStaffingSumDiffers, absl::StrCat(kind, " of ", table.title),
                   {figure(*first, expected), figure(table, total)});
    }
  }
}

}  // namespace

std::vector<Finding> AgencyFindings(const Agency& agency, uint32_t revision) {
  Findings findings;
  if (agency.staffing.has_value()) {
    NoteTotals(
        agency, revision, "civil_servants",
        [](const StaffingCount& row) { return row.civil_servants; }, findings);
    NoteTotals(
        agency, revision, "others", [](const StaffingCount& row) { return row.others; }, findings);
  }
  return std::move(findings).Take();
}

}  // namespace sakip::planning
