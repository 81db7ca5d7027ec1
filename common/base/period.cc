#include "common/base/period.h"

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/status_macros.h"

namespace sakip {
namespace {

// -1 where `text` is not all digits.
int Digits(absl::string_view text) {
  if (text.empty()) return -1;
  int value = 0;
  for (const char c : text) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

absl::CivilDay LastDay(Period period) {
  const absl::CivilMonth next(period.year, period.quarter * 3 + 1);
  return absl::CivilDay(next) - 1;
}

std::string FormatPeriod(Period period) { return absl::StrCat(period.year, "Q", period.quarter); }

absl::StatusOr<int> ParseYear(absl::string_view text) {
  const int year = text.size() == 4 ? Digits(text) : -1;
  if (year < kYearMin || year > kYearMax) {
    return absl::InvalidArgumentError(absl::StrCat("is no year from ", kYearMin, " to ", kYearMax));
  }
  return year;
}

absl::StatusOr<Period> ParsePeriod(absl::string_view text) {
  if (text.size() != 6 || text[4] != 'Q' || text[5] < '1' || text[5] > '4') {
    return absl::InvalidArgumentError("is no quarter such as 2023Q4");
  }
  ASSIGN_OR_RETURN(const int year, ParseYear(text.substr(0, 4)));
  return Period{year, text[5] - '0'};
}

absl::StatusOr<absl::CivilDay> ParseDate(absl::string_view text) {
  const absl::Status error = absl::InvalidArgumentError("is no date such as 2023-11-21");
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return error;
  const int year = Digits(text.substr(0, 4));
  const int month = Digits(text.substr(5, 2));
  const int day = Digits(text.substr(8, 2));
  if (year < 1 || month < 0 || day < 0) return error;
  const absl::CivilDay date(year, month, day);
  // CivilDay carries over what is out of range: 2023-02-30 becomes 2023-03-02.
  if (date.year() != year || date.month() != month || date.day() != day) return error;
  return date;
}

std::string FormatDate(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

}  // namespace sakip
