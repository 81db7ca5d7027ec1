// FindingView: a finding (temuan) as people read it, in Indonesian. Pure.
#ifndef SAKIP_SERVICES_CLI_VIEW_FINDING_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_FINDING_VIEW_H_

#include <string>

#include "sakip/types/v1/finding.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// A line with severity, code and subject, the message, and a line for each figure and where it
// stands.
std::string RenderFinding(const types::v1::Finding& finding, const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_FINDING_VIEW_H_
