// ComparisonView: key indicators beside earlier years and the end of the strategic plan, as people
// read them, in Indonesian. Pure.
#ifndef SAKIP_SERVICES_CLI_VIEW_COMPARISON_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_COMPARISON_VIEW_H_

#include <string>

#include "sakip/scoring/v1/scoring_service.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// A table of the years, one of the final targets, one of the reference values, and one of the path
// of the year; then what they warn of.
std::string RenderComparisons(const scoring::v1::GetScorecardResponse& response,
                              const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_COMPARISON_VIEW_H_
