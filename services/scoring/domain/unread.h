// Which of the events that cannot be read may change a scorecard.
//
// Pure functions, but for the findings that they add.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_UNREAD_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_UNREAD_H_

#include <vector>

#include "common/base/period.h"
#include "common/finding/finding.h"
#include "services/scoring/domain/facts.h"

namespace sakip::scoring {

// Those that may change what is scored at the end of `period`: not a plan or policy published after
// the quarter closed, not a policy of a region where a nearer one is in force, not a submission of
// a later quarter. Borrowed from `submissions`.
std::vector<const UnreadEvent*> UnreadThatMatter(const PlanHistory& history,
                                                 const YearSubmissions& submissions, Period period);

// Adds a finding for each.
void NoteUnread(const std::vector<const UnreadEvent*>& events, Findings& findings);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_UNREAD_H_
