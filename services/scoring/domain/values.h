// Finds the target and the realization of an indicator, with the steps that led to them.
//
// Source: design section 4 rules 3, 7, 8 and 11. Functions are pure but for the findings that they
// add to the context.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_VALUES_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_VALUES_H_

#include <optional>
#include <string>
#include <vector>

#include "services/scoring/domain/context.h"
#include "services/scoring/domain/scorecard.h"
#include "services/scoring/domain/submitted.h"

namespace sakip::scoring {

// A value, or why there is none.
struct Resolved {
  enum class Outcome {
    kValue,
    kNotDue,         // A target: there is none in the period. A share: no child is due.
    kMissing,        // A realization: none was submitted.
    kNotApplicable,  // Declared so.
    kNotScored       // It contradicts itself or the plan; a finding says how.
  };

  Outcome outcome = Outcome::kMissing;
  std::optional<Quantity> value;
  std::optional<Quantity> upper;  // Of a target that is a range.
  Derivation steps;
  std::optional<Counts> counts = {};  // Of a realization that is their quotient x 100.
};

// Where an annual plan has the target of an indicator.
std::string LocationOfTarget(const AnnualPlan& plan, const std::string& indicator_code);

// The target through the quarter: the action plan's quarters combined; the year's target in the
// fourth quarter where the action plan has no usable quarters for the indicator.
Resolved TargetToDate(const Context& context, const Indicator& indicator);

// The year's target, of the plan in force at the end of the year. Not applicable where that plan
// dropped the indicator.
Resolved TargetOfYear(const Context& context, const std::string& indicator_code);

// What was realized from the first day of the year to the end of the quarter. A quarter that was
// declared not applicable does not erase the results of others, unless the declaration is for the
// year to date; and its target stays, for the plan is the plan. `submitted` is what was for the
// indicator.
Resolved RealizedToDate(const Context& context, const Indicator& indicator,
                        std::vector<Entry> submitted);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_VALUES_H_
