// ComparisonView: key indicators beside earlier years and the end of the strategic plan, as people
// read them, in Indonesian. Pure.
#ifndef SAKIP_SERVICES_CLI_VIEW_COMPARISON_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_COMPARISON_VIEW_H_

#include <string>
#include <vector>

#include "sakip/scoring/v1/comparison.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// A table of the years, one of the final targets, and one of the path of the year.
std::string RenderComparisons(const std::vector<scoring::v1::IndicatorComparison>& comparisons,
                              const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_COMPARISON_VIEW_H_
