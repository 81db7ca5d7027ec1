// Failure: how sakipctl says on standard error that a command failed.
//
//   sakipctl: submit q4.yaml: INVALID_ARGUMENT INVALID_FIELD
//     q4.yaml:12:7: indicators[0].unit: is empty
//
// Functions write to the stream they are given; everything that comes from a server or a file is
// made safe to print.
#ifndef SAKIP_SERVICES_CLI_SESSION_FAILURE_H_
#define SAKIP_SERVICES_CLI_SESSION_FAILURE_H_

#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/cli/files/field_places.h"
#include "services/cli/session/exit_code.h"

namespace sakip::cli {

// Says that the call behind `what` (`submit q4.yaml`) failed with `status`: its code and reason,
// then a line for each wrong field with its place in the files that the request was made from, or
// the message, then the facts. Requires a status that is not OK.
ExitCode ReportRefusal(std::ostream& err, absl::string_view what, const absl::Status& status,
                       const FieldPlaces* places = nullptr);

// Says that `what` was not tried: wrong arguments or a bad file. `text` may have several lines.
ExitCode ReportUsage(std::ostream& err, absl::string_view what, absl::string_view text);

// Says something that does not end the command.
void Warn(std::ostream& err, absl::string_view text);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_SESSION_FAILURE_H_
