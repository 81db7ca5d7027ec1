// PlanFolder reads what belongs together of an agency's plan: a folder of files, or files by name.
//
// Functions read the disk and throw nothing. Not thread-safe where files change meanwhile.
#ifndef SAKIP_SERVICES_CLI_FILES_PLAN_FOLDER_H_
#define SAKIP_SERVICES_CLI_FILES_PLAN_FOLDER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "sakip/planning/v1/planning_service.pb.h"
#include "services/cli/files/input_file.h"

namespace sakip::cli {

struct PlanFolder {
  std::optional<InputFile<planning::v1::Agency>> agency;
  // In the order of the files, but for revisions of one document: those stand in their own.
  std::vector<InputFile<planning::v1::PlanDocument>> documents;
};

// Reads each path: a file, or a folder, of which all files `*.yaml`, `*.yml` and `*.json` are read
// by name, and no folders below. Every file is an agency or a plan document; a table `*.csv` in a
// folder is that of a document there.
//
//   NOT_FOUND         a file cannot be read, or a folder has none.
//   INVALID_ARGUMENT  a line for each fault of each file, with the file's name, line and column
//   (row
//                     and column in a table), safe to print.
absl::StatusOr<PlanFolder> ReadPlanFolder(const std::vector<std::string>& paths);

// The same, with what could be read where some of it is wrong: of use to be checked, not to be
// sent.
absl::Status ReadPlanFolder(const std::vector<std::string>& paths, PlanFolder& folder);

// The request that publishes all of it.
planning::v1::PublishPlanRequest ToRequest(const PlanFolder& folder);

// Whether a field of that request is in a list whose table could not be read as a whole: what is
// wrong with the list then, or with that field in it, may be what the missing rows are about.
bool IsInBrokenTable(const PlanFolder& folder, absl::string_view field);

// A fault in a field of that request (`documents[2].annual_plan.year`) at its place in the folder;
// the field as it is called where it is of no file. One line, safe to print.
std::string FormatFault(const PlanFolder& folder, absl::string_view field,
                        absl::string_view description);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_FILES_PLAN_FOLDER_H_
