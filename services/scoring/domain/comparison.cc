#include "services/scoring/domain/comparison.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/plan/plan_index.h"
#include "services/scoring/domain/figure.h"
#include "services/scoring/domain/formula.h"
#include "services/scoring/domain/own_policy.h"
#include "services/scoring/domain/plans_in_force.h"
#include "services/scoring/domain/score.h"
#include "services/scoring/domain/unread.h"
#include "services/scoring/domain/warning.h"

namespace sakip::scoring {
namespace {

// A year scored at the end of a quarter, with what its key indicators are defined as.
class ScoredPeriod {
 public:
  ScoredPeriod(const YearFacts& facts, int quarter) : facts_(facts) {
    const Period period{facts.year, quarter};
    plans_ = FindPlans(*facts.plans, *facts.submissions, period);
    if (!plans_.has_value() ||
        !UnreadThatMatter(*facts.plans, *facts.submissions, period).empty()) {
      return;
    }
    policy_ = facts.policy != nullptr ? facts.policy
                                      : &OwnPolicy(*facts.plans, *facts.submissions, period);
    card_ = Score(*facts.plans, *facts.submissions, *policy_, period);
    for (const ObjectiveScore& objective : card_->objectives) {
      for (const IndicatorScore& indicator : objective.indicators) {
        scores_[indicator.code] = &indicator;
      }
    }
    for (const Objective& objective : plans_->plan->objectives) {
      for (const Indicator& indicator : objective.indicators) {
        definitions_[indicator.code] = &indicator;
      }
    }
  }
  ScoredPeriod(const ScoredPeriod&) = delete;
  ScoredPeriod& operator=(const ScoredPeriod&) = delete;

  int year() const { return facts_.year; }
  const Policy& policy() const { return *policy_; }
  bool scored() const { return card_.has_value(); }
  bool closed() const {
    return facts_.submissions->closed_quarters.contains(card_->period.quarter);
  }
  const PlansInForce& plans() const { return *plans_; }

  // True where the realization is that of a whole year: the fourth quarter is closed, or has what
  // the realization is computed from.
  bool IsWholeYear(const std::string& code) const {
    if (card_->period.quarter != kQuarters) return false;
    if (closed()) return true;
    const auto last = facts_.submissions->by_quarter.find(kQuarters);
    if (last == facts_.submissions->by_quarter.end()) return false;
    const auto submitted = [&](const std::string& c) {
      return last->second.indicators.contains(c);
    };
    const std::vector<std::string>& children = DefinitionOf(code).children;
    return submitted(code) ||
           (!children.empty() && std::all_of(children.begin(), children.end(), submitted));
  }

  // Nullptr where the plan has no such key indicator.
  const IndicatorScore* Find(const std::string& code) const {
    const auto it = scores_.find(code);
    return it == scores_.end() ? nullptr : it->second;
  }
  const Indicator& DefinitionOf(const std::string& code) const { return *definitions_.at(code); }

