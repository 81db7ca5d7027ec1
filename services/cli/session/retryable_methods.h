// RetryableMethods: which calls sakipctl sends again by itself. Thread-safe.
#ifndef SAKIP_SERVICES_CLI_SESSION_RETRYABLE_METHODS_H_
#define SAKIP_SERVICES_CLI_SESSION_RETRYABLE_METHODS_H_

#include <string>
#include <vector>

namespace sakip::cli {

// `sakip.planning.v1.PlanningService/GetAgency` and so on: all unary methods of the services that
// sakipctl calls, which read or carry a request id. Not those of LogAdminService: each call makes
// another backup.
std::vector<std::string> RetryableMethods();

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_SESSION_RETRYABLE_METHODS_H_
