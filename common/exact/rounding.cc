#include "common/exact/rounding.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"

namespace sakip::exact {
namespace {

constexpr int64_t kTargetMetPercent = 100;

bool IsIn(const Rational& value, const Boundary& boundary) {
  return boundary.closed ? value >= boundary.value : value > boundary.value;
}

// Says how `exact` printed with `digits` digits would tell a kinder story; empty where it does not.
std::string KinderStory(const Rational& exact, int digits, absl::Span<const Boundary> boundaries,
                        bool missed) {
  const Rational rounded = exact.RoundedValue(digits);
  if (rounded <= exact) return "";
  const Rational target_met(kTargetMetPercent);
  if (missed && exact < target_met && rounded >= target_met) {
    return absl::StrCat("rounded to ", digits, " digits it would read ", exact.Rounded(digits),
                        " although the target was missed");
  }
  for (const Boundary& boundary : boundaries) {
    if (IsIn(exact, boundary) || !IsIn(rounded, boundary)) continue;
    return absl::StrCat("rounded to ", digits, " digits it would read ", exact.Rounded(digits),
                        " and ", boundary.closed ? "reach" : "exceed", " the rating boundary ",
                        boundary.value.Truncated(kHonestDigitsMax), ", which it does not");
  }
  return "";
}

}  // namespace

Rounding RoundHonestly(const Rational& exact, int digits, absl::Span<const Boundary> boundaries,
                       bool missed) {
  SAKIP_CHECK(digits >= 0 && digits <= kHonestDigitsMax);
  Rounding result;
  result.policy_digits = digits;
  result.why = KinderStory(exact, digits, boundaries, missed);
  result.extended = !result.why.empty();
  for (int tried = digits; tried <= kHonestDigitsMax; ++tried) {
    if (!KinderStory(exact, tried, boundaries, missed).empty()) continue;
    result.digits = tried;
    result.text = exact.Rounded(tried);
    return result;
  }
  result.digits = kHonestDigitsMax;
  result.text = exact.Floored(kHonestDigitsMax);
  absl::StrAppend(&result.why, "; cut off after ", kHonestDigitsMax, " digits");
  return result;
}

}  // namespace sakip::exact
