// YamlWriter writes a protobuf message as YAML that ReadMessage() reads as the same message.
#ifndef SAKIP_SERVICES_CLI_YAML_YAML_WRITER_H_
#define SAKIP_SERVICES_CLI_YAML_YAML_WRITER_H_

#include <google/protobuf/message.h>

#include <functional>
#include <string>

#include "absl/strings/string_view.h"

namespace sakip::cli {

// Writes the fields that are set, in the order of their numbers, but those of `message` itself
// whose names `left_out` is true for. Requires fields of the types that ReadMessage() offers. Pure.
std::string WriteYaml(const google::protobuf::Message& message,
                      const std::function<bool(absl::string_view)>& left_out);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_YAML_YAML_WRITER_H_
