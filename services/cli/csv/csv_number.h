// CsvNumber: numbers as people write them in tables. Pure functions.
//
// "1.813" is one thousand eight hundred and thirteen here and less than two there, so that a table
// says once how its numbers are written, and nothing is guessed.
#ifndef SAKIP_SERVICES_CLI_CSV_CSV_NUMBER_H_
#define SAKIP_SERVICES_CLI_CSV_CSV_NUMBER_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace sakip::cli {

enum class NumberFormat {
  kPlain,       // `1813`, `90.2`, `-5`: as everywhere else in the suite.
  kIndonesian,  // `1.813`, `90,2`, `25.000,-`, `Rp60.979.145.376`.
};

// For messages.
constexpr absl::string_view kNumberFormatWanted = "plain (1813.5) or indonesian (1.813,5)";

// `plain` or `indonesian`.
std::optional<NumberFormat> ParseNumberFormat(absl::string_view text);

// The number as decimal text of the interfaces: `1813`, `90.2`. Digits are neither added nor taken.
//
//   INVALID_ARGUMENT  it is no number of that format; the message says what would be.
absl::StatusOr<std::string> ToDecimalText(absl::string_view number, NumberFormat format);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_CSV_CSV_NUMBER_H_