 private:
  const YearFacts facts_;
  const Policy* policy_ = nullptr;  // Set where it is scored.
  std::optional<PlansInForce> plans_;
  std::optional<Scorecard> card_;
  std::map<std::string, const IndicatorScore*> scores_;
  std::map<std::string, const Indicator*> definitions_;
};

Achievement WithoutDerivation(Achievement achievement) {
  achievement.derivation.clear();
  return achievement;
}

bool SameDefinition(const IndicatorScore& score, const Indicator& indicator,
                    const IndicatorScore& other_score, const Indicator& other) {
  return score.formula == other_score.formula &&
         score.time_aggregation == other_score.time_aggregation &&
         plan::SameUnit(indicator.target.unit, other.target.unit) &&
         indicator.is_ratio == other.is_ratio && indicator.ratio == other.ratio;
}

std::vector<YearComparison> CompareYears(const ScoredPeriod& now, const std::string& code,
                                         const std::vector<const ScoredPeriod*>& before) {
  std::vector<YearComparison> years;
  for (const ScoredPeriod* earlier : before) {
    const IndicatorScore* score = earlier->Find(code);
    if (score == nullptr) continue;
    years.push_back({earlier->year(), score->year.target, score->year.realization,
                     WithoutDerivation(score->year.achievement),
                     !SameDefinition(*now.Find(code), now.DefinitionOf(code), *score,
                                     earlier->DefinitionOf(code)),
                     earlier->IsWholeYear(code)});
  }
  return years;
}

bool LowerIsBetter(Formula formula) {
  return formula == Formula::kNegative || formula == Formula::kInverse;
}

bool IsRange(Formula formula) {
  return formula == Formula::kRange || formula == Formula::kRangeNegative;
}

// How `realized` stands to `other`.
Standing StandingTo(const Rational& realized, const Rational& other, Formula formula) {
  const Rational change = realized - other;
  if (change.is_zero()) return Standing::kSame;
  return change.is_negative() == LowerIsBetter(formula) ? Standing::kBetter : Standing::kWorse;
}

Standing TrendOf(const ScoredPeriod& now, const IndicatorScore& score,
                 const std::vector<YearComparison>& years) {
  if (years.empty() || years.back().year != now.year() - 1) return Standing::kUnknown;
  const YearComparison& last = years.back();
  if (!now.IsWholeYear(score.code) || !last.whole || last.definition_changed ||
      IsRange(score.formula) || !last.realization.has_value() ||
      !score.year.realization.has_value()) {
    return Standing::kUnknown;
  }
  return StandingTo(score.year.realization->value, last.realization->value, score.formula);
}

std::vector<ReferenceComparison> CompareReferences(const IndicatorScore& score,
                                                   const std::vector<ReferenceValue>& references,
                                                   bool whole_year) {
  std::vector<ReferenceComparison> comparisons;
  for (const ReferenceValue& reference : references) {
    if (reference.indicator_code != score.code) continue;
    ReferenceComparison& comparison = comparisons.emplace_back();
    comparison.national = reference.national;
    comparison.value = reference.value;
    comparison.source = reference.source;
    comparison.name = reference.name;
    comparison.log_position = reference.log_position;
    const std::optional<Quantity>& realized = score.year.realization;
    if (!whole_year || !realized.has_value() || IsRange(score.formula) ||
        !plan::SameUnit(realized->unit, reference.value.unit)) {
      continue;
    }
    comparison.standing = StandingTo(realized->value, reference.value.value, score.formula);
  }
  return comparisons;
}

// What the realization is of the target, where they compare.
void Reach(const ScoredPeriod& now, const IndicatorScore& score, FinalTarget& target) {
  target.reached = NoNumber(FigureState::kMissing);
  if (!score.year.realization.has_value()) return;
  if (!now.IsWholeYear(score.code)) {
    target.reached = NoNumber(FigureState::kNotDue);
    return;
  }
  const Quantity& realized = *score.year.realization;
  const bool comparable =
      !IsRange(score.formula) && plan::SameUnit(realized.unit, target.target.unit);
  FormulaResult result;
  if (comparable)
    result = Apply({score.formula, target.target.value, std::nullopt, realized.value});
  if (result.outcome != FormulaOutcome::kValue) {
    target.reached = NoNumber(FigureState::kNotScored);
    return;
  }
  target.met = result.met;
  target.reached = {NumberState(result.percent, now.closed()), result.percent, ""};
  Derivation unread;
  PrintFigure({now.policy(), /*rated=*/false, !result.met}, "reached", target.reached, unread);
  const int years_left = target.year - now.year();
  if (!result.met && years_left > 0) {
    target.pace = *Divide(target.target.value - realized.value, Rational(years_left));
  }
}

std::optional<FinalTarget> CompareFinal(const ScoredPeriod& now, const IndicatorScore& score) {
  const StrategicPlan* strategic = now.plans().strategic_plan;
  if (strategic == nullptr) return std::nullopt;
  const auto targets = strategic->targets.find(score.code);
  if (targets == strategic->targets.end() || targets->second.empty()) return std::nullopt;
  const auto& [year, measure] = *targets->second.rbegin();
  FinalTarget target;
  target.year = year;
  target.target = {Rational(measure.value), measure.unit};
  target.source = plan::Location(strategic->ref.Versioned(),
                                 absl::StrCat("indicators[", score.code, "].targets[", year, "]"));
  target.log_position = strategic->ref.log_position;
  Reach(now, score, target);
  return target;
}

std::vector<QuarterComparison> CompareQuarters(const std::map<int, ScoredPeriod>& quarters,
                                               const std::string& code) {
  std::vector<QuarterComparison> path;
  for (const auto& [quarter, period] : quarters) {
    const IndicatorScore* score = period.Find(code);
    if (score == nullptr) continue;
    path.push_back({quarter, score->to_date.target, score->to_date.realization,
                    WithoutDerivation(score->to_date.achievement)});
  }
  return path;
}

}  // namespace

Comparisons CompareKeyIndicators(const YearFacts& now, const std::vector<YearFacts>& before,
                                 const std::vector<ReferenceValue>& references, int quarter) {
  Comparisons comparisons;
  // A scored period is not moved: it points into itself.
  std::map<int, ScoredPeriod> quarters, years;
  for (int q = 1; q <= quarter; ++q) quarters.try_emplace(q, now, q);
  const ScoredPeriod& latest = quarters.at(quarter);
  if (!latest.scored()) return comparisons;
  std::vector<const ScoredPeriod*> earlier;
  for (const YearFacts& facts : before) {
    earlier.push_back(&years.try_emplace(facts.year, facts, kQuarters).first->second);
  }
  Findings warnings;
  for (const Objective& objective : latest.plans().plan->objectives) {
    for (const Indicator& indicator : objective.indicators) {
      const IndicatorScore& score = *latest.Find(indicator.code);
      const bool whole = latest.IsWholeYear(indicator.code);
      IndicatorComparison& comparison = comparisons.indicators.emplace_back();
      comparison.code = indicator.code;
      comparison.years = CompareYears(latest, indicator.code, earlier);
      comparison.final_target = CompareFinal(latest, score);
      comparison.references = CompareReferences(score, references, whole);
      comparison.trend = TrendOf(latest, score, comparison.years);
      comparison.quarters = CompareQuarters(quarters, indicator.code);
      NoteWarnings({now.year, quarter}, whole, score, comparison, warnings);
    }
  }
  comparisons.warnings = std::move(warnings).Take();
  return comparisons;
}

}  // namespace sakip::scoring
