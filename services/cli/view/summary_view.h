// SummaryView: the agencies of a region summed up, as people read it, in Indonesian. Pure.
#ifndef SAKIP_SERVICES_CLI_VIEW_SUMMARY_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_SUMMARY_VIEW_H_

#include <string>

#include "sakip/scoring/v1/scoring_service.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// The agencies by government, how many have which rating, the money by government, and who has not
// submitted.
std::string RenderSummary(const scoring::v1::SummarizeScorecardsResponse& response,
                          const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_SUMMARY_VIEW_H_
