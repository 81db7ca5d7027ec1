// Decimal is a number as plans, submissions and policies write it: `90.2`, `60979145376`, `-3.5`.
//
// Exact: kept as a count of billionths in 128 bits, so equal values have one form whatever their
// text was (`90.20` is `90.2`), and no floating point comes near a score. Always within
// -10^18 < value < 10^18 with at most nine digits after the point; thus every Decimal can be
// written by ToString and read back by Parse, and the sum of any two (below 2 x 10^27 billionths)
// fits the 128 bits before it is checked.
// Has no unit of its own. A value type: thread-safe as an int is.
// Source: design section 4; the grammar is that of sakip/types/v1/measure.proto.
#ifndef SAKIP_COMMON_EXACT_DECIMAL_H_
#define SAKIP_COMMON_EXACT_DECIMAL_H_

#include <compare>
#include <concepts>
#include <cstdint>
#include <string>

#include "absl/numeric/int128.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace sakip::exact {

class Decimal {
 public:
  static constexpr int kIntegerDigitsMax = 18;
  static constexpr int kFractionDigitsMax = 9;
  static constexpr int kMoneyFractionDigitsMax = 2;

  // Zero.
  constexpr Decimal() = default;

  // Reads an optional minus, 1 to 18 digits, and optionally a point and 1 to 9 digits; nothing
  // else: no plus, exponent, space, comma or thousands separator. `007` is 7 and `-0` is 0.
  //
  //   INVALID_ARGUMENT  the text is anything else; says what would be right, without a field path.
  static absl::StatusOr<Decimal> Parse(absl::string_view text);

  // Reads rupiah: as Parse, with at most two digits after the point. The digits of the text count,
  // not those of the value: `1.500` is refused because its writer may mean fifteen hundred. A minus
  // is read; where money must not be negative the caller asks is_negative().
  //
  //   INVALID_ARGUMENT  as Parse.
  static absl::StatusOr<Decimal> ParseMoney(absl::string_view text);

  // `value` itself, for constants and counts of the program; what comes from outside is text and
  // goes through Parse. Requires -10^18 < value < 10^18.
  static Decimal FromInt(int64_t value);
  template <std::floating_point T>
  static Decimal FromInt(T) = delete;

  bool is_zero() const { return billionths_ == 0; }
  bool is_negative() const { return billionths_ < 0; }

  // The value times 10^9.
  absl::int128 billionths() const { return billionths_; }

  // The shortest text that Parse reads as this value: `90.2`, `0`, `-3.5`.
  std::string ToString() const;

  friend bool operator==(const Decimal&, const Decimal&) = default;
  friend std::strong_ordering operator<=>(const Decimal&, const Decimal&) = default;

  // The exact sum and difference.
  //
  //   OUT_OF_RANGE  the result would have more than 18 digits before the point.
  friend absl::StatusOr<Decimal> Add(const Decimal& a, const Decimal& b);
  friend absl::StatusOr<Decimal> Subtract(const Decimal& a, const Decimal& b);

 private:
  explicit constexpr Decimal(absl::int128 billionths) : billionths_(billionths) {}

  static absl::StatusOr<Decimal> FromBillionths(absl::int128 billionths);

  absl::int128 billionths_ = 0;
};

absl::StatusOr<Decimal> Add(const Decimal& a, const Decimal& b);
absl::StatusOr<Decimal> Subtract(const Decimal& a, const Decimal& b);

}  // namespace sakip::exact

#endif  // SAKIP_COMMON_EXACT_DECIMAL_H_
