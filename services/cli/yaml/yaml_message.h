// YamlMessage reads a YAML tree into a protobuf message, by the message's own description.
//
// Keys are field names as in the .proto; a string takes a scalar's text verbatim (`90.2` stays
// "90.2"); enums take the value's name in lower case without its prefix (`year_to_date`) or the
// full name; repeated fields are sequences, messages are maps, at most one field of a oneof. Map
// fields, bytes and well-known types are not offered. Thread-safe where the message is not shared.
#ifndef SAKIP_SERVICES_CLI_YAML_YAML_MESSAGE_H_
#define SAKIP_SERVICES_CLI_YAML_YAML_MESSAGE_H_

#include <google/protobuf/message.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/cli/yaml/yaml_tree.h"

namespace sakip::cli {

// Where each field of a message stands in its file. Not thread-safe.
class FieldPositions {
 public:
  void Add(const std::string& path, FilePosition position) { positions_[path] = position; }

  bool Has(absl::string_view path) const { return positions_.contains(std::string(path)); }

  // The place of `path`, such as `annual_plan.objectives[0].code`; where that field is not in the
  // file, of the nearest field around it; nullopt where none is.
  std::optional<FilePosition> Find(absl::string_view path) const;

 private:
  std::map<std::string, FilePosition> positions_;
};

// Fills `message` from `root` and `positions` with the place of every field. Returns everything
// that is wrong, in the order of the file; `message` is of use only where that is nothing. Paths of
// fields begin with `path`.
std::vector<FileIssue> ReadMessage(const YamlNode& root, google::protobuf::Message& message,
                                   FieldPositions& positions, absl::string_view path = "");

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_YAML_YAML_MESSAGE_H_
