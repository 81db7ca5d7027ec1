// AnalysesView: the checked list of mandatory analyses as people read it, in Indonesian. Pure.
#ifndef SAKIP_SERVICES_CLI_VIEW_ANALYSES_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_ANALYSES_VIEW_H_

#include <string>

#include "sakip/scoring/v1/mandatory_analyses.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// The list, then for each analysis that lacks something who lacks what.
std::string RenderAnalyses(const scoring::v1::MandatoryAnalyses& list, const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_ANALYSES_VIEW_H_
