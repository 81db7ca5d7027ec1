// SourcesView: what figures were computed from, as people read it, in Indonesian. Pure.
#ifndef SAKIP_SERVICES_CLI_VIEW_SOURCES_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_SOURCES_VIEW_H_

#include <string>

#include "sakip/scoring/v1/scorecard.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// Policy, basis, and a line for each document and submission.
std::string RenderSources(const scoring::v1::Sources& sources, const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_SOURCES_VIEW_H_
