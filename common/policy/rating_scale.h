// Rating scales (skala predikat): ordered bands of percentages, each with a letter or a word.
//
// Source: design section 4 rule 5. Values; all functions are pure.
#ifndef SAKIP_COMMON_POLICY_RATING_SCALE_H_
#define SAKIP_COMMON_POLICY_RATING_SCALE_H_

#include <optional>
#include <string>
#include <vector>

#include "common/base/error.h"
#include "common/exact/decimal.h"
#include "common/exact/rational.h"
#include "common/exact/rounding.h"

namespace sakip::policy {

// A band: from `lower` up to the band above.
struct RatingBand {
  std::string rating;
  std::string label;                    // Indonesian.
  std::optional<exact::Decimal> lower;  // Percent; absent for the lowest band.
  bool lower_included = true;
};

// Bands from the highest down.
struct RatingScale {
  std::string code;
  std::vector<RatingBand> bands;
};

// Proves that the bands cover every value once. Adds an error at the band at fault, by its path
// from `path`: no bands, a gap or an overlap (bounds that do not fall), a lowest band with a bound,
// a rating that is missing or used twice.
void CheckScale(const RatingScale& scale, const std::string& path, FieldErrors& errors);

// The band that `value` lies in. Requires a scale that CheckScale accepts.
const RatingBand& Rate(const RatingScale& scale, const exact::Rational& value);

// The bounds of the scale, as honest rounding needs them.
std::vector<exact::Boundary> Boundaries(const RatingScale& scale);

}  // namespace sakip::policy

#endif  // SAKIP_COMMON_POLICY_RATING_SCALE_H_
