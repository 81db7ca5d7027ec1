// What a reader sees of the cells of a form, as text, for tests.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_FORM_TESTING_TOLD_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_FORM_TESTING_TOLD_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/scoring/domain/form/renja_evaluation.h"
#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring::form {

inline std::string NameOf(CellState state) {
  constexpr const char* kNames[] = {"PLANNED", "ZERO",           "PROVISIONAL",  "FINAL",
                                    "PARTIAL", "NOT_PLANNED",    "NOT_RECORDED", "NOT_DUE",
                                    "MISSING", "NOT_APPLICABLE", "NOT_SCORED",   "IN_FIRST_ROW"};
  return kNames[static_cast<int>(state)];
}

// `FINAL 150 orang of 2022,2023 without 2021 NOT_RECORDED`, `PROVISIONAL 3 orang from TW 2`.
inline std::string Told(const Amount& amount) {
  std::string text = NameOf(amount.state);
  if (amount.value.has_value()) {
    absl::StrAppend(&text, " ", ExactText(amount.value->value), " ", amount.value->unit);
  }
  if (amount.from_quarter > 0) absl::StrAppend(&text, " from TW ", amount.from_quarter);
  if (!amount.years.empty()) absl::StrAppend(&text, " of ", absl::StrJoin(amount.years, ","));
  for (const YearState& year : amount.uncounted) {
    absl::StrAppend(&text, " without ", year.year, " ", NameOf(year.state));
  }
  return text;
}

// `FINAL 99.78 missed`, `NOT_PLANNED`.
inline std::string Told(const Degree& degree) {
  std::string text = NameOf(degree.state);
  if (!degree.figure.has_value()) return text;
  return absl::StrCat(text, " ", degree.figure->printed, degree.met ? " met" : " missed");
}

// `FINAL 94.12 ST`.
inline std::string Told(const Rating& rating) {
  std::string text = NameOf(rating.degree.state);
  if (!rating.degree.figure.has_value()) return text;
  return absl::StrCat(text, " ", rating.degree.figure->printed, " ", rating.rating);
}

inline YearFacts Of(const testing::Facts& facts) {
  return {facts.plans.annual_plans.front().year, &facts.plans, &facts.submissions, &facts.policy};
}

// The first row of an indicator, or of a node without any. Requires that there is one.
inline const Row& RowOf(const RenjaEvaluation& evaluation, absl::string_view code) {
  const Row* found = nullptr;
  for (const Row& row : evaluation.rows) {
    const std::string& own = row.indicator.has_value() ? row.indicator->code : row.code;
    if (own == code && found == nullptr) found = &row;
  }
  return *found;
}

}  // namespace sakip::scoring::form

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_FORM_TESTING_TOLD_H_
