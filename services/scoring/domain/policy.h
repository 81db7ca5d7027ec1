// Policy is the set of rules that scores are computed under: data, versioned and immutable.
//
// Source of the rules: design section 4; scales: PermenPANRB 53/2014, PermenPANRB 88/2021 and
// Permendagri 86/2017. Values; all functions are pure.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_POLICY_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_POLICY_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/exact/rational.h"
#include "common/exact/rounding.h"
#include "services/scoring/domain/facts.h"

namespace sakip::scoring {

using plan::Level;

// A band of a rating scale: from `lower` up to the band above.
struct RatingBand {
  std::string rating;
  std::string label;             // Indonesian.
  std::optional<Decimal> lower;  // Percent; absent for the lowest band.
  bool lower_included = true;
};

// Bands from the highest down.
struct RatingScale {
  std::string code;
  std::vector<RatingBand> bands;
};

// Proves that the bands cover every value once. INVALID_ARGUMENT names the band at fault: no bands,
// a gap or overlap (bounds not falling), a lowest band with a bound, a rating used twice.
absl::Status CheckScale(const RatingScale& scale);

// The band that `value` lies in. Requires a scale that CheckScale accepts.
const RatingBand& Rate(const RatingScale& scale, const exact::Rational& value);

// The bounds of the scale, as honest rounding needs them.
std::vector<exact::Boundary> Boundaries(const RatingScale& scale);

// Bounds of an achievement in percent: what is beyond counts as the bound.
struct Clamp {
  Decimal lower;
  Decimal upper;
};

struct Policy {
  std::string name;  // `policies/permenpanrb-53-2014/versions/1`.
  std::string legal_basis;
  RatingScale scale;
  int digits = 2;
  std::map<Level, Clamp> clamps;  // A level that is absent is not clamped.
  Formula default_formula = Formula::kPositive;
};

// Proves that scores can be computed under `policy`. INVALID_ARGUMENT where CheckScale refuses its
// scale, a clamp's bounds are the wrong way round, the digits are not 0..kHonestDigitsMax, or the
// default formula needs what an indicator without formula does not have (a range, children).
absl::Status CheckPolicy(const Policy& policy);

// The built-in policies, ordered by name. All pass CheckPolicy.
const std::vector<Policy>& BuiltInPolicies();

// The policy of a region that chose none.
const Policy& DefaultPolicy();

// Nullptr where there is none of this name.
const Policy* FindPolicy(absl::string_view name);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_POLICY_H_
