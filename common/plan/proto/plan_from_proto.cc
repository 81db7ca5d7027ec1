#include "common/plan/proto/plan_from_proto.h"

#include <utility>

#include "common/base/period.h"
#include "common/base/status_macros.h"
#include "common/money/proto/part_from_proto.h"
#include "common/plan/proto/parts_from_proto.h"
#include "common/plan/proto/strategic_plan_from_proto.h"

namespace sakip::plan {
namespace {

// Absent for an empty text.
absl::StatusOr<std::optional<Decimal>> ToOptional(const std::string& text) {
  if (text.empty()) return std::optional<Decimal>();
  ASSIGN_OR_RETURN(const Decimal value, Decimal::Parse(text));
  return std::optional<Decimal>(value);
}

std::optional<Formula> ToFormula(types::v1::Formula formula) {
  switch (formula) {
    case types::v1::FORMULA_POSITIVE:
      return Formula::kPositive;
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
      return std::nullopt;
  }
}

TimeAggregation ToTimeAggregation(types::v1::TimeAggregation aggregation) {
  switch (aggregation) {
    case types::v1::TIME_AGGREGATION_LAST:
      return TimeAggregation::kLast;
    case types::v1::TIME_AGGREGATION_AVERAGE:
      return TimeAggregation::kAverage;
    case types::v1::TIME_AGGREGATION_MAX:
      return TimeAggregation::kMax;
    case types::v1::TIME_AGGREGATION_MIN:
      return TimeAggregation::kMin;
    case types::v1::TIME_AGGREGATION_CONSTANT:
      return TimeAggregation::kConstant;
    default:
      return TimeAggregation::kSum;
  }
}

RatioDefinition ToRatio(const planning::v1::RatioDefinition& from) {
  return {from.numerator(), from.denominator()};
}

absl::StatusOr<Indicator> ToIndicator(const planning::v1::Indicator& from) {
  Indicator to;
  to.code = from.code();
  to.name = from.display_name();
  ASSIGN_OR_RETURN(to.target, ToMeasure(from.target()));
  if (from.has_target_upper()) {
    ASSIGN_OR_RETURN(to.target_upper, ToMeasure(from.target_upper()));
  }
  to.formula = ToFormula(from.formula());
  to.time_aggregation = ToTimeAggregation(from.time_aggregation());
  to.is_ratio = from.has_ratio();
  to.ratio = ToRatio(from.ratio());
  to.may_fall = from.may_fall();
  ASSIGN_OR_RETURN(to.weight, ToOptional(from.weight()));
  to.not_applicable_reason = from.not_applicable_reason();
  to.children.assign(from.children().begin(), from.children().end());
  to.responsible_units.assign(from.responsible_units().begin(), from.responsible_units().end());
  return to;
}

// Fills in what nodes of all levels have.
template <typename From, typename To>
absl::Status FillNode(const From& from, To& to) {
  to.code = from.code();
  to.name = from.display_name();
  ASSIGN_OR_RETURN(to.indicators, Map<Indicator>(from.indicators(), ToIndicator));
  return absl::OkStatus();
}

absl::StatusOr<SubActivity> ToSubActivity(const planning::v1::SubActivity& from) {
  SubActivity to;
  RETURN_IF_ERROR(FillNode(from, to));
  ASSIGN_OR_RETURN(to.budget, Decimal::Parse(from.budget()));
  ASSIGN_OR_RETURN(to.budget_parts, money::FromProto(from.budget_parts()));
  to.outcome = from.outcome();
  to.responsible_unit = from.responsible_unit();
  to.nomenclature_code = from.nomenclature_code();
  return to;
}

absl::StatusOr<Activity> ToActivity(const planning::v1::Activity& from) {
  Activity to;
  RETURN_IF_ERROR(FillNode(from, to));
  ASSIGN_OR_RETURN(to.sub_activities, Map<SubActivity>(from.sub_activities(), ToSubActivity));
  to.nomenclature_code = from.nomenclature_code();
  return to;
}

absl::StatusOr<Program> ToProgram(const planning::v1::Program& from) {
  Program to;
  RETURN_IF_ERROR(FillNode(from, to));
  ASSIGN_OR_RETURN(to.activities, Map<Activity>(from.activities(), ToActivity));
  to.nomenclature_code = from.nomenclature_code();
  return to;
}

absl::StatusOr<Objective> ToObjective(const planning::v1::Objective& from) {
  Objective to;
  RETURN_IF_ERROR(FillNode(from, to));
  ASSIGN_OR_RETURN(to.programs, Map<Program>(from.programs(), ToProgram));
  return to;
}

absl::StatusOr<AnyPlan> ToAnnualPlan(DocumentRef ref, const planning::v1::AnnualPlan& from) {
  AnnualPlan plan;
  plan.ref = std::move(ref);
  plan.year = from.year();
  ASSIGN_OR_RETURN(plan.objectives, Map<Objective>(from.objectives(), ToObjective));
  ASSIGN_OR_RETURN(plan.stated_budget, ToOptional(from.stated_budget()));
  ASSIGN_OR_RETURN(plan.stated_budget_parts, money::FromProto(from.stated_budget_parts()));
  plan.nomenclature_edition = from.nomenclature_edition();
  return plan;
}

absl::StatusOr<ActionLine> ToActionLine(const planning::v1::ActionLine& from) {
  ActionLine to;
  to.indicator_code = from.indicator_code();
  ASSIGN_OR_RETURN(to.year_target, ToMeasure(from.year_target()));
  for (const planning::v1::QuarterTarget& target : from.quarters()) {
    ASSIGN_OR_RETURN(to.quarters[target.quarter()], ToMeasure(target.target()));
  }
  return to;
}

absl::StatusOr<AgreedBudget> ToAgreedBudget(const planning::v1::AgreedBudget& from) {
  AgreedBudget to;
  to.program_code = from.program_code();
  ASSIGN_OR_RETURN(to.budget, Decimal::Parse(from.budget()));
  ASSIGN_OR_RETURN(to.budget_parts, money::FromProto(from.budget_parts()));
  return to;
}

absl::StatusOr<AnyPlan> ToAgreement(DocumentRef ref,
                                    const planning::v1::PerformanceAgreement& from) {
  Agreement agreement;
  agreement.ref = std::move(ref);
  for (const planning::v1::AgreedTarget& target : from.targets()) {
    ASSIGN_OR_RETURN(Measure measure, ToMeasure(target.target()));
    agreement.targets.emplace_back(target.indicator_code(), std::move(measure));
  }
  ASSIGN_OR_RETURN(agreement.program_budgets,
                   Map<AgreedBudget>(from.program_budgets(), ToAgreedBudget));
  ASSIGN_OR_RETURN(agreement.stated_budget, ToOptional(from.stated_budget()));
  ASSIGN_OR_RETURN(agreement.stated_budget_parts, money::FromProto(from.stated_budget_parts()));
  agreement.first_party = from.first_party();
  agreement.second_party = from.second_party();
  agreement.signing_date = from.signing_date();
  return agreement;
}

AnyPlan ToDecree(DocumentRef ref, const planning::v1::KeyIndicatorDecree& from) {
  KeyIndicatorDecree decree;
  decree.ref = std::move(ref);
  decree.year = from.year();
  for (const planning::v1::KeyIndicator& indicator : from.indicators()) {
    KeyIndicator& to = decree.indicators.emplace_back();
    to.code = indicator.indicator_code();
    to.name = indicator.display_name();
    if (indicator.has_ratio()) to.ratio = ToRatio(indicator.ratio());
    to.responsible_units.assign(indicator.responsible_units().begin(),
                                indicator.responsible_units().end());
    to.data_source = indicator.data_source();
  }
  return decree;
}

absl::StatusOr<AnyPlan> ToActionPlan(DocumentRef ref, const planning::v1::ActionPlan& from) {
  ASSIGN_OR_RETURN(auto lines, Map<ActionLine>(from.lines(), ToActionLine));
  return ActionPlan{std::move(ref), std::move(lines)};
}

}  // namespace

absl::StatusOr<AnyPlan> FromProto(const planning::v1::PlanDocument& document) {
  DocumentRef ref;
  ref.name = document.name();
  ref.revision = document.revision();
  ASSIGN_OR_RETURN(ref.effective_date, ParseDate(document.effective_date()));
  ref.content_digest = document.content_digest();
  ref.log_position = document.log_position();
  switch (document.content_case()) {
    case planning::v1::PlanDocument::kAnnualPlan:
      return ToAnnualPlan(std::move(ref), document.annual_plan());
    case planning::v1::PlanDocument::kActionPlan:
      return ToActionPlan(std::move(ref), document.action_plan());
    case planning::v1::PlanDocument::kPerformanceAgreement:
      return ToAgreement(std::move(ref), document.performance_agreement());
    case planning::v1::PlanDocument::kStrategicPlan:
      return ToStrategicPlan(std::move(ref), document.strategic_plan());
    case planning::v1::PlanDocument::kKeyIndicatorDecree:
      return ToDecree(std::move(ref), document.key_indicator_decree());
    case planning::v1::PlanDocument::CONTENT_NOT_SET:
      break;
  }
  return absl::InvalidArgumentError("a document without content");
}

}  // namespace sakip::plan
