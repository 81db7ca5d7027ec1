// Plan documents as planning checks them: texts as the caller wrote them, in the shape of
// sakip.planning.v1, whose comments say what each field means. Values.
#ifndef SAKIP_SERVICES_PLANNING_DOMAIN_DOCUMENT_H_
#define SAKIP_SERVICES_PLANNING_DOMAIN_DOCUMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "common/money/check_parts.h"

namespace sakip::planning {

struct Measure {
  std::string value;
  std::string unit;
};

enum class Formula { kPositive, kNegative, kInverse, kRange, kRangeNegative, kShareMet };

struct RatioDefinition {
  std::string numerator;
  std::string denominator;
};

struct Indicator {
  std::string code;
  std::string display_name;
  std::optional<Measure> target;
  std::optional<Measure> target_upper;
  Formula formula = Formula::kPositive;
  std::optional<RatioDefinition> ratio;
  std::string weight;
  std::vector<std::string> children;
  std::vector<std::string> responsible_units = {};
};

struct SubActivity {
  std::string code;
  std::string display_name;
  std::vector<Indicator> indicators;
  std::string budget;
  std::vector<money::PartText> budget_parts = {};
  std::string nomenclature_code = {};
  std::string responsible_unit = {};
};

struct Activity {
  std::string code;
  std::string display_name;
  std::vector<Indicator> indicators;
  std::vector<SubActivity> sub_activities;
  std::string nomenclature_code = {};
};

struct Program {
  std::string code;
  std::string display_name;
  std::vector<Indicator> indicators;
  std::vector<Activity> activities;
  std::string nomenclature_code = {};
};

struct Objective {
  std::string code;
  std::string display_name;
  std::vector<Indicator> indicators;
  std::vector<Program> programs;
};

struct AnnualPlan {
  int year = 0;
  std::vector<Objective> objectives;
  std::string stated_budget;
  std::vector<money::PartText> stated_budget_parts = {};
};

struct StrategicIndicator {
  std::string code;
  std::string display_name;
  std::vector<std::pair<int, std::optional<Measure>>> targets;  // By year.
};

struct StrategicObjective {
  std::string code;
  std::string display_name;
  std::vector<StrategicIndicator> indicators;
};

struct StrategicGoal {
  std::string code;
  std::string display_name;
  std::vector<StrategicIndicator> indicators;
  std::vector<StrategicObjective> objectives;
  std::string regional_objective_code = {};
};

// Regional objectives are StrategicObjectives of the region.
struct RegionalGoal {
  std::string code;
  std::string display_name;
  std::vector<StrategicIndicator> indicators;
  std::vector<StrategicObjective> objectives;
};

struct RegionalMission {
  std::string code;
  std::string display_name;
  std::vector<RegionalGoal> goals;
};

struct StrategicPlan {
  int first_year = 0;
  int last_year = 0;
  std::vector<StrategicGoal> goals;
  std::vector<RegionalMission> regional_missions = {};
};

struct DecreedIndicator {
  std::string indicator_code;
  std::string display_name;
  std::string objective_code;
  std::string formula_text;
  std::optional<RatioDefinition> ratio;
  std::vector<std::string> responsible_units = {};
};

struct KeyIndicatorDecree {
  int year = 0;
  std::string decree_number;
  std::string decree_date;
  std::vector<DecreedIndicator> indicators;
};

struct AgreedBudget {
  std::string program_code;
  std::string budget;
  std::vector<money::PartText> budget_parts = {};
};

struct PerformanceAgreement {
  int year = 0;
  std::string signing_date;
  std::vector<std::pair<std::string, std::optional<Measure>>> targets;  // By indicator code.
  std::vector<AgreedBudget> program_budgets;
  std::string stated_budget;
  std::vector<money::PartText> stated_budget_parts = {};
};

struct ActionLine {
  std::string indicator_code;
  std::optional<Measure> year_target;
  std::vector<std::pair<int, std::optional<Measure>>> quarters;
};

struct ActionPlan {
  int year = 0;
  std::vector<ActionLine> lines;
};

using Content = std::variant<std::monostate, StrategicPlan, AnnualPlan, PerformanceAgreement,
                             ActionPlan, KeyIndicatorDecree>;

struct Document {
  std::string name;
  std::string effective_date;
  std::string reason;
  Content content;
};

struct OrgUnit {
  std::string code;
  std::string display_name;
};

struct Predecessor {
  std::string agency;
  std::string succession_date;
};

struct StaffingCount {
  std::string category;
  int64_t civil_servants = 0;
  int64_t others = 0;
};

struct StaffingTable {
  std::string title;
  std::vector<StaffingCount> counts;
};

struct Staffing {
  std::string counted_on;
  std::vector<StaffingTable> tables;
};

struct Agency {
  std::string name;
  std::string display_name;
  std::string government;
  std::vector<OrgUnit> units;
  std::optional<Staffing> staffing = {};
  std::vector<Predecessor> predecessors = {};
  std::string head_office = {};
  std::string superior_office = {};
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_DOMAIN_DOCUMENT_H_
