// PlanExport is the files of all that is stored of an agency's plan, as ReadPlanFolder() reads
// them. Functions throw nothing.
#ifndef SAKIP_SERVICES_CLI_FILES_PLAN_EXPORT_H_
#define SAKIP_SERVICES_CLI_FILES_PLAN_EXPORT_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "sakip/planning/v1/agency.pb.h"
#include "sakip/planning/v1/document.pb.h"

namespace sakip::cli {

// As a server returns it.
struct StoredPlan {
  planning::v1::Agency agency;
  std::vector<planning::v1::PlanDocument> documents;  // All revisions, as they were published.
};

// Contents of files by name, which sort in the order of publishing. With `tables` a document that
// has a long list gets it as a table beside it, where the columns can say all that is in it;
// without it only where its file would be larger than can be read again. Pure.
std::map<std::string, std::string> ExportFiles(const StoredPlan& plan, bool tables);

// Reads the folder that the files were written to. INTERNAL where that is not what is stored.
absl::Status CheckExport(const StoredPlan& plan, const std::string& folder);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_FILES_PLAN_EXPORT_H_
