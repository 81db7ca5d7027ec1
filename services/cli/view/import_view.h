// ImportView: what became of an import. Pure functions.
#ifndef SAKIP_SERVICES_CLI_VIEW_IMPORT_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_IMPORT_VIEW_H_

#include <string>

#include "sakip/realization/v1/import_service.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// The counts, then a row an item.
std::string RenderImportSummary(const realization::v1::ImportSummary& summary,
                                const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_IMPORT_VIEW_H_
