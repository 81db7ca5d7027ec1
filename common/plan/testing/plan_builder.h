// Small parts of plans for tests. Values; pure functions.
#ifndef SAKIP_COMMON_PLAN_TESTING_PLAN_BUILDER_H_
#define SAKIP_COMMON_PLAN_TESTING_PLAN_BUILDER_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/exact/decimal.h"
#include "common/exact/rational.h"
#include "common/finding/finding.h"
#include "common/plan/plan.h"

namespace sakip::plan::testing {

inline Decimal D(absl::string_view text) { return *Decimal::Parse(text); }

// `90.2`, `45000/451`.
inline exact::Rational R(absl::string_view text) {
  const size_t slash = text.find('/');
  if (slash == absl::string_view::npos) return exact::Rational(D(text));
  return *Divide(exact::Rational(D(text.substr(0, slash))),
                 exact::Rational(D(text.substr(slash + 1))));
}

// Of `source`; no kind.
inline money::Part MakePart(std::string source, absl::string_view amount) {
  return {{money::ExpenditureKind::kNotTold, std::move(source)}, D(amount)};
}

inline Indicator MakeIndicator(std::string code, absl::string_view target,
                               std::string unit = "orang") {
  Indicator indicator;
  indicator.code = std::move(code);
  indicator.target = {D(target), std::move(unit)};
  return indicator;
}

// `CODE subject: first figure second figure`, one a finding.
inline std::vector<std::string> Texts(Findings findings) {
  std::vector<std::string> texts;
  for (const Finding& finding : std::move(findings).Take()) {
    std::string text = absl::StrCat(finding.code, " ", finding.subject, ":");
    for (const FindingFigure& figure : finding.figures) absl::StrAppend(&text, " ", figure.value);
    texts.push_back(std::move(text));
  }
  return texts;
}

// Of `regions/35.09/agencies/dinsos` and 2023.
inline DocumentRef MakeRef(absl::string_view collection, uint32_t revision,
                           absl::CivilDay effective_date, uint64_t log_position) {
  return {absl::StrCat("regions/35.09/agencies/dinsos/", collection, "/2023"), revision,
          effective_date, absl::StrCat("digest", revision), log_position};
}

}  // namespace sakip::plan::testing

#endif  // SAKIP_COMMON_PLAN_TESTING_PLAN_BUILDER_H_
