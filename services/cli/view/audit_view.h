// Entries of the audit trail (jejak audit) as tables. Pure functions.
#ifndef SAKIP_SERVICES_CLI_VIEW_AUDIT_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_AUDIT_VIEW_H_

#include <string>

#include "sakip/audit/v1/audit_service.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// One line an entry, in the order given.
std::string RenderAuditEntries(const audit::v1::ListAuditEntriesResponse& entries,
                               const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_AUDIT_VIEW_H_
