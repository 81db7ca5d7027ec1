// NewFolder writes a folder of files, all of it or nothing, and never over what is there.
#ifndef SAKIP_SERVICES_CLI_FILES_NEW_FOLDER_H_
#define SAKIP_SERVICES_CLI_FILES_NEW_FOLDER_H_

#include <functional>
#include <map>
#include <string>

#include "absl/status/status.h"

namespace sakip::cli {

// Writes `files`, contents by name, and makes them the folder `path` once `check` accepts the
// folder that it is given. After OK they are there whatever happens; only where `path` is the
// folder that the process stands in, which keeps its place, may a loss of power leave some of them.
// Not thread-safe for one path.
//
//   ALREADY_EXISTS  `path` is there and is no empty folder.
//   ABORTED         a file or the folder cannot be written.
absl::Status WriteNewFolder(const std::string& path,
                            const std::map<std::string, std::string>& files,
                            const std::function<absl::Status(const std::string&)>& check);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_FILES_NEW_FOLDER_H_
