// Realizations: what the submissions of the quarters say, combined.

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/plan/quarters.h"
#include "services/scoring/domain/counts.h"
#include "services/scoring/domain/formula.h"
#include "services/scoring/domain/submitted.h"
#include "services/scoring/domain/values.h"

namespace sakip::scoring {
namespace {

using Kind = RealizedIndicator::Kind;
using Outcome = Resolved::Outcome;

// Drops what was declared not applicable: to date with all before it, for a quarter alone only that
// quarter, so that the results of other quarters still count.
void DropNotApplicable(const std::string& code, std::vector<Entry>& entries, Derivation& steps) {
  for (size_t i = entries.size(); i-- > 0;) {
    if (!IsNotApplicable(entries[i]) || !entries[i].year_to_date()) continue;
    entries.erase(entries.begin(), entries.begin() + i);
    break;
  }
  for (const Entry& entry : entries) {
    if (!IsNotApplicable(entry)) continue;
    steps.Add([&] {
      Step step = StateStep("realization", PhraseCode::kDeclaredNotApplicable,
                            Phrase::Verbatim(entry.value->not_applicable_reason));
      step.source = Location(entry.submission->Versioned(), absl::StrCat("indicators[", code, "]"));
      step.log_position = entry.submission->log_position;
      return step;
    });
  }
  std::erase_if(entries, IsNotApplicable);
}

// Values by quarter that a later value to date stands for are not read at all: neither their unit
// nor their number counts any more. A mean only needs to know how many there were.
void DropSuperseded(TimeAggregation aggregation, std::vector<Entry>& entries) {
  for (size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].year_to_date()) entries[i].count = static_cast<int64_t>(i) + 1;
  }
  const bool only_last =
      aggregation == TimeAggregation::kLast || aggregation == TimeAggregation::kConstant;
  for (size_t i = entries.size(); i-- > 0;) {
    if (!only_last && !entries[i].year_to_date()) continue;
    entries.erase(entries.begin(), entries.begin() + i);
    return;
  }
}

Step InputStep(const Entry& entry, const std::string& code) {
  const std::string text = ValueText(*entry.value);
  return {Step::Kind::kInput,
          "realization",
          text,
          text,
          UnitOf(*entry.value),
          Where(entry, code).location,
          entry.submission->log_position,
          entry.year_to_date() ? PhraseCode::kYearToDate : PhraseCode::kNone};
}

Resolved NotScored(Resolved result, PhraseCode note) {
  result.outcome = Outcome::kNotScored;
  result.steps.Add([&] { return StateStep("realization", PhraseCode::kNotScored, note); });
  return result;
}

// Combines quotients from their numerators and denominators, never from percentages.
Resolved CombineRatios(const Context& context, const Indicator& indicator,
                       const std::vector<Entry>& entries, Resolved result) {
  std::vector<CountsAt> counts;
  for (const Entry& entry : entries) {
    counts.push_back({entry.quarter,
                      {Rational(entry.value->numerator), Rational(entry.value->denominator)},
                      entry.year_to_date()});
  }
  const Counts combined = CombineCounts(indicator.time_aggregation, counts);
  const auto quotient = Divide(combined.numerator, combined.denominator);
  if (!quotient.ok()) {
    context.findings.Add(FindingCode::kZeroDenominator, indicator.code,
                         {Where(entries.back(), indicator.code)});
    return NotScored(std::move(result), PhraseCode::kZeroDenominator);
  }
  result.outcome = Outcome::kValue;
  result.value = Quantity{*quotient * Rational(100), indicator.target.unit};
  result.counts = combined;
  result.steps.Add([&] {
    return Step{Step::Kind::kAggregation,
                "realization",
                QuotientText(indicator.time_aggregation, counts),
                ExactText(result.value->value),
                indicator.target.unit,
                "",
                0,
                PhraseCode::kRecomputedFromCounts};
  });
  return result;
}

Resolved CombineAmounts(const Context& context, const Indicator& indicator,
                        const std::vector<Entry>& entries, Resolved result) {
  std::vector<QuarterValue> values;
  for (const Entry& entry : entries) {
    const RealizedIndicator& value = *entry.value;
    Rational amount(value.value);
    if (value.kind == Kind::kRatio) {
      const auto quotient = Divide(Rational(value.numerator), Rational(value.denominator));
      if (!quotient.ok()) {
        context.findings.Add(FindingCode::kZeroDenominator, indicator.code,
                             {Where(entry, indicator.code)});
        return NotScored(std::move(result), PhraseCode::kZeroDenominator);
      }
      amount = *quotient * Rational(100);
      result.steps.Add([&] {
        return Step{Step::Kind::kFormula, "realization", absl::StrCat(ValueText(value), " x 100"),
                    ExactText(amount), indicator.target.unit};
      });
    }
    values.push_back({entry.quarter, std::move(amount), entry.year_to_date(), entry.count});
  }
  const Rational to_date = *Combine(indicator.time_aggregation, values);
  result.outcome = Outcome::kValue;
  if (values.size() > 1) {
    result.steps.Add([&] {
      return Step{Step::Kind::kAggregation,
                  "realization",
                  CombinedText(indicator.time_aggregation, values),
                  ExactText(to_date),
                  indicator.target.unit,
                  "",
                  0,
                  PhraseCode::kQuartersCombined};
    });
  }
  result.value = Quantity{to_date, indicator.target.unit};
  return result;
}

bool UnitsFit(const Context& context, const Indicator& indicator,
              const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) {
    if (SameUnit(UnitOf(*entry.value), indicator.target.unit)) continue;
    context.findings.Add(
        FindingCode::kUnitDiffers, indicator.code,
        {Where(entry, indicator.code),
         {Text(indicator.target), LocationOfTarget(*context.plan.plan, indicator.code)}});
    return false;
  }
  return true;
}

}  // namespace

Resolved RealizedToDate(const Context& context, const Indicator& indicator,
                        std::vector<Entry> entries) {
  Resolved result;
  result.steps = context.NewDerivation();
  if (entries.empty()) {
    result.steps.Add([] { return StateStep("realization", PhraseCode::kNotSubmitted); });
    return result;
  }
  NoteFall(context, indicator, entries);
  DropNotApplicable(indicator.code, entries, result.steps);
  if (entries.empty()) {
    result.outcome = Outcome::kNotApplicable;
    return result;
  }
  DropSuperseded(indicator.time_aggregation, entries);
  NoteQuality(context, indicator, entries);
  for (const Entry& entry : entries) {
    result.steps.Add([&] { return InputStep(entry, indicator.code); });
  }
  if (!UnitsFit(context, indicator, entries)) {
    return NotScored(std::move(result), PhraseCode::kOtherUnitThanPlan);
  }
  bool ratios = true;
  for (const Entry& entry : entries) ratios = ratios && entry.value->kind == Kind::kRatio;
  const bool compares = indicator.time_aggregation == TimeAggregation::kMax ||
                        indicator.time_aggregation == TimeAggregation::kMin;
  return ratios && !compares ? CombineRatios(context, indicator, entries, std::move(result))
                             : CombineAmounts(context, indicator, entries, std::move(result));
}

}  // namespace sakip::scoring
