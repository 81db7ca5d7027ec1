#include "common/exact/number_format.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace sakip::exact {
namespace {

constexpr size_t kGroupDigits = 3;
constexpr size_t kSenDigits = 2;

struct Parts {
  absl::string_view sign;  // `-` or empty.
  absl::string_view integer;
  absl::string_view fraction;  // Empty where there is no point.
};

bool IsDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](unsigned char c) { return absl::ascii_isdigit(c); });
}

std::optional<Parts> Split(absl::string_view text) {
  Parts parts;
  absl::string_view rest = text;
  if (absl::ConsumePrefix(&rest, "-")) parts.sign = text.substr(0, 1);
  const size_t point = rest.find('.');
  parts.integer = rest.substr(0, point);
  if (!IsDigits(parts.integer)) return std::nullopt;
  if (point == absl::string_view::npos) return parts;
  parts.fraction = rest.substr(point + 1);
  if (!IsDigits(parts.fraction)) return std::nullopt;
  return parts;
}

std::string Grouped(absl::string_view digits, char separator) {
  std::string text;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % kGroupDigits == 0) text += separator;
    text += digits[i];
  }
  return text;
}

std::string Format(absl::string_view decimal_text, char separator, absl::string_view point) {
  const std::optional<Parts> parts = Split(decimal_text);
  if (!parts) return std::string(decimal_text);
  return absl::StrCat(parts->sign, Grouped(parts->integer, separator),
                      parts->fraction.empty() ? "" : point, parts->fraction);
}

}  // namespace

std::string FormatIndonesian(absl::string_view decimal_text) {
  return Format(decimal_text, '.', ",");
}

std::string FormatEnglish(absl::string_view decimal_text) { return Format(decimal_text, ',', "."); }

std::string FormatRupiah(absl::string_view decimal_text) {
  const std::optional<Parts> parts = Split(decimal_text);
  if (!parts) return std::string(decimal_text);
  std::string text = absl::StrCat(parts->sign, "Rp", Grouped(parts->integer, '.'));
  if (parts->fraction.empty()) return text;
  absl::StrAppend(&text, ",", parts->fraction);
  if (parts->fraction.size() < kSenDigits) text.append(kSenDigits - parts->fraction.size(), '0');
  return text;
}

}  // namespace sakip::exact
