// Achievements: a formula applied, clamped, rated and rounded for print; and means of them.
//
// Source: design section 4 rules 2, 3, 4 and 6. Functions are pure but for the findings that they
// add to the context.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_ACHIEVEMENT_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_ACHIEVEMENT_H_

#include <string>
#include <vector>

#include "services/scoring/domain/context.h"
#include "services/scoring/domain/scorecard.h"
#include "services/scoring/domain/values.h"

namespace sakip::scoring {

// What is scored, for findings and for the clamp of its level.
struct Subject {
  std::string code;
  Level level = Level::kObjective;
  Formula formula = Formula::kPositive;
};

// The achievement of `realization` against `target`. Its derivation starts with the steps of both.
Achievement Achieve(const Context& context, const Subject& subject, const Resolved& target,
                    const Resolved& realization);

// A part of a mean.
struct Part {
  std::string code;
  Rational weight{1};
  const Achievement* achievement = nullptr;
};

// The mean by weight of the parts that are numbers. What is missing counts 0 where its figure says
// so (a closed quarter), and the mean of nothing but missing parts is missing itself; everything
// else that is no number leaves the mean. Without any number the state is the gravest of the parts.
Achievement Mean(const Context& context, absl::string_view subject, const std::vector<Part>& parts);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_ACHIEVEMENT_H_
