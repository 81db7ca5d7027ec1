// PrintedNumber is a number as a report prints it, read by the rules that the caller declared.
//
// The digits are kept: `97.87` says that two decimals were meant, and whether it is right, rounded
// or cut off depends on them. Nothing is guessed: `1.813` is 1.813 or 1813 as the format says.
// Pure functions over values.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_PRINTED_NUMBER_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_PRINTED_NUMBER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/exact/rational.h"

namespace sakip::scoring::review {

enum class NumberFormat {
  kDecimalPoint,  // `97.87 %`; nothing between thousands.
  kIndonesian,    // `90,2 %`, `Rp. 339.170.088,-`; all points between thousands or none.
  kText,          // Words.
};

struct PrintedNumber {
  exact::Rational value;
  int digits = 0;    // After the decimal mark.
  std::string unit;  // `%`, `orang`, `Rp`; empty where none is printed.
};

// Reads an optional `Rp` or `Rp.`, an optional minus, the number, an optional `,-`, and the rest as
// its unit; blanks between them do not matter. At most 18 digits and 9 decimals.
//
//   INVALID_ARGUMENT  the text is no number in this format; says what would be right, without a
//                     field path.
//
// Requires a format of numbers.
absl::StatusOr<PrintedNumber> ParsePrintedNumber(absl::string_view text, NumberFormat format);

}  // namespace sakip::scoring::review

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_PRINTED_NUMBER_H_
