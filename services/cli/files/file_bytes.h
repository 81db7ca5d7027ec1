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

// Refuses what is no file by itself. A link may lead out of a folder that was handed around, and
// reading a pipe may never end.
//
//   NOT_FOUND  it is a link, a pipe or another thing that is no regular file, or it is not there.
absl::Status RefuseIrregular(absl::string_view path);

// How the name ends, in lower case: `.yaml` of `RKT.YAML`. Empty where it has no point.
std::string ExtensionOf(absl::string_view path);

// OK where there are no issues; otherwise INVALID_ARGUMENT with a line for each.
absl::Status IssuesStatus(absl::string_view path, const std::vector<FileIssue>& issues);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_FILES_FILE_BYTES_H_
