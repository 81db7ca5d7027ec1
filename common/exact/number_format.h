// Numbers as reports print them: in Indonesian a comma before the decimals and a point every three
// digits, in English the other way round.
//
// Input is plain decimal text as Decimal and Rational write it: an optional minus, digits, and
// optionally a point and digits. Any other text comes back as it is, so that a report shows what is
// stored and never a figure of this module's making. No digit is dropped or rounded.
// Pure functions.
#ifndef SAKIP_COMMON_EXACT_NUMBER_FORMAT_H_
#define SAKIP_COMMON_EXACT_NUMBER_FORMAT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace sakip::exact {

// `60979145376` -> `60.979.145.376`, `99.78` -> `99,78`, `-1234.5` -> `-1.234,5`.
std::string FormatIndonesian(absl::string_view decimal_text);

// `60979145376` -> `60,979,145,376`, `-1234.5` -> `-1,234.5`.
std::string FormatEnglish(absl::string_view decimal_text);

// `60979145376` -> `Rp60.979.145.376`, `1234.5` -> `Rp1.234,50`, `-5` -> `-Rp5`. Cents (sen) are
// two digits where there are any.
std::string FormatRupiah(absl::string_view decimal_text);

}  // namespace sakip::exact

#endif  // SAKIP_COMMON_EXACT_NUMBER_FORMAT_H_
