// Compares the key indicators of a year with earlier years, with the end of the strategic plan,
// with reference values, and over the quarters of the year.
//
// Source: design section 4 rule 10. Pure functions: every figure is that of a scorecard, computed
// from the facts of its own year under the policy of its own year.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_COMPARISON_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_COMPARISON_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/scoring/domain/facts.h"
#include "services/scoring/domain/scorecard.h"
#include "services/scoring/domain/scored_period.h"

namespace sakip::scoring {

// An earlier year, at its end.
struct YearComparison {
  int year = 0;
  std::optional<Quantity> target;
  std::optional<Quantity> realization;
  Achievement achievement;          // Without derivation.
  bool definition_changed = false;  // Unit, formula, ratio or aggregation are not those of now.
  bool whole = false;               // The realization is of the whole year, not of a part.
};

// A quarter of the year: target and realization from the first day of the year to its end.
struct QuarterComparison {
  int quarter = 1;
  std::optional<Quantity> target;
  std::optional<Quantity> realization;
  Achievement achievement;  // Without derivation.
};

// The last target of the strategic plan in force.
struct FinalTarget {
  int year = 0;
  Quantity target;
  std::string source;
  uint64_t log_position = 0;
  // What the realization of the year is of it, before clamping; no number where they do not
  // compare, nor of a part of a year.
  Figure reached;
  bool met = false;
  // By how much the realization must change a year from now on to reach it; absent where it is met,
  // its year is not to come, or the realization is of a part of a year.
  std::optional<Rational> pace;
};

// How a realization stands to another value, in the direction of the formula.
enum class Standing { kUnknown, kBetter, kSame, kWorse };

// A value that a region published to compare with.
struct ReferenceValue {
  std::string indicator_code;
  bool national = false;  // Of the nation, or of the province.
  Quantity value;
  std::string source;  // Where it is from, in words.
  std::string name;    // `regions/35/referenceValues/national.2023.IKU1`
  uint64_t log_position = 0;
};

// The realization of the year beside a reference value.
struct ReferenceComparison {
  bool national = false;
  Quantity value;
  std::string source;
  std::string name;
  uint64_t log_position = 0;
  // Told of a whole year only. Unknown where the units differ or the target is a range.
  Standing standing = Standing::kUnknown;
};

struct IndicatorComparison {
  std::string code;
  std::vector<YearComparison> years;        // Ascending; those whose plan has the indicator.
  std::optional<FinalTarget> final_target;  // Absent where the strategic plan has none.
  std::vector<QuarterComparison> quarters;  // 1 to the quarter asked for.
  // Told of whole years only: in the fourth quarter, once it is closed or has a value. Unknown
  // where the definition changed, either realization is missing, or the target is a range.
  Standing trend = Standing::kUnknown;
  std::vector<ReferenceComparison> references;
};

// The key indicators compared, and what that warns of.
struct Comparisons {
  std::vector<IndicatorComparison> indicators;
  std::vector<Finding> warnings;
};

// The key indicators of the plan in force at the end of the quarter of `now`, in its order.
// `before` holds the earlier years, ascending; `references` the values of the year. Nothing where
// no plan is in force or an event of the year cannot be read.
Comparisons CompareKeyIndicators(const YearFacts& now, const std::vector<YearFacts>& before,
                                 const std::vector<ReferenceValue>& references, int quarter);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_COMPARISON_H_
