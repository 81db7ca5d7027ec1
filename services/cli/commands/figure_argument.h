// FigureArgument reads which figure of a scorecard is meant: `IKU2`, `objective/S1:efficiency`,
// `agency:absorption`. Pure.
#ifndef SAKIP_SERVICES_CLI_COMMANDS_FIGURE_ARGUMENT_H_
#define SAKIP_SERVICES_CLI_COMMANDS_FIGURE_ARGUMENT_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "sakip/scoring/v1/explain_service.pb.h"

namespace sakip::cli {

// `[LEVEL/]CODE[:KIND]` or `agency[:KIND]`. Without a level the code is an indicator's; without a
// kind it is the achievement of the year, or the absorption of a program, activity or sub-activity.
//
//   INVALID_ARGUMENT  it is none; says what would be right.
absl::StatusOr<scoring::v1::FigureKey> ParseFigure(absl::string_view text);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_COMMANDS_FIGURE_ARGUMENT_H_
