// Shares: indicators that measure how many of other indicators reached their target (SHARE_MET).
//
// Source: design section 4 rule 1. Functions are pure but for the findings that they add to the
// context.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_SHARE_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_SHARE_H_

#include <string>

#include "services/scoring/domain/achievement.h"
#include "services/scoring/domain/context.h"
#include "services/scoring/domain/values.h"

namespace sakip::scoring {

struct Share : Resolved {
  std::string expression = {};  // Of a value: `3 / 4 x 100`.
};

// A share by the targets of the children to date and by those of the year.
struct Shares {
  Share to_date;
  Share of_year;
};

// The shares of the children whose target is met. Of the children that are due and apply, those
// that are missing, not scored, not in the plan or shares themselves count as not met; a child that
// is named twice counts once. Like any realization a share is missing where nothing of it was
// submitted, not due where no child is due, and not applicable where no child applies.
Shares SharesMet(const Context& context, const Indicator& indicator);

// A submitted share is scored as submitted; that it is not the share it is named after is a
// finding.
void CompareShare(const Context& context, const Subject& subject, const Indicator& indicator,
                  const Resolved& submitted, const Resolved& target, const Share& share);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_SHARE_H_
