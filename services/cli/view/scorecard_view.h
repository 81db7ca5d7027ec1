// ScorecardView: a scorecard as people read it, in Indonesian.
//
// Pure. Where the quarter is before the last, figures against the target through the quarter stand
// beside those against the year's target.
#ifndef SAKIP_SERVICES_CLI_VIEW_SCORECARD_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_SCORECARD_VIEW_H_

#include <string>
#include <vector>

#include "sakip/scoring/v1/scorecard.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// The whole scorecard: heading, sources, key indicators by objective, programs, sub-activities,
// budget, findings.
std::string RenderScorecard(const scoring::v1::Scorecard& card, const Screen& screen);

// One line an agency. `ranks` are those of the cards; empty where they have none.
std::string RenderScorecardList(const std::vector<scoring::v1::Scorecard>& cards,
                                const std::vector<int>& ranks, const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_SCORECARD_VIEW_H_
