// Numbers as they are sent and as reports print them: exact, and no two readings of one text.
#include "absl/strings/numbers.h"
#include "common/base/log.h"
#include "common/exact/decimal.h"
#include "common/exact/number_format.h"
#include "common/exact/rational.h"
#include "services/cli/csv/csv_number.h"
#include "services/scoring/domain/review/printed_number.h"
#include "tests/fuzz/target.h"

namespace sakip::fuzz {
namespace {

using exact::Decimal;
using exact::Rational;

void TryDecimal(absl::string_view text) {
  const auto value = Decimal::Parse(text);
  const auto money = Decimal::ParseMoney(text);
  if (money.ok()) SAKIP_CHECK(value.ok() && *value == *money);
  if (!value.ok()) return;
  const std::string written = value->ToString();
  const auto again = Decimal::Parse(written);
  SAKIP_CHECK(again.ok() && *again == *value && again->ToString() == written);
  const Rational exact(*value);
  SAKIP_CHECK(exact.Truncated(Decimal::kFractionDigitsMax) == written);
  SAKIP_CHECK(exact.EndsWithin(Decimal::kFractionDigitsMax));
}

void TryFormats(absl::string_view text) {
  // No digit is lost or added.
  const auto digits = [](absl::string_view from) {
    std::string kept;
    for (const char c : from) {
      if (c >= '0' && c <= '9') kept.push_back(c);
    }
    return kept;
  };
  SAKIP_CHECK(digits(exact::FormatIndonesian(text)) == digits(text));
  SAKIP_CHECK(digits(exact::FormatEnglish(text)) == digits(text));
  static_cast<void>(exact::FormatRupiah(text));
  for (const auto format :
       {scoring::review::NumberFormat::kDecimalPoint, scoring::review::NumberFormat::kIndonesian}) {
    const auto printed = scoring::review::ParsePrintedNumber(text, format);
    if (printed.ok()) SAKIP_CHECK(printed->digits >= 0 && printed->digits <= 9);
  }
  for (const auto format : {cli::NumberFormat::kPlain, cli::NumberFormat::kIndonesian}) {
    const auto plain = cli::ToDecimalText(text, format);
    if (plain.ok()) SAKIP_CHECK(digits(text) == digits(*plain));
  }
}

// What is added is taken away again, what is divided is multiplied back.
void TryArithmetic(absl::string_view first, absl::string_view second) {
  const auto a = Decimal::Parse(first);
  const auto b = Decimal::Parse(second);
  if (!a.ok() || !b.ok()) return;
  const auto sum = Add(*a, *b);
  if (sum.ok()) SAKIP_CHECK(*Subtract(*sum, *b) == *a);
  const Rational x(*a);
  const Rational y(*b);
  SAKIP_CHECK((x + y) - y == x);
  const auto quotient = Divide(x, y);
  SAKIP_CHECK(quotient.ok() == !y.is_zero());
  if (!quotient.ok()) return;
  SAKIP_CHECK(*quotient * y == x);
  SAKIP_CHECK(quotient->FlooredValue(2) <= *quotient);
  static_cast<void>(quotient->Rounded(2));
  static_cast<void>(ExactText(*quotient));
}

}  // namespace

void Try(absl::string_view bytes) {
  InputReader input(bytes);
  const absl::string_view first = input.TakeText();
  TryDecimal(first);
  TryFormats(first);
  TryDecimal(input.rest());
  TryArithmetic(first, input.rest());
}

std::vector<std::string> Seeds() {
  return {TextInput("90.2") + "-3.5",
          TextInput("60979145376") + "0.000000001",
          TextInput("999999999999999999.999999999") + "7",
          TextInput("Rp. 339.170.088,-") + "1",
          TextInput("97,87 %") + "0",
          TextInput("1.500") + "12"};
}

}  // namespace sakip::fuzz
