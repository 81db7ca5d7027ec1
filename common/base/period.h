// Years, quarters (triwulan) and dates as the field uses them. Values; all functions are pure.
#ifndef SAKIP_COMMON_BASE_PERIOD_H_
#define SAKIP_COMMON_BASE_PERIOD_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace sakip {

constexpr int kYearMin = 2000;
constexpr int kYearMax = 2100;
constexpr int kQuarters = 4;

// A quarter of a year. Ordered by time.
struct Period {
  int year = kYearMin;  // kYearMin..kYearMax
  int quarter = 1;      // 1..4

  friend bool operator==(const Period&, const Period&) = default;
  friend auto operator<=>(const Period&, const Period&) = default;
};

// Last day of the quarter.
absl::CivilDay LastDay(Period period);

// `2023Q4`.
std::string FormatPeriod(Period period);

// Parses `2023Q4`. INVALID_ARGUMENT where it is anything else, without a field path.
absl::StatusOr<Period> ParsePeriod(absl::string_view text);

// Parses a year of four digits in kYearMin..kYearMax.
absl::StatusOr<int> ParseYear(absl::string_view text);

// Parses `YYYY-MM-DD`, a day that exists.
absl::StatusOr<absl::CivilDay> ParseDate(absl::string_view text);

// `2023-11-21`.
std::string FormatDate(absl::CivilDay day);

}  // namespace sakip

#endif  // SAKIP_COMMON_BASE_PERIOD_H_
