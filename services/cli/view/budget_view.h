// Money by kind of expenditure and source of funds, as tables for people. Pure functions.
#ifndef SAKIP_SERVICES_CLI_VIEW_BUDGET_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_BUDGET_VIEW_H_

#include <string>

#include "sakip/scoring/v1/scorecard.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// A line a part and one for the rest, with a note where an absorption is of less than the whole
// part; empty where there are no parts.
std::string RenderBudgetParts(const scoring::v1::BudgetScore& budget, const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_BUDGET_VIEW_H_
