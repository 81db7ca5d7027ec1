#include "services/scoring/store/facts_from_proto.h"

#include <utility>

#include "common/base/period.h"
#include "common/base/status_macros.h"

namespace sakip::scoring {
namespace {

namespace planning = sakip::planning::v1;
namespace realization = sakip::realization::v1;

absl::StatusOr<Measure> ToMeasure(const types::v1::Measure& from) {
  ASSIGN_OR_RETURN(const Decimal value, Decimal::Parse(from.value()));
  return Measure{value, from.unit()};
}

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

// Converts every item of `from` by `convert`, or returns the first error.
template <typename To, typename From, typename Convert>
absl::StatusOr<std::vector<To>> Map(const From& from, Convert convert) {
  std::vector<To> to;
  to.reserve(from.size());
  for (const auto& item : from) {
    ASSIGN_OR_RETURN(To converted, convert(item));
    to.push_back(std::move(converted));
  }
  return to;
}

absl::StatusOr<Indicator> ToIndicator(const planning::Indicator& from) {
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
  to.may_fall = from.may_fall();
  ASSIGN_OR_RETURN(to.weight, ToOptional(from.weight()));
  to.not_applicable_reason = from.not_applicable_reason();
  to.children.assign(from.children().begin(), from.children().end());
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

absl::StatusOr<SubActivity> ToSubActivity(const planning::SubActivity& from) {
  SubActivity to;
  RETURN_IF_ERROR(FillNode(from, to));
  ASSIGN_OR_RETURN(to.budget, Decimal::Parse(from.budget()));
  to.outcome = from.outcome();
  return to;
}

absl::StatusOr<Activity> ToActivity(const planning::Activity& from) {
  Activity to;
  RETURN_IF_ERROR(FillNode(from, to));
  ASSIGN_OR_RETURN(to.sub_activities, Map<SubActivity>(from.sub_activities(), ToSubActivity));
  return to;
}

absl::StatusOr<Program> ToProgram(const planning::Program& from) {
  Program to;
  RETURN_IF_ERROR(FillNode(from, to));
  ASSIGN_OR_RETURN(to.activities, Map<Activity>(from.activities(), ToActivity));
  return to;
}

absl::StatusOr<Objective> ToObjective(const planning::Objective& from) {
  Objective to;
  RETURN_IF_ERROR(FillNode(from, to));
  ASSIGN_OR_RETURN(to.programs, Map<Program>(from.programs(), ToProgram));
  return to;
}

absl::Status AddAnnualPlan(const DocumentRef& ref, const planning::AnnualPlan& from,
                           PlanHistory& history) {
  AnnualPlan plan;
  plan.ref = ref;
  ASSIGN_OR_RETURN(plan.objectives, Map<Objective>(from.objectives(), ToObjective));
  ASSIGN_OR_RETURN(plan.stated_budget, ToOptional(from.stated_budget()));
  history.annual_plans.push_back(std::move(plan));
  return absl::OkStatus();
}

absl::StatusOr<ActionLine> ToActionLine(const planning::ActionLine& from) {
  ActionLine to;
  to.indicator_code = from.indicator_code();
  ASSIGN_OR_RETURN(to.year_target, ToMeasure(from.year_target()));
  for (const planning::QuarterTarget& target : from.quarters()) {
    ASSIGN_OR_RETURN(to.quarters[target.quarter()], ToMeasure(target.target()));
  }
  return to;
}

absl::Status AddAgreement(const DocumentRef& ref, const planning::PerformanceAgreement& from,
                          PlanHistory& history) {
  Agreement agreement;
  agreement.ref = ref;
  for (const planning::AgreedTarget& target : from.targets()) {
    ASSIGN_OR_RETURN(Measure measure, ToMeasure(target.target()));
    agreement.targets.emplace_back(target.indicator_code(), std::move(measure));
  }
  for (const planning::AgreedBudget& budget : from.program_budgets()) {
    ASSIGN_OR_RETURN(const Decimal value, Decimal::Parse(budget.budget()));
    agreement.program_budgets.emplace_back(budget.program_code(), value);
  }
  ASSIGN_OR_RETURN(agreement.stated_budget, ToOptional(from.stated_budget()));
  history.agreements.push_back(std::move(agreement));
  return absl::OkStatus();
}

template <typename Indicators>
absl::Status AddYearTargets(const Indicators& indicators, StrategicPlan& plan) {
  for (const planning::StrategicIndicator& indicator : indicators) {
    for (const planning::YearTarget& target : indicator.targets()) {
      ASSIGN_OR_RETURN(plan.targets[indicator.code()][target.year()], ToMeasure(target.target()));
    }
  }
  return absl::OkStatus();
}

absl::Status AddStrategicPlan(const DocumentRef& ref, const planning::StrategicPlan& from,
                              PlanHistory& history) {
  StrategicPlan plan;
  plan.ref = ref;
  for (const planning::StrategicGoal& goal : from.goals()) {
    RETURN_IF_ERROR(AddYearTargets(goal.indicators(), plan));
    for (const planning::StrategicObjective& objective : goal.objectives()) {
      RETURN_IF_ERROR(AddYearTargets(objective.indicators(), plan));
    }
  }
  history.strategic_plans.push_back(std::move(plan));
  return absl::OkStatus();
}

Narrative ToNarrative(const realization::Narrative& from) {
  return {from.success_factors(), from.constraints(), from.follow_up()};
}

absl::Status ToRatio(const types::v1::Ratio& from, RealizedIndicator& to) {
  to.kind = RealizedIndicator::Kind::kRatio;
  ASSIGN_OR_RETURN(to.numerator, Decimal::Parse(from.numerator()));
  ASSIGN_OR_RETURN(to.denominator, Decimal::Parse(from.denominator()));
  return absl::OkStatus();
}

absl::Status ToAmount(RealizedIndicator::Kind kind, const std::string& text,
                      RealizedIndicator& to) {
  to.kind = kind;
  ASSIGN_OR_RETURN(to.value, Decimal::Parse(text));
  return absl::OkStatus();
}

absl::Status SetValue(const realization::IndicatorRealization& from, RealizedIndicator& to) {
  using Kind = RealizedIndicator::Kind;
  switch (from.value_case()) {
    case realization::IndicatorRealization::kRatio:
      return ToRatio(from.ratio(), to);
    case realization::IndicatorRealization::kPercentage:
      return ToAmount(Kind::kPercentage, from.percentage(), to);
    case realization::IndicatorRealization::kQuantity:
      return ToAmount(Kind::kQuantity, from.quantity(), to);
    case realization::IndicatorRealization::kNotApplicableReason:
      to.kind = Kind::kNotApplicable;
      to.not_applicable_reason = from.not_applicable_reason();
      return absl::OkStatus();
    case realization::IndicatorRealization::VALUE_NOT_SET:
      break;
  }
  return absl::InvalidArgumentError("a realization without value");
}

absl::StatusOr<RealizedIndicator> ToRealized(const realization::IndicatorRealization& from) {
  RealizedIndicator to;
  to.unit = from.unit();
  to.narrative = ToNarrative(from.narrative());
  RETURN_IF_ERROR(SetValue(from, to));
  // The unit of a quotient may be left out.
  const bool is_share =
      to.kind == RealizedIndicator::Kind::kRatio || to.kind == RealizedIndicator::Kind::kPercentage;
  if (is_share && to.unit.empty()) to.unit = "%";
  return to;
}

}  // namespace

absl::Status AddDocument(const planning::PlanDocument& document, PlanHistory& history) {
  DocumentRef ref;
  ref.name = document.name();
  ref.revision = document.revision();
  ASSIGN_OR_RETURN(ref.effective_date, ParseDate(document.effective_date()));
  ref.content_digest = document.content_digest();
  ref.log_position = document.log_position();
  switch (document.content_case()) {
    case planning::PlanDocument::kAnnualPlan:
      return AddAnnualPlan(ref, document.annual_plan(), history);
    case planning::PlanDocument::kActionPlan: {
      ASSIGN_OR_RETURN(auto lines, Map<ActionLine>(document.action_plan().lines(), ToActionLine));
      history.action_plans.push_back({std::move(ref), std::move(lines)});
      return absl::OkStatus();
    }
    case planning::PlanDocument::kPerformanceAgreement:
      return AddAgreement(ref, document.performance_agreement(), history);
    case planning::PlanDocument::kStrategicPlan:
      return AddStrategicPlan(ref, document.strategic_plan(), history);
    case planning::PlanDocument::CONTENT_NOT_SET:
      break;
  }
  return absl::InvalidArgumentError("a document without content");
}

absl::StatusOr<Submission> ToSubmission(const realization::Submission& from) {
  Submission to;
  to.name = from.name();
  to.revision = from.revision();
  to.coverage = from.coverage() == realization::Submission::COVERAGE_YEAR_TO_DATE
                    ? Coverage::kYearToDate
                    : Coverage::kQuarter;
  for (const realization::IndicatorRealization& line : from.indicators()) {
    ASSIGN_OR_RETURN(to.indicators[line.indicator_code()], ToRealized(line));
  }
  for (const realization::BudgetRealization& line : from.budgets()) {
    RealizedBudget& budget = to.budgets[line.sub_activity_code()];
    ASSIGN_OR_RETURN(budget.realized, Decimal::Parse(line.realized()));
    budget.narrative = ToNarrative(line.narrative());
  }
  for (const realization::ObjectiveNarrative& line : from.objectives()) {
    to.objectives[line.objective_code()] = ToNarrative(line.narrative());
  }
  to.content_digest = from.content_digest();
  to.log_position = from.log_position();
  to.illustrative = from.illustrative();
  return to;
}

}  // namespace sakip::scoring
