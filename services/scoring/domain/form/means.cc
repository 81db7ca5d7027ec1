#include "services/scoring/domain/form/means.h"

#include <set>
#include <string>
#include <utility>

#include "common/base/log.h"
#include "services/scoring/domain/budget.h"
#include "services/scoring/domain/figure.h"

namespace sakip::scoring::form {
namespace {

// The rules of the form's own regulation.
Policy FormPolicy(int digits) {
  const Policy* built_in = policy::FindBuiltIn("policies/permendagri-86-2017/versions/1");
  SAKIP_CHECK(built_in != nullptr);
  Policy policy = *built_in;
  policy.digits = digits;
  return policy;
}

void Rate(const Policy& policy, Rating& rating) {
  Figure& figure = *rating.degree.figure;
  const policy::RatingBand& band = policy::Rate(policy.scale, *figure.exact);
  rating.rating = band.rating;
  rating.label = band.label;
  Derivation unread(Derivations::kLeftOut);
  PrintFigure({policy, /*rated=*/true, !rating.degree.met}, "mean", figure, unread);
}

// The degrees of the rows of a level.
class Degrees {
 public:
  void Add(const Degree& degree) {
    ++indicators_;
    if (!degree.figure.has_value()) {
      if (state_ != CellState::kMissing) state_ = degree.state;
      met_ = met_ && degree.state == CellState::kNotApplicable;
      return;
    }
    ++counted_;
    met_ = met_ && degree.met;
    all_missing_ = all_missing_ && degree.state == CellState::kMissing;
    sum_ = sum_ + *degree.figure->exact;
  }

  int indicators() const { return indicators_; }

  void Write(const Policy& policy, bool closed, Mean& mean) const {
    mean.counted = counted_;
    mean.indicators = indicators_;
    Degree& degree = mean.performance.degree;
    degree.state = state_;
    if (counted_ == 0) return;
    const Rational value = *Divide(sum_, Rational(counted_));
    const FigureState state = all_missing_ ? FigureState::kMissing : NumberState(value, closed);
    degree = ToDegree({state, value, ""}, met_);
    Rate(policy, mean.performance);
  }

 private:
  int indicators_ = 0;
  int counted_ = 0;
  Rational sum_;
  bool met_ = true;
  bool all_missing_ = true;
  CellState state_ = CellState::kNotPlanned;
};

void WriteMoney(const Policy& policy, bool closed, const std::vector<const BudgetScore*>& budgets,
                Rating& rating) {
  const BudgetScore sum =
      SumBudgets(policy, closed, budgets, OriginalBudget(), Derivations::kLeftOut);
  rating.degree = ToDegree(sum.absorption, /*met=*/false);
  if (rating.degree.figure.has_value()) Rate(policy, rating);
}

}  // namespace

std::vector<LevelMeans> MeansOf(const std::vector<Row>& rows, const Money& money, int digits,
                                bool closed) {
  const Policy policy = FormPolicy(digits);
  std::vector<LevelMeans> means;
  for (const Level level :
       {Level::kObjective, Level::kProgram, Level::kActivity, Level::kSubActivity}) {
    Degrees annual, strategic;
    std::vector<const BudgetScore*> budgets;
    std::set<std::string> nodes;
    for (const Row& row : rows) {
      if (row.level != level) continue;
      if (nodes.insert(row.code).second) budgets.push_back(&money.BudgetOf(level, row.code));
      if (!row.indicator.has_value()) continue;
      annual.Add(row.performance.achievement);
      strategic.Add(row.performance.strategic_achievement);
    }
    if (annual.indicators() == 0) continue;
    LevelMeans& of_level = means.emplace_back();
    of_level.level = level;
    annual.Write(policy, closed, of_level.annual);
    strategic.Write(policy, closed, of_level.strategic);
    WriteMoney(policy, closed, budgets, of_level.annual.money);
    // No row of money has a degree of the strategic plan.
    of_level.strategic.money.degree.state = rows.front().money.strategic_achievement.state;
  }
  return means;
}

}  // namespace sakip::scoring::form
