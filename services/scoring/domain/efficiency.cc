#include "services/scoring/domain/efficiency.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/scoring/domain/absorption.h"
#include "services/scoring/domain/achievement.h"
#include "services/scoring/domain/figure.h"

namespace sakip::scoring {
namespace {

using policy::EfficiencyMethod;

// Of a geometric mean, which is a root and so no fraction.
constexpr int kRootDigits = 12;

// The most indicators of an output: a root of the product of more is work without a use.
constexpr size_t kRootedMax = 100;

// What PMK 214/PMK.02/2017 takes the efficiency to lie between.
constexpr int64_t kPmkBound = 20;

EfficiencyScore WithoutNumber(EfficiencyScore score, FigureState state, Phrase note) {
  score.figure = NoNumber(state);
  score.derivation.Add(
      [&] { return StateStep("efficiency", PhraseCode::kNoNumber, std::move(note)); });
  return score;
}

EfficiencyScore By(EfficiencyMethod method, const Context& context) {
  EfficiencyScore score;
  score.method = method;
  score.derivation = context.NewDerivation();
  return score;
}

Step FormulaStep(std::string subject, std::string expression, const Rational& result,
                 std::string unit) {
  return {Step::Kind::kFormula, std::move(subject), std::move(expression), ExactText(result),
          std::move(unit)};
}

// Prints the number so that it lies on the same side of the tolerance as the exact one.
void PrintWithin(const Context& context, const Rational& tolerance, EfficiencyScore& score) {
  const exact::Rounding rounding = exact::RoundHonestly(
      *score.figure.exact, context.policy.digits,
      {{tolerance, /*closed=*/false}, {Rational(0) - tolerance, /*closed=*/true}},
      /*missed=*/false);
  score.figure.printed = rounding.text;
  score.derivation.Add(
      [&] { return RoundingStep("efficiency", *score.figure.exact, rounding, ""); });
}

EfficiencyScore ByAbsorption(const Context& context, const Achievement& achievement,
                             const BudgetScore& budget) {
  EfficiencyScore score = By(EfficiencyMethod::kAchievementMinusAbsorption, context);
  for (const Figure* figure : {&achievement.figure, &budget.absorption}) {
    if (figure->exact.has_value()) continue;
    return WithoutNumber(std::move(score), figure->state, PhraseCode::kNeedsBoth);
  }
  const Rational achieved = *achievement.figure.exact, absorbed = *budget.absorption.exact;
  const Rational value = achieved - absorbed;
  score.figure = {NumberState(value, context.closed()), value, ""};
  score.derivation.Add([&] {
    return FormulaStep("efficiency", absl::StrCat(ExactText(achieved), " - ", ExactText(absorbed)),
                       value, "percentage points");
  });
  const Rational tolerance(context.policy.efficiency.tolerance);
  PrintWithin(context, tolerance, score);
  score.words = value > tolerance                 ? "efisien"
                : value < Rational(0) - tolerance ? "tidak efisien"
                                                  : "cukup efisien";
  score.derivation.Add([&] {
    return Step{Step::Kind::kRating,
                "efficiency",
                absl::StrCat(ExactText(value), " against +-", ExactText(tolerance)),
                score.words,
                "",
                "",
                0,
                PhraseCode::kToleranceOfPolicy};
  });
  return score;
}

Rational Power(const Rational& base, size_t exponent) {
  Rational result(1);
  for (Rational square = base; exponent > 0; exponent /= 2, square = square * square) {
    if (exponent % 2 == 1) result = result * square;
  }
  return result;
}

// The n-th root of the product of n numbers that are not negative; exact of one, otherwise cut off
// after kRootDigits digits.
Rational GeometricMean(const std::vector<Rational>& values) {
  if (values.size() == 1) return values.front();
  Rational product(1);
  for (const Rational& value : values) product = product * value;
  const Rational units = Power(Rational(10), kRootDigits);
  // Powers of whole numbers compare with it as with its whole part.
  product = (product * Power(units, values.size())).FlooredValue(0);
  // Whole numbers of units: the mean is at least `low` and below `high`.
  const Rational greatest = *std::max_element(values.begin(), values.end());
  Rational low, high = (greatest * units).FlooredValue(0) + Rational(1);
  while (high - low > Rational(1)) {
    const Rational middle = Divide(low + high, Rational(2))->FlooredValue(0);
    (Power(middle, values.size()) <= product ? low : high) = middle;
  }
  return *Divide(low, units);
}

// The achievements of an output that count: less than nothing counts as nothing, and what is not
// applicable does not count. Empty where another indicator is no number, or none counts.
std::vector<Rational> Achieved(const std::vector<IndicatorScore>& indicators,
                               Derivation& derivation) {
  std::vector<Rational> all;
  for (const IndicatorScore& indicator : indicators) {
    const Figure& figure = indicator.year.achievement.figure;
    if (figure.state == FigureState::kNotApplicable) continue;
    if (!figure.exact.has_value()) return {};
    const Rational achieved = std::max(*figure.exact, Rational(0));
    if (achieved != *figure.exact) {
      derivation.Add([&] {
        return Step{Step::Kind::kClamp,
                    indicator.code,
                    absl::StrCat("max(", ExactText(*figure.exact), ", 0)"),
                    "0",
                    "%",
                    "",
                    0,
                    PhraseCode::kNothingOfOutput};
      });
    }
    all.push_back(achieved);
  }
  return all;
}

// The share of its target that an output reached.
Rational ShareOf(std::vector<Rational> achieved) {
  for (Rational& value : achieved) value = *Divide(value, Rational(100));
  return GeometricMean(achieved);
}

// `90 / 100`.
std::string ShareText(const std::vector<Rational>& achieved) {
  const std::string terms =
      absl::StrJoin(achieved, ", ", [](std::string* out, const Rational& value) {
        absl::StrAppend(out, ExactText(value), " / 100");
      });
  return achieved.size() == 1 ? terms : absl::StrCat("geomean(", terms, ")");
}

// The sums over the outputs that have both a share and money.
struct Totals {
  Rational earned;  // Budget times the share that was reached.
  Rational spent;
  size_t counted = 0;
  // Of the last one.
  Rational budget;
  std::vector<Rational> achieved = {};
};

Totals Sum(const std::vector<CostedOutput>& outputs, Derivation& derivation) {
  Totals totals;
  for (const CostedOutput& output : outputs) {
    if (!output.budget->realized.has_value()) continue;
    std::vector<Rational> achieved = Achieved(*output.indicators, derivation);
    if (achieved.empty()) continue;
    totals.earned = totals.earned + output.budget->budget * ShareOf(achieved);
    totals.spent = totals.spent + *output.budget->realized;
    ++totals.counted;
    totals.budget = output.budget->budget;
    totals.achieved = std::move(achieved);
  }
  return totals;
}

// What was earned and what was spent: of one output with its numbers, of more as their sums.
void AddTotals(const Totals& totals, Derivation& derivation) {
  if (totals.counted == 1) {
    derivation.Add([&] {
      const std::string share = ShareText(totals.achieved);
      return FormulaStep("earned", absl::StrCat(ExactText(totals.budget), " x ", share),
                         totals.earned, "Rp");
    });
    derivation.Add(
        [&] { return FormulaStep("spent", ExactText(totals.spent), totals.spent, "Rp"); });
    return;
  }
  derivation.Add([&] { return SumStep("earned", totals.counted, totals.earned); });
  derivation.Add([&] { return SumStep("spent", totals.counted, totals.spent); });
}

// 50 % + E / 20 x 50 %, of an efficiency between the bounds.
void Scale(const Context& context, EfficiencyScore& score) {
  const Rational value = *score.figure.exact, bound(kPmkBound);
  const Rational bounded = std::clamp(value, Rational(0) - bound, bound);
  if (bounded != value) {
    score.derivation.Add([&] {
      return Step{Step::Kind::kClamp,
                  "efficiency value",
                  absl::StrCat("clamp(", ExactText(value), ", -20, 20)"),
                  ExactText(bounded),
                  "%",
                  "",
                  0,
                  PhraseCode::kPmkDomain};
    });
  }
  const Rational scaled = Rational(50) + *Divide(bounded, bound) * Rational(50);
  score.scaled = {NumberState(scaled, context.closed()), scaled, ""};
  score.derivation.Add([&] {
    return FormulaStep("efficiency value", absl::StrCat("50 + ", ExactText(bounded), " / 20 x 50"),
                       scaled, "%");
  });
  PrintFigure({context.policy, /*rated=*/false, /*missed=*/false}, "efficiency value",
              *score.scaled, score.derivation);
}

EfficiencyScore ByOutputs(const Context& context, const std::vector<CostedOutput>& outputs) {
  EfficiencyScore score = By(EfficiencyMethod::kPmk214Of2017, context);
  const bool rooted = std::all_of(outputs.begin(), outputs.end(), [](const CostedOutput& output) {
    return output.indicators->size() <= kRootedMax;
  });
  if (!rooted) {
    return WithoutNumber(std::move(score), FigureState::kNotScored,
                         {PhraseCode::kOutputTooWide, {absl::StrCat(kRootedMax)}});
  }
  const Totals totals = Sum(outputs, score.derivation);
  if (totals.counted == 0) {
    return WithoutNumber(std::move(score), FigureState::kMissing, PhraseCode::kNoOutputWithBoth);
  }
  AddTotals(totals, score.derivation);
  const auto saved = Divide(totals.earned - totals.spent, totals.earned);
  if (!saved.ok()) {
    return WithoutNumber(std::move(score), FigureState::kNotScored, PhraseCode::kNothingAchieved);
  }
  const Rational value = *saved * Rational(100);
  score.figure = {NumberState(value, context.closed()), value, ""};
  score.derivation.Add([&] {
    const std::string earned = ExactText(totals.earned);
    Step step = FormulaStep(
        "efficiency",
        absl::StrCat("(", earned, " - ", ExactText(totals.spent), ") / ", earned, " x 100"), value,
        "%");
    step.note = {PhraseCode::kEarnedAndSpent,
                 {absl::StrCat(totals.counted), absl::StrCat(outputs.size())}};
    return step;
  });
  PrintFigure({context.policy, /*rated=*/false, /*missed=*/false}, "efficiency", score.figure,
              score.derivation);
  Scale(context, score);
  return score;
}

}  // namespace

EfficiencyScore Efficiency(const Context& context, const Achievement& achievement,
                           const BudgetScore& budget, const std::vector<CostedOutput>& outputs) {
  switch (context.policy.efficiency.method) {
    case EfficiencyMethod::kNone:
      break;
    case EfficiencyMethod::kAchievementMinusAbsorption:
      return ByAbsorption(context, achievement, budget);
    case EfficiencyMethod::kPmk214Of2017:
      return ByOutputs(context, outputs);
  }
  return WithoutNumber(By(EfficiencyMethod::kNone, context), FigureState::kNotApplicable,
                       PhraseCode::kNoMethod);
}

Achievement MeanOfYear(const Context& context, absl::string_view code,
                       const std::vector<IndicatorScore>& indicators) {
  std::vector<Part> parts;
  for (const IndicatorScore& indicator : indicators) {
    parts.push_back({indicator.code, context.WeightOf(indicator), &indicator.year.achievement});
  }
  // What would be found is found of the indicators themselves.
  Findings unheard;
  return Mean(context.Aside(unheard), code, parts);
}

}  // namespace sakip::scoring
