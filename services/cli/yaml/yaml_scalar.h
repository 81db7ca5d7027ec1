// YamlScalar: the text of a scalar as the value of a protobuf field. Pure functions.
#ifndef SAKIP_SERVICES_CLI_YAML_YAML_SCALAR_H_
#define SAKIP_SERVICES_CLI_YAML_YAML_SCALAR_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>

#include "absl/strings/string_view.h"

namespace sakip::cli {

// Sets `field` of `message`, or adds to it where it is repeated. False where `text` is no value of
// the field's type; `message` is unchanged then. Requires a field that is no message and no bytes.
bool SetScalar(absl::string_view text, const google::protobuf::FieldDescriptor& field,
               google::protobuf::Message& message);

// The value of `field`, or of its item `index` where that is not negative, as SetScalar takes it.
// Empty for types that no file of a plan has: 64 bits, reals, bytes, messages.
std::string ScalarText(const google::protobuf::Message& message,
                       const google::protobuf::FieldDescriptor& field, int index);

// What the field takes, for messages: `a whole number`, `sum, last or average`.
std::string ScalarWanted(const google::protobuf::FieldDescriptor& field);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_YAML_YAML_SCALAR_H_
