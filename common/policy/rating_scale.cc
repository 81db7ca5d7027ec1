#include "common/policy/rating_scale.h"

#include <set>

#include "absl/strings/str_cat.h"

namespace sakip::policy {
namespace {

using exact::Rational;

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

void CheckRatings(const RatingScale& scale, const std::string& path, FieldErrors& errors) {
  std::set<std::string> ratings;
  for (size_t i = 0; i < scale.bands.size(); ++i) {
    const std::string field = absl::StrCat(path, ".bands[", i, "].rating");
    const std::string& rating = scale.bands[i].rating;
    if (rating.empty()) {
      errors.Add(field, "is missing; a letter or a word");
    } else if (!ratings.insert(rating).second) {
      errors.Add(field, absl::StrCat(rating, " is the rating of a band above too"));
    }
  }
}

}  // namespace

void CheckScale(const RatingScale& scale, const std::string& path, FieldErrors& errors) {
  if (scale.bands.empty()) return errors.Add(path + ".bands", "has none; at least one");
  CheckRatings(scale, path, errors);
  for (size_t i = 0; i < scale.bands.size(); ++i) {
    const RatingBand& band = scale.bands[i];
    const std::string field = absl::StrCat(path, ".bands[", i, "].lower");
    if (i + 1 == scale.bands.size()) {
      if (!band.lower.has_value()) return;
      return errors.Add(field,
                        "leaves the values below it without a rating; leave it out of the "
                        "lowest band");
    }
    if (!band.lower.has_value()) {
      errors.Add(field, "is missing, but a band follows");
    } else if (i > 0 && scale.bands[i - 1].lower.has_value() && !Falls(scale.bands[i - 1], band)) {
      errors.Add(field, "is not below the band above; bands go from the highest down");
    }
  }
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

}  // namespace sakip::policy
