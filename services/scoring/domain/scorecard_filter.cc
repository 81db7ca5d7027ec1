#include "services/scoring/domain/scorecard_filter.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/resource_name.h"

namespace sakip::scoring {
namespace {

// `35` is a province, `35.09` a regency.
bool IsAt(RegionLevel level, const std::string& agency) {
  const auto name = ParseAgencyName(agency);
  if (!name.ok()) return false;
  const auto dots = std::count(name->region.begin(), name->region.end(), '.');
  return dots == (level == RegionLevel::kProvince ? 0 : 1);
}

}  // namespace

bool IsSubmitted(const Scorecard& card) {
  const std::string name = absl::StrCat(card.agency, "/submissions/", FormatPeriod(card.period));
  return std::any_of(card.submissions.begin(), card.submissions.end(),
                     [&](const SubmissionRef& ref) { return ref.name == name; });
}

bool Matches(const ScorecardFilter& filter, const Scorecard& card) {
  if (!filter.ratings.empty() && !filter.ratings.contains(card.achievement.rating)) return false;
  if (filter.submitted.has_value() && *filter.submitted != IsSubmitted(card)) return false;
  return !filter.level.has_value() || IsAt(*filter.level, card.agency);
}

}  // namespace sakip::scoring
