#include "services/planning/domain/agency_findings.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/plan/plan_index.h"

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

// What documents of each kind say of the agency.
class AgencyCheck {
 public:
  AgencyCheck(const Agency& agency, uint32_t revision, Findings& findings)
      : agency_(agency), version_(absl::StrCat(agency.name, "@", revision)), findings_(findings) {
    for (const OrgUnit& unit : agency.units) units_.insert(unit.code);
  }

  void operator()(const plan::AnnualPlan& plan) {
    const std::string version = plan.ref.Versioned();
    for (const plan::Objective& objective : plan.objectives) {
      NoteIndicators(objective.indicators, version);
      for (const plan::Program& program : objective.programs) {
        NoteIndicators(program.indicators, version);
        for (const plan::Activity& activity : program.activities) {
          NoteIndicators(activity.indicators, version);
          for (const plan::SubActivity& sub_activity : activity.sub_activities) {
            NoteIndicators(sub_activity.indicators, version);
            NoteUnit(sub_activity.responsible_unit,
                     plan::Location(version, absl::StrCat("sub_activities[", sub_activity.code,
                                                          "].responsible_unit")));
          }
        }
      }
    }
  }

  void operator()(const plan::KeyIndicatorDecree& decree) {
    NoteIndicators(decree.indicators, decree.ref.Versioned());
  }

  void operator()(const plan::Agreement& agreement) {
    const std::string version = agreement.ref.Versioned();
    NoteParty("first_party", agreement.first_party, "head_office", agency_.head_office, version);
    NoteParty("second_party", agreement.second_party, "superior_office", agency_.superior_office,
              version);
  }

  void operator()(const plan::StrategicPlan&) {}
  void operator()(const plan::ActionPlan&) {}

 private:
  template <typename Indicator>
  void NoteIndicators(const std::vector<Indicator>& indicators, const std::string& version) {
    for (const Indicator& indicator : indicators) {
      for (const std::string& unit : indicator.responsible_units) {
        NoteUnit(unit, plan::Location(version, absl::StrCat("indicators[", indicator.code,
                                                            "].responsible_units")));
      }
    }
  }

  void NoteUnit(const std::string& unit, std::string location) {
    if (unit.empty() || units_.empty() || units_.contains(unit)) return;
    findings_.Add(FindingCode::kOrgUnitUnknown, unit,
                  {{unit, std::move(location)}, {"", absl::StrCat(version_, " has no such unit")}});
  }

  void NoteParty(absl::string_view party, const std::string& signs, absl::string_view office,
                 const std::string& registered, const std::string& version) {
    if (signs.empty() || registered.empty() || absl::EqualsIgnoreCase(signs, registered)) return;
    findings_.Add(FindingCode::kAgreementPartyDiffers, party,
                  {{signs, absl::StrCat(version, " ", party)},
                   {registered, absl::StrCat(version_, " ", office)}});
  }

  const Agency& agency_;
  const std::string version_;
  Findings& findings_;
  std::set<std::string> units_;
};

}  // namespace

void NoteAgency(const plan::AnyPlan& plan, const Agency& agency, uint32_t revision,
                Findings& findings) {
  std::visit(AgencyCheck(agency, revision, findings), plan);
}

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
