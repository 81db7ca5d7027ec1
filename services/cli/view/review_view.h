// ReviewView: what a review of a report found, as people read it, in Indonesian. Pure.
#ifndef SAKIP_SERVICES_CLI_VIEW_REVIEW_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_REVIEW_VIEW_H_

#include <string>

#include "sakip/scoring/v1/review_service.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// One line a difference, then the counts.
std::string RenderReview(const scoring::v1::ReviewReportResponse& review, const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_REVIEW_VIEW_H_
