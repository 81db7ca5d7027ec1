// TableFile reads the table beside the file of a plan document, which the file names by its key
// `table`:
//
//   table: {file: rkt.csv, number_format: indonesian}
//
// Functions read the disk, are thread-safe and throw nothing.
#ifndef SAKIP_SERVICES_CLI_FILES_TABLE_FILE_H_
#define SAKIP_SERVICES_CLI_FILES_TABLE_FILE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "sakip/planning/v1/document.pb.h"
#include "services/cli/csv/csv_number.h"
#include "services/cli/files/field_places.h"
#include "services/cli/yaml/yaml_tree.h"

namespace sakip::cli {

// What a file says of its table.
struct TableReference {
  std::string file;  // In the same folder.
  NumberFormat format = NumberFormat::kPlain;
  FilePosition position;  // Of the key.
};

// Takes the key `table` out of `root`. Nothing where there is none or it is wrong, which is added
// to `issues`.
std::optional<TableReference> TakeTableReference(YamlNode& root, std::vector<FileIssue>& issues);

// Fills the long list of `document`, which was read from `path`, and `table` from the file that
// `reference` names.
//
//   INVALID_ARGUMENT  a line for each fault, with file, row and column, safe to print.
absl::Status ReadTableFile(absl::string_view path, const TableReference& reference,
                           planning::v1::PlanDocument& document, InputTable& table);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_FILES_TABLE_FILE_H_
