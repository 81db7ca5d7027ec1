#include "common/message/text_check.h"

#include <google/protobuf/descriptor.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/text.h"

namespace sakip {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

class TextCheck {
 public:
  TextCheck(size_t most, FieldErrors& errors) : most_(most), errors_(errors) {}

  void Check(const Message& message, const std::string& path) {
    const Reflection& reflection = *message.GetReflection();
    std::vector<const FieldDescriptor*> fields;
    reflection.ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      const std::string field_path = absl::StrCat(path, ".", field->name());
      const int count = field->is_repeated() ? reflection.FieldSize(message, field) : -1;
      if (count < 0) CheckField(message, *field, -1, field_path);
      for (int i = 0; i < count; ++i) {
        CheckField(message, *field, i, absl::StrCat(field_path, "[", i, "]"));
      }
    }
  }

 private:
  // `index` is negative for a field that is there once.
  void CheckField(const Message& message, const FieldDescriptor& field, int index,
                  const std::string& path) {
    const Reflection& reflection = *message.GetReflection();
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      Check(index < 0 ? reflection.GetMessage(message, &field)
                      : reflection.GetRepeatedMessage(message, &field, index),
            path);
    } else if (field.type() == FieldDescriptor::TYPE_STRING) {
      std::string scratch;
      const std::string& text =
          index < 0 ? reflection.GetStringReference(message, &field, &scratch)
                    : reflection.GetRepeatedStringReference(message, &field, index, &scratch);
      const absl::Status status = CheckText(text, 0, most_);
      if (!status.ok()) errors_.Add(path, status.message());
    }
  }

  const size_t most_;
  FieldErrors& errors_;
};

}  // namespace

void CheckTexts(const Message& message, const std::string& path, size_t most, FieldErrors& errors) {
  TextCheck(most, errors).Check(message, path);
}

}  // namespace sakip
