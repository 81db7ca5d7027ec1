#include "services/scoring/domain/review/printed_number.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/exact/decimal.h"

namespace sakip::scoring::review {
namespace {

constexpr size_t kGroupDigits = 3;

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

bool IsDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

absl::Status NoNumber(absl::string_view text, NumberFormat format) {
  return absl::InvalidArgumentError(absl::StrCat(
      "reads '", text, "', which is no number ",
      format == NumberFormat::kIndonesian
          ? "with a comma before the decimals and points between all thousands, as 1.234,5"
          : "with a point before the decimals and nothing between thousands, as 1234.5"));
}

// The digits before the decimal mark, without separators; empty where they are set wrongly.
std::string Ungrouped(absl::string_view text) {
  const std::vector<absl::string_view> groups = absl::StrSplit(text, '.');
  for (size_t i = 0; i < groups.size(); ++i) {
    if (!IsDigits(groups[i])) return "";
    const bool whole = i == 0 ? groups[i].size() <= kGroupDigits : groups[i].size() == kGroupDigits;
    if (groups.size() > 1 && !whole) return "";
  }
  return absl::StrJoin(groups, "");
}

// The number at the head of `rest`, which moves behind it: digits and marks, ended by a digit.
absl::string_view TakeNumber(absl::string_view& rest) {
  size_t end = 0;
  for (size_t i = 0; i < rest.size(); ++i) {
    if (IsDigit(rest[i])) {
      end = i + 1;
    } else if (rest[i] != '.' && rest[i] != ',') {
      break;
    }
  }
  const absl::string_view number = rest.substr(0, end);
  rest.remove_prefix(end);
  return number;
}

}  // namespace

absl::StatusOr<PrintedNumber> ParsePrintedNumber(absl::string_view text, NumberFormat format) {
  SAKIP_CHECK(format != NumberFormat::kText);
  const bool indonesian = format == NumberFormat::kIndonesian;
  absl::string_view rest = absl::StripAsciiWhitespace(text);
  const bool rupiah = absl::ConsumePrefix(&rest, "Rp");
  if (rupiah) absl::ConsumePrefix(&rest, ".");
  rest = absl::StripLeadingAsciiWhitespace(rest);
  const bool negative = absl::ConsumePrefix(&rest, "-");
  const absl::string_view number = TakeNumber(rest);

  const size_t mark = number.find(indonesian ? ',' : '.');
  const absl::string_view before = number.substr(0, mark);
  const absl::string_view after =
      mark == absl::string_view::npos ? absl::string_view() : number.substr(mark + 1);
  const std::string integer = indonesian ? Ungrouped(before) : std::string(before);
  if (!IsDigits(integer)) return NoNumber(text, format);
  if (mark != absl::string_view::npos && !IsDigits(after)) return NoNumber(text, format);

  // `,-` stands for no sen.
  absl::ConsumePrefix(&rest, ",-");
  const absl::string_view unit = absl::StripAsciiWhitespace(rest);
  if (rupiah && !unit.empty()) return NoNumber(text, format);
  // `25.` or `9,,5`: something of the number was left.
  if (absl::StartsWith(unit, ".") || absl::StartsWith(unit, ",")) return NoNumber(text, format);
  const auto value = exact::Decimal::Parse(
      absl::StrCat(negative ? "-" : "", integer, after.empty() ? "" : ".", after));
  if (!value.ok()) return NoNumber(text, format);
  return PrintedNumber{exact::Rational(*value), static_cast<int>(after.size()),
                       rupiah ? "Rp" : std::string(unit)};
}

}  // namespace sakip::scoring::review
