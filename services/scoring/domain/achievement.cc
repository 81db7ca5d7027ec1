#include "services/scoring/domain/achievement.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/scoring/domain/figure.h"
#include "services/scoring/domain/formula.h"

namespace sakip::scoring {
namespace {

using Outcome = Resolved::Outcome;

Achievement WithoutNumber(FigureState state, Derivation steps, PhraseCode note) {
  Achievement result;
  result.figure = NoNumber(state);
  result.unclamped = NoNumber(state);
  result.derivation = std::move(steps);
  result.derivation.Add([&] { return StateStep("achievement", PhraseCode::kNoNumber, note); });
  return result;
}

void AddRating(const Context& context, Achievement& achievement) {
  const policy::RatingBand& band = policy::Rate(context.policy.scale, *achievement.figure.exact);
  achievement.rating = band.rating;
  achievement.rating_label = band.label;
  achievement.derivation.Add([&] {
    const std::string bound =
        !band.lower.has_value()
            ? "below all other bands"
            : absl::StrCat(band.lower_included ? ">= " : "> ", band.lower->ToString());
    return Step{Step::Kind::kRating,
                "rating",
                absl::StrCat(ExactText(*achievement.figure.exact), " ", bound),
                band.rating,
                "",
                "",
                0,
                Phrase::Verbatim(context.policy.scale.code)};
  });
}

Rational Clamped(const Context& context, Level level, const Rational& value,
                 Derivation& derivation) {
  const auto it = context.policy.clamps.find(level);
  if (it == context.policy.clamps.end()) return value;
  const Rational lower(it->second.lower), upper(it->second.upper);
  const Rational result = std::clamp(value, lower, upper);
  if (result != value) {
    derivation.Add([&] {
      return Step{Step::Kind::kClamp,
                  "achievement",
                  absl::StrCat("clamp(", ExactText(value), ", ", ExactText(lower), ", ",
                               ExactText(upper), ")"),
                  ExactText(result),
                  "%",
                  "",
                  0,
                  PhraseCode::kBoundsOfLevel};
    });
  }
  return result;
}

// Prints the number, rates it, and says so where rounding had to add digits.
void Finish(const Context& context, absl::string_view code, Achievement& achievement) {
  AddRating(context, achievement);
  const Print print{context.policy, /*rated=*/true, !achievement.met};
  if (PrintFigure(print, "achievement", achievement.figure, achievement.derivation)) {
    context.findings.Add(FindingCode::kRoundingWouldHideMiss, code,
                         {{absl::StrCat(achievement.figure.printed, " %"), ""}});
  }
}

Achievement FromNumber(const Context& context, const Subject& subject, const FormulaInput& input,
                       const FormulaResult& computed, Derivation steps) {
  const FigureState state = NumberState(input.realization, context.closed());
  Achievement result;
  result.met = computed.met;
  result.derivation = std::move(steps);
  result.derivation.Add([&] {
    return Step{Step::Kind::kFormula, "achievement", ExpressionOf(input),
                ExactText(computed.percent), "%"};
  });
  result.unclamped = {state, computed.percent, ""};
  result.figure = {state, Clamped(context, subject.level, computed.percent, result.derivation), ""};
  if (*result.figure.exact != *result.unclamped.exact) {
    const Print print{context.policy, /*rated=*/false, !result.met};
    PrintFigure(print, "achievement before clamping", result.unclamped, result.derivation);
    Finish(context, subject.code, result);
  } else {
    Finish(context, subject.code, result);
    result.unclamped.printed = result.figure.printed;
  }
  return result;
}

// What is missing counts 0 once the quarter is closed, and is shown as missing before.
Achievement Missing(const Context& context, const Subject& subject, Derivation steps) {
  if (!context.closed()) {
    return WithoutNumber(FigureState::kMissing, std::move(steps), PhraseCode::kDueNotSubmitted);
  }
  Achievement result;
  result.derivation = std::move(steps);
  result.derivation.Add([] {
    Step step =
        StateStep("achievement", PhraseCode::kMissingCountsZero, PhraseCode::kQuarterClosed);
    step.result = "0";
    step.unit = "%";
    return step;
  });
  result.figure = {FigureState::kMissing, Rational(0), ""};
  Finish(context, subject.code, result);
  result.unclamped = result.figure;
  return result;
}

// Why the formula gives no number.
PhraseCode FaultOf(absl::string_view fault) {
  if (fault == "ZERO_TARGET") return PhraseCode::kZeroTarget;
  if (fault == "NEGATIVE_TARGET") return PhraseCode::kNegativeTarget;
  if (fault == "RANGE_INVALID") return PhraseCode::kRangeInvalid;
  if (fault == "ZERO_REALIZATION") return PhraseCode::kZeroRealization;
  return PhraseCode::kNegativeRealization;
}

Achievement Computed(const Context& context, const Subject& subject, const Resolved& target,
                     const Resolved& realization, Derivation steps) {
  FormulaInput input;
  input.formula = subject.formula;
  input.target = target.value->value;
  if (target.upper.has_value()) input.target_upper = target.upper->value;
  input.realization = realization.value->value;
  const FormulaResult computed = Apply(input);
  switch (computed.outcome) {
    case FormulaOutcome::kNotApplicable:
      return WithoutNumber(FigureState::kNotApplicable, std::move(steps), PhraseCode::kBothZero);
    case FormulaOutcome::kNotScored: {
      const FindingCode code = computed.fault == "ZERO_TARGET" ? FindingCode::kZeroTarget
                                                               : FindingCode::kFormulaNotApplicable;
      context.findings.Add(
          code, subject.code,
          {{absl::StrCat(ExactText(input.target), " ", target.value->unit), "target"},
           {absl::StrCat(ExactText(input.realization), " ", realization.value->unit),
            "realization"}},
          code == FindingCode::kZeroTarget ? "" : computed.fault);
      return WithoutNumber(FigureState::kNotScored, std::move(steps), FaultOf(computed.fault));
    }
    case FormulaOutcome::kValue:
      break;
  }
  return FromNumber(context, subject, input, computed, std::move(steps));
}

// The gravest first.
int Gravity(FigureState state) {
  switch (state) {
    case FigureState::kMissing:
      return 0;
    case FigureState::kNotScored:
      return 1;
    case FigureState::kNotDue:
      return 2;
    default:
      return 3;
  }
}

std::string MeanExpression(const std::vector<const Part*>& parts, bool weighted) {
  std::string sum;
  for (const Part* part : parts) {
    const std::string value = ExactText(*part->achievement->figure.exact);
    absl::StrAppend(&sum, sum.empty() ? "" : " + ",
                    weighted ? absl::StrCat(ExactText(part->weight), " x ", value) : value);
  }
  return sum;
}

}  // namespace

Achievement Achieve(const Context& context, const Subject& subject, const Resolved& target,
                    const Resolved& realization) {
  Derivation steps = target.steps;
  if (target.outcome == Outcome::kNotApplicable) {
    return WithoutNumber(FigureState::kNotApplicable, std::move(steps), PhraseCode::kSeeTarget);
  }
  if (target.outcome == Outcome::kNotDue) {
    return WithoutNumber(FigureState::kNotDue, std::move(steps), PhraseCode::kNoTargetInPeriod);
  }
  steps.Append(realization.steps);
  switch (realization.outcome) {
    case Outcome::kNotApplicable:
      return WithoutNumber(FigureState::kNotApplicable, std::move(steps),
                           PhraseCode::kSeeRealization);
    case Outcome::kNotScored:
      return WithoutNumber(FigureState::kNotScored, std::move(steps), PhraseCode::kSeeFindings);
    case Outcome::kNotDue:
      return WithoutNumber(FigureState::kNotDue, std::move(steps), PhraseCode::kNothingDue);
    case Outcome::kMissing:
      return Missing(context, subject, std::move(steps));
    case Outcome::kValue:
      return Computed(context, subject, target, realization, std::move(steps));
  }
  return Missing(context, subject, std::move(steps));
}

Achievement Mean(const Context& context, absl::string_view subject,
                 const std::vector<Part>& parts) {
  std::vector<const Part*> numbers;
  FigureState state = FigureState::kNotApplicable;
  bool met = true, weighted = false, all_missing = true;
  Rational sum, weights;
  for (const Part& part : parts) {
    const Figure& figure = part.achievement->figure;
    if (!figure.exact.has_value()) {
      if (Gravity(figure.state) < Gravity(state)) state = figure.state;
      met = met && Gravity(figure.state) > Gravity(FigureState::kNotScored);
      continue;
    }
    numbers.push_back(&part);
    met = met && part.achievement->met;
    all_missing = all_missing && figure.state == FigureState::kMissing;
    weighted = weighted || part.weight != Rational(1);
    sum = sum + part.weight * *figure.exact;
    weights = weights + part.weight;
  }
  // Planning takes no weight of 0; should one come from elsewhere, there is no mean.
  if (numbers.empty() || weights.is_zero()) {
    return WithoutNumber(
        numbers.empty() ? state : FigureState::kNotScored, context.NewDerivation(),
        numbers.empty() ? PhraseCode::kNoPartHasNumber : PhraseCode::kWeightsAddUpToZero);
  }
  Achievement result;
  result.derivation = context.NewDerivation();
  const Rational mean = *Divide(sum, weights);
  result.met = met;
  result.figure = {all_missing ? FigureState::kMissing : NumberState(mean, context.closed()), mean,
                   ""};
  result.derivation.Add([&] {
    return Step{
        Step::Kind::kMean,
        "achievement",
        absl::StrCat("(", MeanExpression(numbers, weighted), ") / ", ExactText(weights)),
        ExactText(mean),
        "%",
        "",
        0,
        {PhraseCode::kPartsWithNumber, {absl::StrCat(numbers.size()), absl::StrCat(parts.size())}}};
  });
  Finish(context, subject, result);
  result.unclamped = result.figure;
  return result;
}

}  // namespace sakip::scoring
