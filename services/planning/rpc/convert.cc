#include "services/planning/rpc/convert.h"

#include <utility>

#include "common/money/proto/part_from_proto.h"

namespace sakip::planning {
namespace {

Measure ToMeasure(const types::v1::Measure& measure) { return {measure.value(), measure.unit()}; }

// Of a field that may be absent.
template <typename Message>
std::optional<Measure> Target(const Message& message) {
  if (!message.has_target()) return std::nullopt;
  return ToMeasure(message.target());
}

Formula ToFormula(types::v1::Formula formula) {
  switch (formula) {
    case types::v1::FORMULA_NEGATIVE:
      return Formula::kNegative;
    case types::v1::FORMULA_INVERSE:
      return Formula::kInverse;
    case types::v1::FORMULA_RANGE:
      return Formula::kRange;
    case types::v1::FORMULA_RANGE_NEGATIVE:
      return Formula::kRangeNegative;
    case types::v1::FORMULA_SHARE_MET:
      return Formula::kShareMet;
    default:
      return Formula::kPositive;
  }
}

template <typename To, typename From, typename Convert>
std::vector<To> Map(const From& from, Convert convert) {
  std::vector<To> to;
  to.reserve(from.size());
  for (const auto& item : from) to.push_back(convert(item));
  return to;
}

Indicator ToIndicator(const v1::Indicator& from) {
  Indicator to;
  to.code = from.code();
  to.display_name = from.display_name();
  to.target = Target(from);
  if (from.has_target_upper()) to.target_upper = ToMeasure(from.target_upper());
  to.formula = ToFormula(from.formula());
  if (from.has_ratio()) {
    to.ratio = RatioDefinition{from.ratio().numerator(), from.ratio().denominator()};
  }
  to.weight = from.weight();
  to.children.assign(from.children().begin(), from.children().end());
  to.responsible_units.assign(from.responsible_units().begin(), from.responsible_units().end());
  return to;
}

template <typename Node>
std::vector<Indicator> Indicators(const Node& node) {
  return Map<Indicator>(node.indicators(), ToIndicator);
}

SubActivity ToSubActivity(const v1::SubActivity& from) {
  return {from.code(),
          from.display_name(),
          Indicators(from),
          from.budget(),
          money::ToTexts(from.budget_parts()),
          from.nomenclature_code(),
          from.responsible_unit()};
}

Activity ToActivity(const v1::Activity& from) {
  return {from.code(), from.display_name(), Indicators(from),
          Map<SubActivity>(from.sub_activities(), ToSubActivity), from.nomenclature_code()};
}

Program ToProgram(const v1::Program& from) {
  return {from.code(), from.display_name(), Indicators(from),
          Map<Activity>(from.activities(), ToActivity), from.nomenclature_code()};
}

Objective ToObjective(const v1::Objective& from) {
  return {from.code(), from.display_name(), Indicators(from),
          Map<Program>(from.programs(), ToProgram)};
}

AnnualPlan ToAnnualPlan(const v1::AnnualPlan& from) {
  return {from.year(), Map<Objective>(from.objectives(), ToObjective), from.stated_budget(),
          money::ToTexts(from.stated_budget_parts())};
}

StrategicIndicator ToStrategicIndicator(const v1::StrategicIndicator& from) {
  StrategicIndicator to{from.code(), from.display_name(), {}};
  for (const v1::YearTarget& target : from.targets()) {
    to.targets.emplace_back(target.year(), Target(target));
  }
  return to;
}

// Of the agency or of the region.
template <typename From>
StrategicObjective ToStrategicObjective(const From& from) {
  return {from.code(), from.display_name(),
          Map<StrategicIndicator>(from.indicators(), ToStrategicIndicator)};
}

StrategicGoal ToStrategicGoal(const v1::StrategicGoal& from) {
  return {from.code(), from.display_name(),
          Map<StrategicIndicator>(from.indicators(), ToStrategicIndicator),
          Map<StrategicObjective>(from.objectives(), ToStrategicObjective<v1::StrategicObjective>),
          from.regional_objective_code()};
}

RegionalGoal ToRegionalGoal(const v1::RegionalGoal& from) {
  return {from.code(), from.display_name(),
          Map<StrategicIndicator>(from.indicators(), ToStrategicIndicator),
          Map<StrategicObjective>(from.objectives(), ToStrategicObjective<v1::RegionalObjective>)};
}

RegionalMission ToRegionalMission(const v1::RegionalMission& from) {
  return {from.code(), from.display_name(), Map<RegionalGoal>(from.goals(), ToRegionalGoal)};
}

StrategicPlan ToStrategicPlan(const v1::StrategicPlan& from) {
  return {from.first_year(), from.last_year(), Map<StrategicGoal>(from.goals(), ToStrategicGoal),
          Map<RegionalMission>(from.regional_missions(), ToRegionalMission)};
}

DecreedIndicator ToDecreedIndicator(const v1::KeyIndicator& from) {
  DecreedIndicator to{from.indicator_code(), from.display_name(), from.objective_code(),
                      from.formula_text(), std::nullopt};
  to.responsible_units.assign(from.responsible_units().begin(), from.responsible_units().end());
  if (from.has_ratio()) {
    to.ratio = RatioDefinition{from.ratio().numerator(), from.ratio().denominator()};
  }
  return to;
}

KeyIndicatorDecree ToDecree(const v1::KeyIndicatorDecree& from) {
  return {from.year(), from.decree_number(), from.decree_date(),
          Map<DecreedIndicator>(from.indicators(), ToDecreedIndicator)};
}

PerformanceAgreement ToAgreement(const v1::PerformanceAgreement& from) {
  PerformanceAgreement to;
  to.year = from.year();
  to.signing_date = from.signing_date();
  for (const v1::AgreedTarget& target : from.targets()) {
    to.targets.emplace_back(target.indicator_code(), Target(target));
  }
  for (const v1::AgreedBudget& agreed : from.program_budgets()) {
    to.program_budgets.push_back(
        {agreed.program_code(), agreed.budget(), money::ToTexts(agreed.budget_parts())});
  }
  to.stated_budget = from.stated_budget();
  to.stated_budget_parts = money::ToTexts(from.stated_budget_parts());
  return to;
}

ActionLine ToActionLine(const v1::ActionLine& from) {
  ActionLine to;
  to.indicator_code = from.indicator_code();
  if (from.has_year_target()) to.year_target = ToMeasure(from.year_target());
  for (const v1::QuarterTarget& target : from.quarters()) {
    to.quarters.emplace_back(target.quarter(), Target(target));
  }
  return to;
}

ActionPlan ToActionPlan(const v1::ActionPlan& from) {
  return {from.year(), Map<ActionLine>(from.lines(), ToActionLine)};
}

Staffing ToStaffing(const v1::Staffing& from) {
  Staffing to{from.counted_on(), {}};
  for (const v1::StaffingTable& table : from.tables()) {
    StaffingTable& counts = to.tables.emplace_back(StaffingTable{table.title(), {}});
    for (const v1::StaffingCount& count : table.counts()) {
      counts.counts.push_back({count.category(), count.civil_servants(), count.others()});
    }
  }
  return to;
}

Content ToContent(const v1::PlanDocument& from) {
  switch (from.content_case()) {
    case v1::PlanDocument::kStrategicPlan:
      return ToStrategicPlan(from.strategic_plan());
    case v1::PlanDocument::kAnnualPlan:
      return ToAnnualPlan(from.annual_plan());
    case v1::PlanDocument::kPerformanceAgreement:
      return ToAgreement(from.performance_agreement());
    case v1::PlanDocument::kActionPlan:
      return ToActionPlan(from.action_plan());
    case v1::PlanDocument::kKeyIndicatorDecree:
      return ToDecree(from.key_indicator_decree());
    case v1::PlanDocument::CONTENT_NOT_SET:
      break;
  }
  return std::monostate();
}

}  // namespace

Agency ToAgency(const v1::Agency& from) {
  Agency to;
  to.name = from.name();
  to.display_name = from.display_name();
  to.government = from.government();
  for (const v1::OrgUnit& unit : from.units()) {
    to.units.push_back({unit.code(), unit.display_name()});
  }
  for (const v1::Predecessor& predecessor : from.predecessors()) {
    to.predecessors.push_back({predecessor.agency(), predecessor.succession_date()});
  }
  if (from.has_staffing()) to.staffing = ToStaffing(from.staffing());
  to.head_office = from.head_office();
  to.superior_office = from.superior_office();
  return to;
}

Document ToDocument(const v1::PlanDocument& from) {
  return {from.name(), from.effective_date(), from.reason(), ToContent(from)};
}

}  // namespace sakip::planning
