#include "services/scoring/store/facts_from_proto.h"

#include <utility>
#include <variant>

#include "common/base/status_macros.h"
#include "common/money/proto/part_from_proto.h"
#include "common/plan/proto/plan_from_proto.h"

namespace sakip::scoring {
namespace {

namespace realization = sakip::realization::v1;

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

// Each kind of document to its list.
struct AddTo {
  PlanHistory& history;

  void operator()(AnnualPlan plan) const { history.annual_plans.push_back(std::move(plan)); }
  void operator()(ActionPlan plan) const { history.action_plans.push_back(std::move(plan)); }
  void operator()(Agreement agreement) const { history.agreements.push_back(std::move(agreement)); }
  void operator()(StrategicPlan plan) const { history.strategic_plans.push_back(std::move(plan)); }
  void operator()(const plan::KeyIndicatorDecree&) const {}  // Changes no score.
};

}  // namespace

absl::Status AddDocument(const planning::v1::PlanDocument& document, PlanHistory& history) {
  ASSIGN_OR_RETURN(plan::AnyPlan plan, plan::FromProto(document));
  std::visit(AddTo{history}, std::move(plan));
  return absl::OkStatus();
}

std::optional<ReferenceValue> ToReferenceValue(const planning::v1::ReferenceValue& from) {
  const bool national = from.level() == planning::v1::ReferenceValue::LEVEL_NATIONAL;
  const auto value = Decimal::Parse(from.measure().value());
  if (!value.ok() ||
      (!national && from.level() != planning::v1::ReferenceValue::LEVEL_PROVINCIAL)) {
    return std::nullopt;
  }
  return ReferenceValue{
      from.indicator_code(), national,    {Rational(*value), from.measure().unit()},
      from.source(),         from.name(), from.log_position()};
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
    ASSIGN_OR_RETURN(budget.parts, money::FromProto(line.realized_parts()));
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
