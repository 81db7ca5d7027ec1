// What a read of scoring waits for, so that callers see what they wrote a moment ago.
#ifndef SAKIP_SERVICES_CLI_COMMANDS_NEWEST_H_
#define SAKIP_SERVICES_CLI_COMMANDS_NEWEST_H_

#include "sakip/scoring/v1/scoring_service.pb.h"
#include "services/cli/session/session.h"

namespace sakip::cli {

// Asks planning and realization how long their logs are now. A log that cannot be asked is not
// waited for, which a warning says.
void AskForNewest(Session& session, scoring::v1::LogPositions& at_least);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_COMMANDS_NEWEST_H_
