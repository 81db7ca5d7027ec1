#include "services/scoring/domain/submitted.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/scoring/domain/formula.h"

namespace sakip::scoring {
namespace {

using Kind = RealizedIndicator::Kind;

// What must not fall of a value: the counts of a quotient where they add up, else the value itself.
std::vector<Rational> Amounts(TimeAggregation aggregation, const RealizedIndicator& value) {
  if (value.kind != Kind::kRatio) return {Rational(value.value)};
  const Rational numerator(value.numerator), denominator(value.denominator);
  if (aggregation == TimeAggregation::kSum) return {numerator, denominator};
  const auto quotient = Divide(numerator, denominator);
  return quotient.ok() ? std::vector<Rational>{*quotient * Rational(100)} : std::vector<Rational>{};
}

bool AnyLess(const std::vector<Rational>& a, const std::vector<Rational>& b) {
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i] < b[i]) return true;
  }
  return false;
}

// What is to date after `now`, given that `before` was.
std::vector<Rational> Advanced(TimeAggregation aggregation, const std::vector<Rational>& before,
                               std::vector<Rational> now, bool year_to_date) {
  if (year_to_date) return now;
  for (size_t i = 0; i < now.size(); ++i) {
    if (aggregation == TimeAggregation::kSum) now[i] = now[i] + before[i];
    if (aggregation == TimeAggregation::kMax) now[i] = std::max(now[i], before[i]);
  }
  return now;
}

bool MustNotFall(const Context& context, const Indicator& indicator) {
  if (indicator.may_fall) return false;
  const TimeAggregation aggregation = indicator.time_aggregation;
  if (aggregation == TimeAggregation::kSum || aggregation == TimeAggregation::kMax) return true;
  return aggregation == TimeAggregation::kLast &&
         context.FormulaOf(indicator) == Formula::kPositive;
}

}  // namespace

std::vector<Entry> SubmittedValues(const Context& context, const std::string& code) {
  std::vector<Entry> entries;
  entries.reserve(context.submissions.by_quarter.size());
  for (const auto& [quarter, submission] : context.submissions.by_quarter) {
    if (quarter > context.period.quarter) break;
    const auto it = submission.indicators.find(code);
    if (it != submission.indicators.end()) entries.push_back({quarter, &submission, &it->second});
  }
  return entries;
}

std::string ValueText(const RealizedIndicator& value) {
  if (value.kind == Kind::kRatio) {
    return absl::StrCat(value.numerator.ToString(), " / ", value.denominator.ToString());
  }
  return value.value.ToString();
}

std::string UnitOf(const RealizedIndicator& value) {
  return value.unit.empty() && value.kind != Kind::kQuantity ? "%" : value.unit;
}

bool IsNotApplicable(const Entry& entry) { return entry.value->kind == Kind::kNotApplicable; }

FindingFigure Where(const Entry& entry, const std::string& code) {
  return {absl::StrCat(ValueText(*entry.value), " ", UnitOf(*entry.value)),
          Location(entry.submission->Versioned(), absl::StrCat("indicators[", code, "]"))};
}

void NoteFall(const Context& context, const Indicator& indicator,
              const std::vector<Entry>& entries) {
  if (!MustNotFall(context, indicator)) return;
  const TimeAggregation aggregation = indicator.time_aggregation;
  const bool last = aggregation == TimeAggregation::kLast;
  const Entry* before = nullptr;
  std::vector<Rational> to_date;
  for (const Entry& entry : entries) {
    if (IsNotApplicable(entry)) continue;
    std::vector<Rational> amounts = Amounts(aggregation, *entry.value);
    // A change of unit or of the kind of value starts anew.
    const bool comparable = before != nullptr && amounts.size() == to_date.size() &&
                            SameUnit(UnitOf(*entry.value), UnitOf(*before->value));
    if (comparable && (last || entry.year_to_date()) && AnyLess(amounts, to_date)) {
      context.findings.Add(
          FindingCode::kYearToDateFalls, indicator.code,
          {Where(entry, indicator.code),
           {absl::StrCat(absl::StrJoin(to_date, " / ",
                                       [](std::string* out, const Rational& amount) {
                                         absl::StrAppend(out, ExactText(amount));
                                       }),
                         " ", UnitOf(*before->value)),
            Location(before->submission->Versioned(),
                     absl::StrCat("indicators[", indicator.code, "]"))}});
    }
    to_date = comparable ? Advanced(aggregation, to_date, std::move(amounts), entry.year_to_date())
                         : std::move(amounts);
    before = &entry;
  }
}

void NoteQuality(const Context& context, const Indicator& indicator,
                 const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) {
    const RealizedIndicator& value = *entry.value;
    if (indicator.is_ratio && value.kind != Kind::kRatio) {
      context.findings.Add(FindingCode::kNotReproducible, indicator.code,
                           {Where(entry, indicator.code)});
    }
    if (value.kind == Kind::kRatio && value.numerator > value.denominator) {
      context.findings.Add(FindingCode::kNumeratorAboveDenominator, indicator.code,
                           {Where(entry, indicator.code)});
    }
  }
}

}  // namespace sakip::scoring
