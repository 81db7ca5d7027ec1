// The values that were submitted for an indicator, one a quarter, and what is noted about them.
//
// Source: design section 4 rules 7, 8 and 12. Values borrow the submissions; functions are pure but
// for the findings that they add to the context.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_SUBMITTED_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_SUBMITTED_H_

#include <cstdint>
#include <string>
#include <vector>

#include "services/scoring/domain/context.h"
#include "services/scoring/domain/facts.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

// One submitted value and where it stands.
struct Entry {
  int quarter;
  const Submission* submission;
  const RealizedIndicator* value;
  int64_t count = 1;  // How many submitted values it stands for where it is to date.

  bool year_to_date() const { return submission->coverage == Coverage::kYearToDate; }
};

// What was submitted for the indicator, up to the quarter.
std::vector<Entry> SubmittedValues(const Context& context, const std::string& code);

// `90`, `9 / 10`.
std::string ValueText(const RealizedIndicator& value);

// The unit; `%` goes without saying where a quotient or a percentage was submitted.
std::string UnitOf(const RealizedIndicator& value);

bool IsNotApplicable(const Entry& entry);

// The value and where it stands.
FindingFigure Where(const Entry& entry, const std::string& code);

// Notes that a value to date is smaller than what was to date before, where it must not be. Sums
// and maxima cannot fall, unless somebody corrected them downwards. A last value can, and is a
// finding where more is better and the plan does not say that it may. Means fall by nature, and
// where lower is better a fall is what is wanted.
void NoteFall(const Context& context, const Indicator& indicator,
              const std::vector<Entry>& entries);

// Notes which of the values that count nobody can reproduce, and numerators above denominators.
void NoteQuality(const Context& context, const Indicator& indicator,
                 const std::vector<Entry>& entries);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_SUBMITTED_H_
