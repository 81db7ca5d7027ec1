#include "common/policy/policy.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"

namespace sakip::policy {
namespace {

using exact::Decimal;
using plan::Formula;
using plan::Level;

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

bool Holds(const Policy& policy) {
  FieldErrors errors;
  CheckPolicy(policy, "policy", errors);
  return errors.empty();
}

}  // namespace

void CheckPolicy(const Policy& policy, const std::string& path, FieldErrors& errors) {
  CheckScale(policy.scale, path + ".rating_scale", errors);
  if (policy.digits < 0 || policy.digits > exact::kHonestDigitsMax) {
    errors.Add(path + ".digits", absl::StrCat("is not 0 to ", exact::kHonestDigitsMax));
  }
  for (const auto& [level, clamp] : policy.clamps) {
    if (clamp.lower <= clamp.upper) continue;
    errors.Add(path + ".clamps", absl::StrCat("from ", clamp.lower.ToString(), " to ",
                                              clamp.upper.ToString(), " hold no value"));
  }
  if (policy.efficiency.tolerance.is_negative()) {
    errors.Add(path + ".efficiency.tolerance", "is negative");
  }
  switch (policy.default_formula) {
    case Formula::kPositive:
    case Formula::kNegative:
    case Formula::kInverse:
      return;
    default:
      errors.Add(path + ".default_formula",
                 "needs a range or children; POSITIVE, NEGATIVE or INVERSE");
  }
}

const std::vector<Policy>& BuiltInPolicies() {
  static const std::vector<Policy>* const policies = [] {
    auto* const result = new std::vector<Policy>{
        MakePolicy("Permendagri 86/2017", RegionalScale()),
        MakePolicy("PermenPANRB 53/2014", LetterScale("permenpanrb-53-2014", true)),
        MakePolicy("PermenPANRB 88/2021", LetterScale("permenpanrb-88-2021", false))};
    for (const Policy& policy : *result) SAKIP_CHECK(Holds(policy));
    return result;
  }();
  return *policies;
}

const Policy& DefaultPolicy() {
  static const Policy* const policy = FindBuiltIn("policies/permenpanrb-53-2014/versions/1");
  SAKIP_CHECK(policy != nullptr);
  return *policy;
}

const Policy* FindBuiltIn(absl::string_view name) {
  for (const Policy& policy : BuiltInPolicies()) {
    if (policy.name == name) return &policy;
  }
  return nullptr;
}

}  // namespace sakip::policy
