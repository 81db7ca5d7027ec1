// Health asks a server by the protocol grpc.health.v1 whether it serves.
//
// Debian 12 installs no proto of that protocol; the request without a service name is empty and the
// answer is one number, so both are read from the bytes.
#ifndef SAKIP_SERVICES_CLI_SESSION_HEALTH_H_
#define SAKIP_SERVICES_CLI_SESSION_HEALTH_H_

#include "services/cli/session/session.h"

namespace sakip::cli {

enum class Health {
  kUnknown,     // No answer, or one that is none.
  kServing,     // As the server says.
  kNotServing,  // It is there but takes no work: it starts, drains or has failed.
  kNotOffered,  // It does not speak the protocol.
};

// Waits at most the session's timeout.
Health AskHealth(const Session& session, Peer peer);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_SESSION_HEALTH_H_
