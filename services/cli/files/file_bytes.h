// FileBytes: the bytes of a file from somebody's disk, and what is wrong with them as a status.
// Functions are thread-safe and throw nothing.
#ifndef SAKIP_SERVICES_CLI_FILES_FILE_BYTES_H_
#define SAKIP_SERVICES_CLI_FILES_FILE_BYTES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/cli/yaml/yaml_tree.h"

namespace sakip::cli {

// The bytes of the file, at most one more than kYamlBytesMax: who reads them refuses that many.
//
//   NOT_FOUND  the file cannot be read.
absl::StatusOr<std::string> ReadFileBytes(absl::string_view path);

// OK where there are no issues; otherwise INVALID_ARGUMENT with a line for each.
absl::Status IssuesStatus(absl::string_view path, const std::vector<FileIssue>& issues);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_FILES_FILE_BYTES_H_
