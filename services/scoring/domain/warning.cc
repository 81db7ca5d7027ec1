#include "services/scoring/domain/warning.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/scoring/domain/formula.h"

namespace sakip::scoring {
namespace {

FindingFigure Shown(const Quantity& quantity, std::string location) {
  return {absl::StrCat(ExactText(quantity.value), " ", quantity.unit), std::move(location)};
}

std::string InYear(int year) { return absl::StrCat("realization of ", year); }

void NoteBehindTarget(const IndicatorScore& score, Findings& findings) {
  const PeriodScore& to_date = score.to_date;
  if (!to_date.target.has_value() || !to_date.realization.has_value()) return;
  if (!to_date.achievement.figure.exact.has_value() || to_date.achievement.met) return;
  findings.Add(FindingCode::kBehindTarget, score.code,
               {Shown(*to_date.realization, "realization through the quarter"),
                Shown(*to_date.target, "target through the quarter")});
}

// The years whose realization compares with this one's.
std::vector<const YearComparison*> Comparable(const IndicatorComparison& comparison) {
  std::vector<const YearComparison*> years;
  for (const YearComparison& year : comparison.years) {
    if (year.whole && !year.definition_changed && year.realization.has_value())
      years.push_back(&year);
  }
  return years;
}

void NoteOutlier(const IndicatorScore& score, const Quantity& now,
                 const std::vector<const YearComparison*>& years, Findings& findings) {
  if (years.empty()) return;
  std::vector<FindingFigure> figures = {Shown(now, "realization")};
  bool all_greater = true, all_smaller = true;
  for (const YearComparison* year : years) {
    const Rational then = year->realization->value, two(2);
    all_greater = all_greater && now.value > then * two;
    all_smaller = all_smaller && now.value * two < then;
    figures.push_back(Shown(*year->realization, InYear(year->year)));
  }
  if (!all_greater && !all_smaller) return;
  findings.Add(FindingCode::kOutlierAgainstYears, score.code, std::move(figures));
}

void NotePace(int year, const IndicatorScore& score, const Quantity& now,
              const IndicatorComparison& comparison,
              const std::vector<const YearComparison*>& years, Findings& findings) {
  if (!comparison.final_target.has_value() || !comparison.final_target->pace.has_value()) return;
  if (years.empty() || years.back()->year != year - 1) return;
  const Rational pace = *comparison.final_target->pace;
  const Rational gained = now.value - years.back()->realization->value;
  // Where lower is better both are negative where they go the right way.
  const bool enough = pace.is_negative() ? gained <= pace : gained >= pace;
  if (enough) return;
  findings.Add(FindingCode::kFinalTargetBeyondPace, score.code,
               {Shown({pace, now.unit}, comparison.final_target->source),
                Shown({gained, now.unit}, absl::StrCat("change since ", year - 1))});
}

void NoteWorse(int year, const IndicatorScore& score, const Quantity& now,
               const IndicatorComparison& comparison, Findings& findings) {
  if (comparison.trend == Standing::kWorse) {
    findings.Add(
        FindingCode::kWorseThanYearBefore, score.code,
        {Shown(now, InYear(year)), Shown(*comparison.years.back().realization, InYear(year - 1))});
  }
  for (const ReferenceComparison& reference : comparison.references) {
    if (reference.standing != Standing::kWorse) continue;
    findings.Add(FindingCode::kWorseThanReference, score.code,
                 {Shown(now, InYear(year)), Shown(reference.value, reference.name)});
  }
}

}  // namespace

void NoteWarnings(Period period, bool whole_year, const IndicatorScore& score,
                  const IndicatorComparison& comparison, Findings& findings) {
  if (period.quarter < kQuarters) return NoteBehindTarget(score, findings);
  if (!whole_year || !score.year.realization.has_value()) return;
  const Quantity& now = *score.year.realization;
  const std::vector<const YearComparison*> years = Comparable(comparison);
  NoteOutlier(score, now, years, findings);
  NotePace(period.year, score, now, comparison, years, findings);
  NoteWorse(period.year, score, now, comparison, findings);
}

}  // namespace sakip::scoring
