#include "services/cli/yaml/yaml_writer.h"

#include <google/protobuf/descriptor.h>
#include <yaml-cpp/emitter.h>

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/cli/yaml/yaml_scalar.h"

namespace sakip::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::vector<const FieldDescriptor*> SetFields(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  return fields;
}

// Small messages of single values stand in one line: `{value: 90.2, unit: "%"}`.
bool FitsALine(const google::protobuf::Descriptor& type) {
  if (type.field_count() > 2) return false;
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->is_repeated() ||
        type.field(i)->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      return false;
    }
  }
  return true;
}

class Writer {
 public:
  void WriteMap(const Message& message, const std::function<bool(absl::string_view)>& left_out) {
    if (FitsALine(*message.GetDescriptor())) out_ << YAML::Flow;
    out_ << YAML::BeginMap;
    for (const FieldDescriptor* field : SetFields(message)) {
      if (left_out != nullptr && left_out(field->name())) continue;
      out_ << YAML::Key << field->name() << YAML::Value;
      if (field->is_repeated()) {
        WriteList(message, *field);
      } else {
        WriteValue(message, *field, -1);
      }
    }
    out_ << YAML::EndMap;
  }

  std::string Take() const { return absl::StrCat(out_.c_str(), "\n"); }

 private:
  void WriteList(const Message& message, const FieldDescriptor& field) {
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) out_ << YAML::Flow;
    out_ << YAML::BeginSeq;
    const int size = message.GetReflection()->FieldSize(message, &field);
    for (int i = 0; i < size; ++i) WriteValue(message, field, i);
    out_ << YAML::EndSeq;
  }

  // `index` is negative for a field that is there once.
  void WriteValue(const Message& message, const FieldDescriptor& field, int index) {
    const google::protobuf::Reflection& reflection = *message.GetReflection();
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      out_ << ScalarText(message, field, index);
      return;
    }
    WriteMap(index < 0 ? reflection.GetMessage(message, &field)
                       : reflection.GetRepeatedMessage(message, &field, index),
             nullptr);
  }

  YAML::Emitter out_;
};

}  // namespace

std::string WriteYaml(const Message& message,
                      const std::function<bool(absl::string_view)>& left_out) {
  Writer writer;
  writer.WriteMap(message, left_out);
  return writer.Take();
}

}  // namespace sakip::cli
