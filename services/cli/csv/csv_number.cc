#include "services/cli/csv/csv_number.h"

#include <algorithm>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace sakip::cli {
namespace {

bool IsDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](unsigned char c) { return absl::ascii_isdigit(c); });
}

// Three digits between points, and one to three before the first, which do not begin with 0: what
// does is more likely a fraction.
bool IsGrouped(const std::vector<absl::string_view>& groups) {
  const absl::string_view first = groups.front();
  return IsDigits(first) && first.size() <= 3 && first[0] != '0' &&
         std::all_of(groups.begin() + 1, groups.end(),
                     [](absl::string_view group) { return group.size() == 3 && IsDigits(group); });
}

// The digits of a whole number with or without points between thousands.
std::optional<std::string> WholeDigits(absl::string_view text) {
  const std::vector<absl::string_view> groups = absl::StrSplit(text, '.');
  if (groups.size() == 1 ? !IsDigits(text) : !IsGrouped(groups)) return std::nullopt;
  return absl::StrJoin(groups, "");
}

std::optional<std::string> FromIndonesian(absl::string_view text) {
  if (absl::ConsumePrefix(&text, "Rp")) {
    absl::ConsumePrefix(&text, ".");
    text = absl::StripLeadingAsciiWhitespace(text);
  }
  const size_t comma = text.find(',');
  const auto whole = WholeDigits(text.substr(0, comma));
  if (!whole.has_value() || comma == absl::string_view::npos) return whole;
  const absl::string_view fraction = text.substr(comma + 1);
  if (fraction == "-") return whole;
  if (!IsDigits(fraction)) return std::nullopt;
  return absl::StrCat(*whole, ".", fraction);
}

std::optional<std::string> FromPlain(absl::string_view text) {
  const size_t point = text.find('.');
  if (!IsDigits(text.substr(0, point))) return std::nullopt;
  if (point != absl::string_view::npos && !IsDigits(text.substr(point + 1))) return std::nullopt;
  return std::string(text);
}

}  // namespace

std::optional<NumberFormat> ParseNumberFormat(absl::string_view text) {
  if (text == "plain") return NumberFormat::kPlain;
  if (text == "indonesian") return NumberFormat::kIndonesian;
  return std::nullopt;
}

absl::StatusOr<std::string> ToDecimalText(absl::string_view number, NumberFormat format) {
  absl::string_view text = number;
  const absl::string_view sign = absl::ConsumePrefix(&text, "-") ? "-" : "";
  const bool indonesian = format == NumberFormat::kIndonesian;
  const auto digits = indonesian ? FromIndonesian(text) : FromPlain(text);
  if (digits.has_value()) return absl::StrCat(sign, *digits);
  return absl::InvalidArgumentError(
      indonesian ? "it takes an Indonesian number such as 1.813 or 90,2: a point before each three "
                   "digits or none at all, a comma before the fraction"
                 : "it takes a plain number such as 1813 or 90.2: digits, and a point before the "
                   "fraction");
}

}  // namespace sakip::cli
