#include "services/scoring/domain/share.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/exact/rounding.h"
#include "services/scoring/domain/formula.h"
#include "services/scoring/domain/indicator.h"

namespace sakip::scoring {
namespace {

using Outcome = Resolved::Outcome;

// The children of a share, counted by what became of them.
struct Tally {
  explicit Tally(const Context& context) : steps(context.NewDerivation()) {}

  Derivation steps;
  int64_t met = 0;
  int64_t counted = 0;   // Due and not declared not applicable.
  int64_t reported = 0;  // Of those, not missing.
  int64_t missing = 0;
  bool any_not_due = false;

  void Add(const std::string& code, const Achievement& achievement) {
    const Figure& figure = achievement.figure;
    any_not_due = any_not_due || figure.state == FigureState::kNotDue;
    if (figure.state == FigureState::kNotDue || figure.state == FigureState::kNotApplicable) return;
    ++counted;
    met += achievement.met ? 1 : 0;
    const bool is_missing = figure.state == FigureState::kMissing;
    ++(is_missing ? missing : reported);
    steps.Add([&] {
      return ChildStep(code, figure.exact.has_value() ? absl::StrCat(figure.printed, " %") : "",
                       achievement.met, is_missing ? PhraseCode::kMissing : PhraseCode::kNone);
    });
  }

  // Nothing can be known about a child that the plan lacks or that is a share itself (a share of
  // shares has no end); it counts as not met.
  void AddUnknown(const std::string& code) {
    ++counted;
    steps.Add([&] { return ChildStep(code, "", /*is_met=*/false, PhraseCode::kUnknownChild); });
  }

  // `figure` is empty where it is no number.
  static Step ChildStep(const std::string& code, std::string figure, bool is_met, PhraseCode note) {
    const PhraseCode words = figure.empty() ? PhraseCode::kNoNumber : PhraseCode::kNone;
    return {Step::Kind::kInput,
            "child",
            std::move(figure),
            is_met ? "met" : "not met",
            "",
            absl::StrCat("indicator ", code),
            0,
            note,
            words};
  }

  // `3 / 4 x 100`.
  std::string Expression() const { return absl::StrCat(met, " / ", counted, " x 100"); }
};

Share ToShare(const Indicator& indicator, Tally tally) {
  Share result;
  result.steps = std::move(tally.steps);
  if (tally.reported == 0 && (tally.missing > 0 || indicator.children.empty())) return result;
  if (tally.counted == 0) {
    result.outcome = tally.any_not_due ? Outcome::kNotDue : Outcome::kNotApplicable;
    return result;
  }
  const Rational share = *Divide(Rational(tally.met), Rational(tally.counted)) * Rational(100);
  result.outcome = Outcome::kValue;
  result.value = Quantity{share, indicator.target.unit};
  result.expression = tally.Expression();
  result.steps.Add([&] {
    return Step{Step::Kind::kAggregation,
                "realization",
                result.expression,
                ExactText(share),
                indicator.target.unit,
                "",
                0,
                {PhraseCode::kTargetsMet, {absl::StrCat(tally.met), absl::StrCat(tally.counted)}}};
  });
  return result;
}

}  // namespace

Shares SharesMet(const Context& context, const Indicator& indicator) {
  Tally to_date(context), of_year(context);
  const Context figures = context.FiguresOnly();
  std::set<std::string> seen;
  for (const std::string& code : indicator.children) {
    if (!seen.insert(code).second) continue;
    const auto it = context.plan.indicators.find(code);
    if (it == context.plan.indicators.end() ||
        context.FormulaOf(*it->second) == Formula::kShareMet) {
      to_date.AddUnknown(code);
      of_year.AddUnknown(code);
      continue;
    }
    const IndicatorScore child = ScoreIndicator(figures, context.plan.levels.at(code), *it->second);
    to_date.Add(code, child.to_date.achievement);
    of_year.Add(code, child.year.achievement);
  }
  return {ToShare(indicator, std::move(to_date)), ToShare(indicator, std::move(of_year))};
}

void CompareShare(const Context& context, const Subject& subject, const Indicator& indicator,
                  const Resolved& submitted, const Resolved& target, const Share& share) {
  if (!share.value.has_value() || !submitted.value.has_value()) return;
  if (share.value->value == submitted.value->value) return;
  Findings unheard;
  const Achievement named = Achieve(context.Aside(unheard).FiguresOnly(), subject, target, share);
  const exact::Rounding text = exact::RoundHonestly(share.value->value, context.policy.digits, {},
                                                    /*missed=*/true);
  context.findings.Add(
      FindingCode::kShareNotAsNamed, indicator.code,
      {{absl::StrCat(ExactText(submitted.value->value), " ", indicator.target.unit), "submitted"},
       {absl::StrCat(text.text, " ", indicator.target.unit),
        Location(context.plan.plan->ref.Versioned(),
                 absl::StrCat("indicators[", indicator.code, "].children"))}},
      named.figure.exact.has_value()
          ? absl::StrCat(share.expression, ", ", named.figure.printed, " % (", named.rating, ")")
          : share.expression);
}

}  // namespace sakip::scoring
