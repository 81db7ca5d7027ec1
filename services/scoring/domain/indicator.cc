#include "services/scoring/domain/indicator.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/plan/quarters.h"
#include "services/scoring/domain/achievement.h"
#include "services/scoring/domain/formula.h"
#include "services/scoring/domain/share.h"
#include "services/scoring/domain/values.h"

namespace sakip::scoring {
namespace {

using Outcome = Resolved::Outcome;

// A realization that was measured by the plan of the quarter says nothing about a target of the
// year in another unit.
Resolved InUnitOf(const Context& context, const std::string& code, const Resolved& target,
                  Resolved realization) {
  if (!target.value.has_value() || !realization.value.has_value() ||
      SameUnit(target.value->unit, realization.value->unit)) {
    return realization;
  }
  context.findings.Add(
      FindingCode::kYearUnitDiffers, code,
      {{absl::StrCat(ExactText(realization.value->value), " ", realization.value->unit),
        context.plan.plan->ref.Versioned()},
       {absl::StrCat(ExactText(target.value->value), " ", target.value->unit),
        LocationOfTarget(*context.year_plan.plan, code)}});
  realization.outcome = Outcome::kNotScored;
  realization.steps.Add([] {
    return StateStep("realization", PhraseCode::kNotScored, PhraseCode::kOtherUnitThanYear);
  });
  return realization;
}

PeriodScore ScorePeriod(const Context& context, const Subject& subject, const Resolved& target,
                        const Resolved& realization) {
  PeriodScore score;
  score.target = target.value;
  score.target_upper = target.upper;
  score.realization = realization.value;
  score.counts = realization.counts;
  score.achievement = Achieve(context, subject, target, realization);
  return score;
}

// The target that the indicator alone had in `quarter`, if any, and where it stands.
std::optional<FindingFigure> DueIn(const Context& context, const Indicator& indicator,
                                   int quarter) {
  const ActionLine* line = context.actions.Find(indicator.code);
  if (line == nullptr || line->quarters.empty()) {
    if (quarter != kQuarters) return std::nullopt;
    return FindingFigure{Text(indicator.target),
                         LocationOfTarget(*context.plan.plan, indicator.code)};
  }
  const auto it = line->quarters.find(quarter);
  if (it == line->quarters.end()) return std::nullopt;
  return FindingFigure{
      Text(it->second),
      Location(context.actions.plan->ref.Versioned(),
               absl::StrCat("lines[", indicator.code, "].quarters[", quarter, "].target"))};
}

// True where a value of `quarter` stands for the quarters before it as well.
bool StandsForEarlier(const Indicator& indicator, const Entry& entry) {
  return entry.year_to_date() || indicator.time_aggregation == TimeAggregation::kLast ||
         indicator.time_aggregation == TimeAggregation::kConstant;
}

// The value to date rests on other quarters than those that were due: one was left out by its
// submission, or has none and is closed. The latest such quarter is named.
void NoteNotReported(const Context& context, const Indicator& indicator,
                     const std::vector<Entry>& submitted, const Resolved& realization) {
  if (realization.outcome != Outcome::kValue) return;
  auto entry = submitted.rbegin();
  for (int quarter = context.period.quarter; quarter >= 1; --quarter) {
    if (entry != submitted.rend() && entry->quarter == quarter) {
      if (StandsForEarlier(indicator, *entry++)) return;
      continue;
    }
    if (!context.submissions.by_quarter.contains(quarter) &&
        !context.submissions.closed_quarters.contains(quarter)) {
      continue;
    }
    const std::optional<FindingFigure> due = DueIn(context, indicator, quarter);
    if (!due.has_value()) continue;
    context.findings.Add(FindingCode::kQuarterNotReported, indicator.code, {*due},
                         absl::StrCat("TW ", quarter));
    return;
  }
}

// Only where the next quarter asks for more than this one did: a constant target that is passed
// says nothing about the next.
void NoteNextTargetPassed(const Context& context, const Indicator& indicator,
                          const PeriodScore& to_date) {
  const int next = context.period.quarter + 1;
  const ActionLine* line = context.actions.Find(indicator.code);
  if (line == nullptr || !line->quarters.contains(next) || !to_date.realization.has_value()) return;
  std::vector<QuarterValue> targets;
  for (const auto& [quarter, target] : line->quarters) {
    if (!SameUnit(target.unit, indicator.target.unit)) return;
    if (quarter <= next) targets.push_back({quarter, Rational(target.value)});
  }
  const Rational through_next = *Combine(indicator.time_aggregation, targets);
  if (to_date.realization->value <= through_next) return;
  if (to_date.target.has_value() && through_next <= to_date.target->value) return;
  context.findings.Add(
      FindingCode::kNextTargetPassed, indicator.code,
      {{absl::StrCat(ExactText(to_date.realization->value), " ", indicator.target.unit),
        "realization"},
       {absl::StrCat(ExactText(through_next), " ", indicator.target.unit),
        Location(context.actions.plan->ref.Versioned(),
                 absl::StrCat("lines[", indicator.code, "].quarters[", next, "].target"))}});
}

// Before the year's end the year's target is due only where something was due or submitted so far.
Resolved YearTarget(const Context& context, const Indicator& indicator, const Resolved& to_date,
                    const Resolved& realization) {
  Resolved target = TargetOfYear(context, indicator.code);
  const bool nothing_yet =
      to_date.outcome == Outcome::kNotDue && realization.outcome == Outcome::kMissing;
  if (target.outcome == Outcome::kValue && nothing_yet) target.outcome = Outcome::kNotDue;
  return target;
}

}  // namespace

IndicatorScore ScoreIndicator(const Context& context, Level level, const Indicator& indicator) {
  IndicatorScore score;
  score.code = indicator.code;
  score.name = indicator.name;
  score.formula = context.FormulaOf(indicator);
  score.time_aggregation = indicator.time_aggregation;
  if (indicator.weight.has_value()) score.weight = Rational(*indicator.weight);

  const Subject subject{indicator.code, level, score.formula};
  const bool is_share = score.formula == Formula::kShareMet;
  const std::vector<Entry> entries = SubmittedValues(context, indicator.code);
  const Resolved submitted = RealizedToDate(context, indicator, entries);
  const bool computed_share = is_share && submitted.outcome == Outcome::kMissing;
  const Shares shares = is_share ? SharesMet(context, indicator) : Shares();

  const Resolved target = TargetToDate(context, indicator);
  score.to_date =
      ScorePeriod(context, subject, target, computed_share ? shares.to_date : submitted);

  const Resolved& realization = computed_share ? shares.of_year : submitted;
  const Resolved year_target = YearTarget(context, indicator, target, realization);
  score.year = ScorePeriod(context, subject, year_target,
                           InUnitOf(context, indicator.code, year_target, realization));
  if (is_share && !computed_share) {
    // Before the fourth quarter a share is that of the targets to date.
    const bool of_year = context.period.quarter == kQuarters;
    CompareShare(context, subject, indicator, submitted, of_year ? year_target : target,
                 of_year ? shares.of_year : shares.to_date);
  }

  NoteNotReported(context, indicator, entries, submitted);
  NoteNextTargetPassed(context, indicator, score.to_date);
  if (!entries.empty()) score.narrative = entries.back().value->narrative;
  return score;
}

std::vector<IndicatorScore> ScoreIndicators(const Context& context, Level level,
                                            const std::vector<Indicator>& indicators) {
  std::vector<IndicatorScore> scores;
  scores.reserve(indicators.size());
  for (const Indicator& indicator : indicators) {
    scores.push_back(ScoreIndicator(context, level, indicator));
  }
  return scores;
}

}  // namespace sakip::scoring
