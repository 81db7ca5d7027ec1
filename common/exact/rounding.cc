#include "common/exact/rounding.h"

#include <cstdint>

#include "common/base/log.h"

namespace sakip::exact {
namespace {

constexpr int64_t kTargetMetPercent = 100;

bool IsIn(const Rational& value, const Boundary& boundary) {
  return boundary.closed ? value >= boundary.value : value > boundary.value;
}

struct Story {
  KinderStory kind = KinderStory::kNone;
  const Boundary* boundary = nullptr;  // Of the bands.
};

// How `exact` printed with `digits` digits would tell a kinder story.
Story StoryOf(const Rational& exact, int digits, absl::Span<const Boundary> boundaries,
              bool missed) {
  const Rational rounded = exact.RoundedValue(digits);
  if (rounded <= exact) return {};
  const Rational target_met(kTargetMetPercent);
  if (missed && exact < target_met && rounded >= target_met) return {KinderStory::kHidesMiss};
  for (const Boundary& boundary : boundaries) {
    if (IsIn(exact, boundary) || !IsIn(rounded, boundary)) continue;
    return {boundary.closed ? KinderStory::kReachesBand : KinderStory::kExceedsBand, &boundary};
  }
  return {};
}

}  // namespace

Rounding RoundHonestly(const Rational& exact, int digits, absl::Span<const Boundary> boundaries,
                       bool missed) {
  SAKIP_CHECK(digits >= 0 && digits <= kHonestDigitsMax);
  Rounding result;
  result.policy_digits = digits;
  const Story story = StoryOf(exact, digits, boundaries, missed);
  if (story.kind == KinderStory::kNone) {
    result.digits = digits;
    result.text = exact.Rounded(digits);
    return result;
  }
  result.extended = true;
  result.avoided = story.kind;
  result.read_as = exact.Rounded(digits);
  if (story.boundary != nullptr) {
    result.boundary = story.boundary->value.Truncated(kHonestDigitsMax);
  }
  for (int tried = digits + 1; tried <= kHonestDigitsMax; ++tried) {
    if (StoryOf(exact, tried, boundaries, missed).kind != KinderStory::kNone) continue;
    result.digits = tried;
    result.text = exact.Rounded(tried);
    return result;
  }
  result.digits = kHonestDigitsMax;
  result.text = exact.Floored(kHonestDigitsMax);
  result.cut_off = true;
  return result;
}

}  // namespace sakip::exact
