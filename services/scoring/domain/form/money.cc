#include "services/scoring/domain/form/money.h"

#include <algorithm>
#include <optional>

#include "common/plan/plan_index.h"
#include "services/scoring/domain/form/years.h"

namespace sakip::scoring::form {
namespace {

constexpr char kRupiah[] = "Rp";

// What the parts spent in a quarter.
Amount Sum(const std::vector<Amount>& parts, bool closed) {
  std::optional<Rational> sum;
  int from_quarter = 0;
  bool missing = false, not_due = false;
  for (const Amount& part : parts) {
    missing = missing || part.state == CellState::kMissing;
    not_due = not_due || part.state == CellState::kNotDue;
    if (!part.value.has_value()) continue;
    sum = sum.value_or(Rational()) + part.value->value;
    if (part.from_quarter > 0) {
      from_quarter =
          from_quarter == 0 ? part.from_quarter : std::min(from_quarter, part.from_quarter);
    }
  }
  if (!sum.has_value()) {
    return NoAmount(missing   ? CellState::kMissing
                    : not_due ? CellState::kNotDue
                              : CellState::kNotPlanned);
  }
  Amount amount = Realized({*sum, kRupiah}, closed);
  amount.from_quarter = from_quarter;
  if (missing) amount.state = CellState::kPartial;
  return amount;
}

const RealizedBudget* FindBudget(const YearSubmissions& submissions, int quarter,
                                 const std::string& code) {
  const auto submission = submissions.by_quarter.find(quarter);
  if (submission == submissions.by_quarter.end()) return nullptr;
  const auto budget = submission->second.budgets.find(code);
  return budget == submission->second.budgets.end() ? nullptr : &budget->second;
}

}  // namespace

Money::Nodes Money::NodesOf(const Scorecard& card) {
  Nodes nodes;
  for (const ObjectiveScore& objective : card.objectives) {
    Node of_objective{&objective.budget};
    for (const ProgramScore& program : objective.programs) {
      Node of_program{&program.budget};
      for (const ActivityScore& activity : program.activities) {
        Node of_activity{&activity.budget};
        for (const SubActivityScore& sub_activity : activity.sub_activities) {
          const bool whole = sub_activity.budget.realized.has_value();
          of_activity.whole = of_activity.whole && whole;
          nodes[{Level::kSubActivity, sub_activity.code}] = {&sub_activity.budget, whole};
        }
        of_program.whole = of_program.whole && of_activity.whole;
        nodes[{Level::kActivity, activity.code}] = of_activity;
      }
      of_objective.whole = of_objective.whole && of_program.whole;
      nodes[{Level::kProgram, program.code}] = of_program;
    }
    nodes[{Level::kObjective, objective.code}] = of_objective;
  }
  return nodes;
}

Money::Money(const Periods& periods) : periods_(periods), now_(NodesOf(periods.latest().card())) {
  for (const auto& [year, period] : periods.before()) {
    if (period.scored()) before_[year] = NodesOf(period.card());
  }
  const plan::PlanIndex latest(*periods.latest().plans().plan);
  for (int quarter = 1; quarter <= kQuarters; ++quarter) {
    std::optional<plan::PlanIndex> then;
    if (quarter <= periods.quarter() && periods.At(quarter).scored()) {
      then.emplace(*periods.At(quarter).plans().plan);
    }
    for (const auto& [code, sub_activity] : latest.sub_activities) {
      const bool planned = then.has_value() && then->sub_activities.contains(code);
      const std::string& of = sub_activity->code;
      spent_[of][quarter - 1] = QuarterOf(of, quarter, planned);
    }
  }
}

const BudgetScore& Money::BudgetOf(Level level, const std::string& code) const {
  return *now_.at({level, code}).budget;
}

Amount Money::RealizationOf(const Node* node, bool closed) {
  if (node == nullptr) return NoAmount(CellState::kNotPlanned);
  if (!node->budget->realized.has_value()) return NoAmount(CellState::kMissing);
  Amount amount = Realized({*node->budget->realized, kRupiah}, closed);
  if (!node->whole) amount.state = CellState::kPartial;
  return amount;
}

Amount Money::QuarterOf(const std::string& sub_activity, int quarter, bool planned) const {
  if (quarter > periods_.quarter()) return NoAmount(CellState::kNotDue);
  const YearSubmissions& submissions = *periods_.latest().facts().submissions;
  const RealizedBudget* budget = FindBudget(submissions, quarter, sub_activity);
  if (budget == nullptr) {
    return NoAmount(planned ? CellState::kMissing : CellState::kNotPlanned);
  }
  Rational spent(budget->realized);
  int known = 0;  // The latest quarter before through which the money is known.
  if (submissions.by_quarter.at(quarter).coverage == Coverage::kYearToDate) {
    Rational before;
    for (int earlier = 1; earlier < quarter; ++earlier) {
      const RealizedBudget* part = FindBudget(submissions, earlier, sub_activity);
      if (part == nullptr) continue;
      known = earlier;
      const bool to_date = submissions.by_quarter.at(earlier).coverage == Coverage::kYearToDate;
      before = to_date ? Rational(part->realized) : before + Rational(part->realized);
    }
    spent = spent - before;
  } else {
    known = quarter - 1;
  }
  Amount amount =
      Realized({std::move(spent), kRupiah}, submissions.closed_quarters.contains(quarter));
  if (known + 1 < quarter) amount.from_quarter = known + 1;
  return amount;
}

Half Money::Of(Level level, const std::string& code, const std::vector<std::string>& parts) const {
  const ScoredPeriod& latest = periods_.latest();
  const Node& node = now_.at({level, code});
  Half half;
  if (!parts.empty()) {
    half.target = NoAmount(CellState::kPlanned);
    half.target.value = Quantity{node.budget->budget, kRupiah};
    half.realization = RealizationOf(&node, latest.closed());
    half.achievement = ToDegree(node.budget->absorption, /*met=*/false);
  }
  for (int quarter = 1; quarter <= kQuarters; ++quarter) {
    std::vector<Amount> spent;
    for (const std::string& part : parts) spent.push_back(spent_.at(part)[quarter - 1]);
    const bool closed = latest.facts().submissions->closed_quarters.contains(quarter);
    half.quarters[quarter - 1] = Sum(spent, closed);
  }
  if (periods_.strategic_plan() == nullptr) return half;
  half.strategic_target.state = half.strategic_achievement.state = CellState::kNotRecorded;
  std::vector<YearAmount> years;
  for (const auto& [year, period] : periods_.before()) {
    Amount amount = NoAmount(Periods::WhyNotScored(period));
    if (period.scored()) {
      const Nodes& nodes = before_.at(year);
      const auto found = nodes.find({level, code});
      amount = RealizationOf(found == nodes.end() ? nullptr : &found->second, period.closed());
    }
    years.push_back({year, amount.state, amount.value, std::nullopt});
  }
  half.strategic_before = CombineYears(TimeAggregation::kSum, years);
  years.push_back({latest.year(), half.realization.state, half.realization.value, std::nullopt});
  half.strategic_realization = CombineYears(TimeAggregation::kSum, years);
  return half;
}

Half MoneyInFirstRow() {
  Half half;
  for (Amount* amount : {&half.strategic_target, &half.strategic_before, &half.target,
                         &half.realization, &half.strategic_realization}) {
    amount->state = CellState::kInFirstRow;
  }
  for (Amount& quarter : half.quarters) quarter.state = CellState::kInFirstRow;
  half.achievement.state = half.strategic_achievement.state = CellState::kInFirstRow;
  return half;
}

}  // namespace sakip::scoring::form
