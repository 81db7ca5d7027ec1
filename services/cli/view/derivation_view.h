// DerivationView: how a figure of a scorecard came about, step by step, in Indonesian. Pure.
#ifndef SAKIP_SERVICES_CLI_VIEW_DERIVATION_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_DERIVATION_VIEW_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "sakip/scoring/v1/scorecard.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// Renders the steps behind everything in `card` that has the code: the agency (by its code or its
// name), an objective, a program, an activity, a sub-activity or an indicator.
//
//   NOT_FOUND  nothing has the code; the message names the nearest that something has.
absl::StatusOr<std::string> RenderDerivation(const scoring::v1::Scorecard& card,
                                             absl::string_view code, const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_DERIVATION_VIEW_H_
