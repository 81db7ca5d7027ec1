#include "services/scoring/domain/policy.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"

namespace sakip::scoring {
namespace {

using exact::Rational;

Decimal Number(int64_t value) { return Decimal::FromInt(value); }

RatingScale LetterScale(std::string code, bool lower_included) {
  const auto band = [&](const char* rating, const char* label, int64_t lower) {
    return RatingBand{rating, label, Number(lower), lower_included};
  };
  return {std::move(code),
          {band("AA", "Sangat Memuaskan", 90), band("A", "Memuaskan", 80),
           band("BB", "Sangat Baik", 70), band("B", "Baik", 60), band("CC", "Cukup (Memadai)", 50),
           band("C", "Kurang", 30), RatingBand{"D", "Sangat Kurang", std::nullopt, true}}};
}

RatingScale RegionalScale() {
  // Printed with gaps (90 to 91, 75 to 76, ...); read as bands that begin at the printed lower end.
  return {"permendagri-86-2017",
          {RatingBand{"ST", "Sangat Tinggi", Number(91), true},
           RatingBand{"T", "Tinggi", Number(76), true}, RatingBand{"S", "Sedang", Number(66), true},
           RatingBand{"R", "Rendah", Number(51), true},
           RatingBand{"SR", "Sangat Rendah", std::nullopt, true}}};
}

Policy MakePolicy(std::string legal_basis, RatingScale scale) {
  Policy policy;
  policy.name = absl::StrCat("policies/", scale.code, "/versions/1");
  policy.legal_basis = std::move(legal_basis);
  policy.scale = std::move(scale);
  policy.clamps[Level::kObjective] = Clamp{Number(0), Number(100)};
  return policy;
}

// True where everything above `band`'s bound lies also above `next`'s.
bool Falls(const RatingBand& band, const RatingBand& next) {
  if (!next.lower.has_value()) return true;
  if (*next.lower != *band.lower) return *next.lower < *band.lower;
  return !band.lower_included && next.lower_included;
}

bool Reaches(const Rational& value, const RatingBand& band) {
  if (!band.lower.has_value()) return true;
  const Rational lower(*band.lower);
  return band.lower_included ? value >= lower : value > lower;
}

}  // namespace

absl::Status CheckScale(const RatingScale& scale) {
  if (scale.bands.empty()) return absl::InvalidArgumentError("the scale has no bands");
  if (scale.bands.back().lower.has_value()) {
    return absl::InvalidArgumentError(absl::StrCat("values below the lowest band ",
                                                   scale.bands.back().rating,
                                                   " have no rating; leave its lower bound out"));
  }
  std::set<std::string> ratings;
  for (size_t i = 0; i < scale.bands.size(); ++i) {
    const RatingBand& band = scale.bands[i];
    if (band.rating.empty() || !ratings.insert(band.rating).second) {
      return absl::InvalidArgumentError(
          absl::StrCat("band ", i + 1, " has no rating or one that another band has"));
    }
    if (i + 1 == scale.bands.size()) break;
    if (!band.lower.has_value()) {
      return absl::InvalidArgumentError(
          absl::StrCat("band ", band.rating, " has no lower bound but a band follows it"));
    }
    if (!Falls(band, scale.bands[i + 1])) {
      return absl::InvalidArgumentError(absl::StrCat("band ", scale.bands[i + 1].rating,
                                                     " does not begin below band ", band.rating));
    }
  }
  return absl::OkStatus();
}

const RatingBand& Rate(const RatingScale& scale, const Rational& value) {
  for (const RatingBand& band : scale.bands) {
    if (Reaches(value, band)) return band;
  }
  return scale.bands.back();
}

std::vector<exact::Boundary> Boundaries(const RatingScale& scale) {
  std::vector<exact::Boundary> boundaries;
  for (const RatingBand& band : scale.bands) {
    if (band.lower.has_value()) {
      boundaries.push_back({Rational(*band.lower), band.lower_included});
    }
  }
  return boundaries;
}

absl::Status CheckPolicy(const Policy& policy) {
  const absl::Status scale = CheckScale(policy.scale);
  if (!scale.ok()) return scale;
  if (policy.digits < 0 || policy.digits > exact::kHonestDigitsMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("digits must be 0 to ", exact::kHonestDigitsMax));
  }
  for (const auto& [level, clamp] : policy.clamps) {
    if (clamp.lower <= clamp.upper) continue;
    return absl::InvalidArgumentError(absl::StrCat("a clamp from ", clamp.lower.ToString(), " to ",
                                                   clamp.upper.ToString(), " holds no value"));
  }
  switch (policy.default_formula) {
    case Formula::kPositive:
    case Formula::kNegative:
    case Formula::kInverse:
      return absl::OkStatus();
    default:
      return absl::InvalidArgumentError("the default formula needs a range or children");
  }
}

const std::vector<Policy>& BuiltInPolicies() {
  static const std::vector<Policy>* const policies = [] {
    auto* const result = new std::vector<Policy>{
        MakePolicy("Permendagri 86/2017", RegionalScale()),
        MakePolicy("PermenPANRB 53/2014", LetterScale("permenpanrb-53-2014", true)),
        MakePolicy("PermenPANRB 88/2021", LetterScale("permenpanrb-88-2021", false))};
    for (const Policy& policy : *result) SAKIP_CHECK(CheckPolicy(policy).ok());
    return result;
  }();
  return *policies;
}

const Policy& DefaultPolicy() {
  static const Policy* const policy = FindPolicy("policies/permenpanrb-53-2014/versions/1");
  SAKIP_CHECK(policy != nullptr);
  return *policy;
}

const Policy* FindPolicy(absl::string_view name) {
  for (const Policy& policy : BuiltInPolicies()) {
    if (policy.name == name) return &policy;
  }
  return nullptr;
}

}  // namespace sakip::scoring
