#include "common/exact/decimal.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"

namespace sakip::exact {
namespace {

constexpr int64_t kOne = 1'000'000'000;                     // In billionths.
constexpr int64_t kIntegerEnd = 1'000'000'000'000'000'000;  // 10^18.

// 10^27. No constant: arithmetic on absl::int128 is not constexpr.
absl::int128 End() { return absl::int128(kIntegerEnd) * kOne; }

bool IsDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](unsigned char c) { return absl::ascii_isdigit(c); });
}

struct Parts {
  bool negative = false;
  absl::string_view integer;
  absl::string_view fraction;  // Empty where there is no point.
};

absl::StatusOr<Parts> Split(absl::string_view text, size_t fraction_digits_max);

absl::Status CommaError(absl::string_view text, size_t fraction_digits_max) {
  const std::string candidate = absl::StrReplaceAll(text, {{",", "."}});
  if (Split(candidate, fraction_digits_max).ok()) {
    return absl::InvalidArgumentError(absl::StrCat("uses a comma; write ", candidate));
  }
  return absl::InvalidArgumentError(
      "uses a comma; write a point before the decimals and thousands without a separator, such as "
      "1234.5");
}

absl::Status GrammarError(absl::string_view text, size_t fraction_digits_max) {
  if (text.empty()) return absl::InvalidArgumentError("is empty; write a number such as 90.2");
  if (std::count(text.begin(), text.end(), '.') > 1) {
    return absl::InvalidArgumentError(
        "has more than one point; write thousands without a separator, such as 60979145376");
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "is no decimal number; write an optional minus, 1 to ", Decimal::kIntegerDigitsMax,
      " digits and optionally a point and 1 to ", fraction_digits_max, " digits, such as 90.2"));
}

// Takes `text` apart, or says what is wrong with it.
absl::StatusOr<Parts> Split(absl::string_view text, size_t fraction_digits_max) {
  if (absl::StrContains(text, ',')) return CommaError(text, fraction_digits_max);
  Parts parts;
  absl::string_view rest = text;
  parts.negative = absl::ConsumePrefix(&rest, "-");
  const size_t point = rest.find('.');
  parts.integer = rest.substr(0, point);
  bool is_number = IsDigits(parts.integer);
  if (point != absl::string_view::npos) {
    parts.fraction = rest.substr(point + 1);
    is_number = is_number && IsDigits(parts.fraction);
  }
  if (!is_number) return GrammarError(text, fraction_digits_max);
  if (parts.integer.size() > Decimal::kIntegerDigitsMax) {
    return absl::InvalidArgumentError(absl::StrCat("has more than ", Decimal::kIntegerDigitsMax,
                                                   " digits before the point; write at most ",
                                                   Decimal::kIntegerDigitsMax));
  }
  if (parts.fraction.size() > fraction_digits_max) {
    return absl::InvalidArgumentError(absl::StrCat(
        "has more than ", fraction_digits_max, " digits after the point; write at most ",
        fraction_digits_max, ", and thousands without a separator"));
  }
  return parts;
}

absl::StatusOr<absl::int128> ParseBillionths(absl::string_view text, size_t fraction_digits_max) {
  ASSIGN_OR_RETURN(const Parts parts, Split(text, fraction_digits_max));
  absl::int128 value = 0;
  for (const char c : parts.integer) value = value * 10 + (c - '0');
  for (const char c : parts.fraction) value = value * 10 + (c - '0');
  for (size_t i = parts.fraction.size(); i < Decimal::kFractionDigitsMax; ++i) value *= 10;
  return parts.negative ? -value : value;
}

}  // namespace

absl::StatusOr<Decimal> Decimal::Parse(absl::string_view text) {
  ASSIGN_OR_RETURN(const absl::int128 billionths, ParseBillionths(text, kFractionDigitsMax));
  return Decimal(billionths);
}

absl::StatusOr<Decimal> Decimal::ParseMoney(absl::string_view text) {
  ASSIGN_OR_RETURN(const absl::int128 billionths, ParseBillionths(text, kMoneyFractionDigitsMax));
  return Decimal(billionths);
}

Decimal Decimal::FromInt(int64_t value) {
  SAKIP_CHECK(-kIntegerEnd < value && value < kIntegerEnd);
  return Decimal(absl::int128(value) * kOne);
}

absl::StatusOr<Decimal> Decimal::FromBillionths(absl::int128 billionths) {
  if (billionths <= -End() || billionths >= End()) {
    return absl::OutOfRangeError(
        absl::StrCat("the result has more than ", kIntegerDigitsMax, " digits before the point"));
  }
  return Decimal(billionths);
}

std::string Decimal::ToString() const {
  const absl::int128 magnitude = is_negative() ? -billionths_ : billionths_;
  std::string text = absl::StrCat(is_negative() ? "-" : "", static_cast<int64_t>(magnitude / kOne));
  const int64_t fraction = static_cast<int64_t>(magnitude % kOne);
  if (fraction == 0) return text;
  absl::StrAppendFormat(&text, ".%09d", fraction);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

absl::StatusOr<Decimal> Add(const Decimal& a, const Decimal& b) {
  return Decimal::FromBillionths(a.billionths_ + b.billionths_);
}

absl::StatusOr<Decimal> Subtract(const Decimal& a, const Decimal& b) {
  return Decimal::FromBillionths(a.billionths_ - b.billionths_);
}

}  // namespace sakip::exact
