#include "services/scoring/domain/efficiency.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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
  score.derivation.push_back(StateStep("efficiency", PhraseCode::kNoNumber, std::move(note)));
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
  score.derivation.push_back(
      {Step::Kind::kRounding, "efficiency",
       absl::StrCat("round(", ExactText(*score.figure.exact), ", ", rounding.digits, ")"),
       rounding.text, "", "", 0, NoteOf(rounding)});
}

EfficiencyScore ByAbsorption(const Context& context, const Achievement& achievement,
                             const BudgetScore& budget) {
  EfficiencyScore score;
  score.method = EfficiencyMethod::kAchievementMinusAbsorption;
  for (const Figure* figure : {&achievement.figure, &budget.absorption}) {
    if (figure->exact.has_value()) continue;
    return WithoutNumber(std::move(score), figure->state, PhraseCode::kNeedsBoth);
  }
  const Rational achieved = *achievement.figure.exact, absorbed = *budget.absorption.exact;
  const Rational value = achieved - absorbed;
  score.figure = {NumberState(value, context.closed()), value, ""};
  score.derivation.push_back(
      FormulaStep("efficiency", absl::StrCat(ExactText(achieved), " - ", ExactText(absorbed)),
                  value, "percentage points"));
  const Rational tolerance(context.policy.efficiency.tolerance);
  PrintWithin(context, tolerance, score);
  score.words = value > tolerance                 ? "efisien"
                : value < Rational(0) - tolerance ? "tidak efisien"
                                                  : "cukup efisien";
  score.derivation.push_back({Step::Kind::kRating, "efficiency",
                              absl::StrCat(ExactText(value), " against +-", ExactText(tolerance)),
                              score.words, "", "", 0, PhraseCode::kToleranceOfPolicy});
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

struct Share {
  Rational value;
  std::string expression;  // `90 / 100`
};

// The share of its target that an output reached: less than nothing counts as nothing, and what is
// not applicable does not count. Absent where another indicator is no number, or none counts.
std::optional<Share> ShareReached(const std::vector<IndicatorScore>& indicators,
                                  Derivation& derivation) {
  std::vector<Rational> shares;
  std::vector<std::string> texts;
  for (const IndicatorScore& indicator : indicators) {
    const Figure& figure = indicator.year.achievement.figure;
    if (figure.state == FigureState::kNotApplicable) continue;
    if (!figure.exact.has_value()) return std::nullopt;
    const Rational achieved = std::max(*figure.exact, Rational(0));
    if (achieved != *figure.exact) {
      derivation.push_back({Step::Kind::kClamp, indicator.code,
                            absl::StrCat("max(", ExactText(*figure.exact), ", 0)"), "0", "%", "", 0,
                            PhraseCode::kNothingOfOutput});
    }
    shares.push_back(*Divide(achieved, Rational(100)));
    texts.push_back(absl::StrCat(ExactText(achieved), " / 100"));
  }
  if (shares.empty()) return std::nullopt;
  return Share{GeometricMean(shares),
               shares.size() == 1 ? texts.front()
                                  : absl::StrCat("geomean(", absl::StrJoin(texts, ", "), ")")};
}

// The sums over the outputs that have both a share and money.
struct Totals {
  Rational earned;  // Budget times the share that was reached.
  Rational spent;
  size_t counted = 0;
  std::string expression;  // What was earned of the last one.
};

Totals Sum(const std::vector<CostedOutput>& outputs, Derivation& derivation) {
  Totals totals;
  for (const CostedOutput& output : outputs) {
    if (!output.budget->realized.has_value()) continue;
    const std::optional<Share> share = ShareReached(*output.indicators, derivation);
    if (!share.has_value()) continue;
    totals.earned = totals.earned + output.budget->budget * share->value;
    totals.spent = totals.spent + *output.budget->realized;
    totals.expression = absl::StrCat(ExactText(output.budget->budget), " x ", share->expression);
    ++totals.counted;
  }
  return totals;
}

// What was earned and what was spent: of one output with its numbers, of more as their sums.
void AddTotals(const Totals& totals, Derivation& derivation) {
  if (totals.counted == 1) {
    derivation.push_back(FormulaStep("earned", totals.expression, totals.earned, "Rp"));
    derivation.push_back(FormulaStep("spent", ExactText(totals.spent), totals.spent, "Rp"));
    return;
  }
  const Phrase sum(PhraseCode::kSumOfParts, {absl::StrCat(totals.counted)});
  for (const auto& [subject, value] :
       {std::pair("earned", totals.earned), std::pair("spent", totals.spent)}) {
    derivation.push_back(FormulaStep(subject, "", value, "Rp"));
    derivation.back().kind = Step::Kind::kAggregation;
    derivation.back().words = sum;
  }
}

// 50 % + E / 20 x 50 %, of an efficiency between the bounds.
void Scale(const Context& context, EfficiencyScore& score) {
  const Rational value = *score.figure.exact, bound(kPmkBound);
  const Rational bounded = std::clamp(value, Rational(0) - bound, bound);
  if (bounded != value) {
    score.derivation.push_back({Step::Kind::kClamp, "efficiency value",
                                absl::StrCat("clamp(", ExactText(value), ", -20, 20)"),
                                ExactText(bounded), "%", "", 0, PhraseCode::kPmkDomain});
  }
  const Rational scaled = Rational(50) + *Divide(bounded, bound) * Rational(50);
  score.scaled = {NumberState(scaled, context.closed()), scaled, ""};
  score.derivation.push_back(FormulaStep(
      "efficiency value", absl::StrCat("50 + ", ExactText(bounded), " / 20 x 50"), scaled, "%"));
  PrintFigure({context.policy, /*rated=*/false, /*missed=*/false}, "efficiency value",
              *score.scaled, score.derivation);
}

EfficiencyScore ByOutputs(const Context& context, const std::vector<CostedOutput>& outputs) {
  EfficiencyScore score;
  score.method = EfficiencyMethod::kPmk214Of2017;
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
  score.derivation.push_back(
      FormulaStep("efficiency",
                  absl::StrCat("(", ExactText(totals.earned), " - ", ExactText(totals.spent),
                               ") / ", ExactText(totals.earned), " x 100"),
                  value, "%"));
  score.derivation.back().note = {PhraseCode::kEarnedAndSpent,
                                  {absl::StrCat(totals.counted), absl::StrCat(outputs.size())}};
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
  return WithoutNumber({}, FigureState::kNotApplicable, PhraseCode::kNoMethod);
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
