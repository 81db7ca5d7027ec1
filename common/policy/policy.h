// Policy is the set of rules that scores are computed under: data, versioned and immutable.
//
// Planning refuses to publish one that does not hold, scoring computes under it. Source of the
// rules: design section 4; scales: PermenPANRB 53/2014, PermenPANRB 88/2021 and Permendagri
// 86/2017. Values; all functions are pure.
#ifndef SAKIP_COMMON_POLICY_POLICY_H_
#define SAKIP_COMMON_POLICY_POLICY_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/base/error.h"
#include "common/exact/decimal.h"
#include "common/plan/plan.h"
#include "common/policy/rating_scale.h"

namespace sakip::policy {

inline constexpr char kScoringPolicies[] = "scoringPolicies";  // The collection of a region.

// Bounds of an achievement in percent: what is beyond counts as the bound.
struct Clamp {
  exact::Decimal lower;
  exact::Decimal upper;
};

// How the indicators of an objective weigh in its mean.
enum class Weighting {
  kAsPlanned,  // As the plan says; those that it gives no weight count 1.
  kEqual       // All the same, whatever the plan says.
};

// How efficiency is told (efisiensi).
enum class EfficiencyMethod {
  kNone,
  // Achievement minus absorption, in percentage points.
  kAchievementMinusAbsorption,
  // PMK 214/PMK.02/2017: what the achieved outputs may have cost against what they cost.
  kPmk214Of2017
};

struct EfficiencyRule {
  EfficiencyMethod method = EfficiencyMethod::kAchievementMinusAbsorption;
  // Percentage points by which achievement and absorption may differ and still be sufficiently
  // efficient. Of kAchievementMinusAbsorption.
  exact::Decimal tolerance = exact::Decimal::FromInt(5);
};

struct Policy {
  // `policies/permenpanrb-53-2014/versions/1`, or `regions/35/scoringPolicies/2` of a region.
  std::string name;
  std::string legal_basis;
  int first_year = 0;  // That it holds for; 0 of a built-in one, which holds for every year.
  RatingScale scale;
  int digits = 2;
  std::map<plan::Level, Clamp> clamps;  // A level that is absent is not clamped.
  plan::Formula default_formula = plan::Formula::kPositive;
  Weighting weighting = Weighting::kAsPlanned;
  EfficiencyRule efficiency;
};

// Proves that scores can be computed under `policy`. Adds an error at each field at fault, by its
// path from `path`: what CheckScale refuses, a clamp whose bounds are the wrong way round, digits
// that are not 0..kHonestDigitsMax, a default formula that needs what an indicator without formula
// does not have (a range, children), a tolerance below zero.
void CheckPolicy(const Policy& policy, const std::string& path, FieldErrors& errors);

// The built-in policies, ordered by name. All pass CheckPolicy.
const std::vector<Policy>& BuiltInPolicies();

// The policy of a region that published none.
const Policy& DefaultPolicy();

// Nullptr where no built-in policy has this name.
const Policy* FindBuiltIn(absl::string_view name);

}  // namespace sakip::policy

#endif  // SAKIP_COMMON_POLICY_POLICY_H_
