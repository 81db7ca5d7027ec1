#include "services/scoring/domain/comparison.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/plan/plan_index.h"
#include "services/scoring/domain/figure.h"
#include "services/scoring/domain/reached.h"
#include "services/scoring/domain/warning.h"

namespace sakip::scoring {
namespace {

std::vector<YearComparison> CompareYears(const ScoredPeriod& now, const std::string& code,
                                         const std::vector<const ScoredPeriod*>& before) {
  std::vector<YearComparison> years;
  for (const ScoredPeriod* earlier : before) {
    const IndicatorScore* score = earlier->Find(code);
    if (score == nullptr) continue;
    years.push_back({earlier->year(), score->year.target, score->year.realization,
                     score->year.achievement, !SameDefinition(now, *earlier, code),
                     earlier->IsWholeYear(code)});
  }
  return years;
}

bool LowerIsBetter(Formula formula) {
  return formula == Formula::kNegative || formula == Formula::kInverse;
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
  const auto reached =
      ReachedOf(now.policy(), score.formula, target.target, realized, now.closed());
  if (!reached.has_value()) {
    target.reached = NoNumber(FigureState::kNotScored);
    return;
  }
  target.met = reached->met;
  target.reached = reached->figure;
  const int years_left = target.year - now.year();
  if (!target.met && years_left > 0) {
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
    path.push_back(
        {quarter, score->to_date.target, score->to_date.realization, score->to_date.achievement});
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
