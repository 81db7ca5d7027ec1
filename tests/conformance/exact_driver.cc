// exact_driver answers questions about common/exact, one line in and one line out, so that a model
// in another language can be compared with it. Numbers are decimal text.
//
//   parse TEXT, money TEXT          the value, or the code of the error; TEXT runs to the line's
//   end add A B, subtract A B           the same compare A B                     -1, 0 or 1 round
//   NUM DEN DIGITS            NUM / DEN half up; floor and truncate likewise honest NUM DEN DIGITS
//   MISSED BOUND...   MISSED 0 or 1, BOUND `[90` with the bound, `(90` without;
//                                   answers `text digits extended`
//   mean NUM/DEN...                 the fraction in lowest terms
//   number TEXT, rupiah TEXT        as Indonesian reports print it
#include <iostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/exact/decimal.h"
#include "common/exact/number_format.h"
#include "common/exact/rational.h"
#include "common/exact/rounding.h"

namespace sakip::exact {
namespace {

using Words = std::vector<absl::string_view>;

std::string Answer(const absl::StatusOr<Decimal>& value) {
  return value.ok() ? value->ToString() : absl::StatusCodeToString(value.status().code());
}

absl::StatusOr<Rational> Quotient(absl::string_view num, absl::string_view den) {
  ASSIGN_OR_RETURN(const Decimal dividend, Decimal::Parse(num));
  ASSIGN_OR_RETURN(const Decimal divisor, Decimal::Parse(den));
  return Divide(Rational(dividend), Rational(divisor));
}

absl::StatusOr<int> Number(absl::string_view text) {
  int number = 0;
  if (!absl::SimpleAtoi(text, &number)) return absl::InvalidArgumentError("no number");
  return number;
}

absl::StatusOr<std::string> OfTwo(absl::string_view command, const Words& words) {
  if (words.size() != 2) return absl::InvalidArgumentError("takes two");
  ASSIGN_OR_RETURN(const Decimal a, Decimal::Parse(words[0]));
  ASSIGN_OR_RETURN(const Decimal b, Decimal::Parse(words[1]));
  if (command == "add") return Answer(Add(a, b));
  if (command == "subtract") return Answer(Subtract(a, b));
  return std::string(a < b ? "-1" : a > b ? "1" : a == b ? "0" : "?");
}

absl::StatusOr<std::string> OfQuotient(absl::string_view command, const Words& words) {
  if (words.size() != 3) return absl::InvalidArgumentError("takes three");
  ASSIGN_OR_RETURN(const Rational value, Quotient(words[0], words[1]));
  ASSIGN_OR_RETURN(const int digits, Number(words[2]));
  if (command == "round") return value.Rounded(digits);
  return command == "floor" ? value.Floored(digits) : value.Truncated(digits);
}

absl::StatusOr<std::string> Honest(const Words& words) {
  if (words.size() < 4) return absl::InvalidArgumentError("takes four or more");
  ASSIGN_OR_RETURN(const Rational value, Quotient(words[0], words[1]));
  ASSIGN_OR_RETURN(const int digits, Number(words[2]));
  std::vector<Boundary> boundaries;
  for (size_t i = 4; i < words.size(); ++i) {
    ASSIGN_OR_RETURN(const Decimal bound, Decimal::Parse(words[i].substr(1)));
    boundaries.push_back({Rational(bound), words[i][0] == '['});
  }
  const Rounding result = RoundHonestly(value, digits, boundaries, words[3] == "1");
  return absl::StrCat(result.text, " ", result.digits, " ", result.extended);
}

absl::StatusOr<std::string> Mean(const Words& words) {
  Rational sum;
  for (const absl::string_view word : words) {
    const Words parts = absl::StrSplit(word, '/');
    if (parts.size() != 2) return absl::InvalidArgumentError("takes num/den");
    ASSIGN_OR_RETURN(const Rational value, Quotient(parts[0], parts[1]));
    sum = sum + value;
  }
  ASSIGN_OR_RETURN(const Rational mean, Divide(sum, Rational(static_cast<int64_t>(words.size()))));
  return mean.ToFraction();
}

absl::StatusOr<std::string> Run(absl::string_view line) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(line, absl::MaxSplits(' ', 1));
  const auto [command, rest] = parts;
  if (command == "parse") return Answer(Decimal::Parse(rest));
  if (command == "money") return Answer(Decimal::ParseMoney(rest));
  if (command == "number") return FormatIndonesian(rest);
  if (command == "rupiah") return FormatRupiah(rest);
  const Words words = absl::StrSplit(rest, ' ');
  if (command == "add" || command == "subtract" || command == "compare") {
    return OfTwo(command, words);
  }
  if (command == "round" || command == "floor" || command == "truncate") {
    return OfQuotient(command, words);
  }
  if (command == "honest") return Honest(words);
  if (command == "mean") return Mean(words);
  return absl::UnimplementedError("no such command");
}

}  // namespace
}  // namespace sakip::exact

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    const absl::StatusOr<std::string> answer = sakip::exact::Run(line);
    std::cout << (answer.ok() ? *answer : absl::StatusCodeToString(answer.status().code())) << '\n';
  }
  return 0;
}
