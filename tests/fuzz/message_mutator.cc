#include "tests/fuzz/message_mutator.h"

#include <google/protobuf/descriptor.h>

#include <array>
#include <limits>

#include "common/base/text.h"

namespace sakip::fuzz {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr size_t kTextBytesMax = 1024;
constexpr int kRepeatsMax = 64;

int64_t Number(Random& random) {
  constexpr std::array<int64_t, 11> kEdges = {0,
                                              1,
                                              -1,
                                              2,
                                              4,
                                              5,
                                              2023,
                                              2100,
                                              std::numeric_limits<int32_t>::max(),
                                              std::numeric_limits<int64_t>::max(),
                                              std::numeric_limits<int64_t>::min()};
  return random() % 4 == 0 ? static_cast<int64_t>(random()) : kEdges[random() % kEdges.size()];
}

std::string Text(const std::string& before, const std::vector<std::string>& texts, Random& random) {
  if (!texts.empty() && random() % 3 == 0) return texts[random() % texts.size()];
  return MutateBytes(before, kTextBytesMax, random);
}

// What is no UTF-8 does not parse, and tries nothing behind the parser.
void KeepUtf8(std::string& text) {
  absl::string_view rest = text;
  while (!rest.empty()) {
    if (TakeCharacter(rest).has_value()) continue;
    for (char& c : text) c = static_cast<char>(c & 0x7F);
    return;
  }
}

// Gives field `field` a new value; at `index` where it is repeated.
class FieldSetter {
 public:
  FieldSetter(Message& message, const FieldDescriptor& field, int index)
      : message_(message), field_(field), index_(index), reflection_(*message.GetReflection()) {}

  void Set(const std::vector<std::string>& texts, Random& random) const {
    switch (field_.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return SetText(Text(GetText(), texts, random));
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return MutateMessage(*Child(), texts, random);
      case FieldDescriptor::CPPTYPE_BOOL:
        return Put(&Reflection::SetBool, &Reflection::SetRepeatedBool, random() % 2 == 0);
      case FieldDescriptor::CPPTYPE_ENUM:
        return Put(&Reflection::SetEnumValue, &Reflection::SetRepeatedEnumValue,
                   static_cast<int>(random() % 12));
      case FieldDescriptor::CPPTYPE_INT32:
        return Put(&Reflection::SetInt32, &Reflection::SetRepeatedInt32,
                   static_cast<int32_t>(Number(random)));
      case FieldDescriptor::CPPTYPE_UINT32:
        return Put(&Reflection::SetUInt32, &Reflection::SetRepeatedUInt32,
                   static_cast<uint32_t>(Number(random)));
      case FieldDescriptor::CPPTYPE_INT64:
        return Put(&Reflection::SetInt64, &Reflection::SetRepeatedInt64, Number(random));
      case FieldDescriptor::CPPTYPE_UINT64:
        return Put(&Reflection::SetUInt64, &Reflection::SetRepeatedUInt64,
                   static_cast<uint64_t>(Number(random)));
      case FieldDescriptor::CPPTYPE_FLOAT:
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return;  // No interface of ours has one.
    }
  }

 private:
  std::string GetText() const {
    return field_.is_repeated() ? reflection_.GetRepeatedString(message_, &field_, index_)
                                : reflection_.GetString(message_, &field_);
  }
  void SetText(std::string text) const {
    if (field_.type() == FieldDescriptor::TYPE_STRING) KeepUtf8(text);
    if (field_.is_repeated()) {
      reflection_.SetRepeatedString(&message_, &field_, index_, text);
    } else {
      reflection_.SetString(&message_, &field_, text);
    }
  }
  Message* Child() const {
    return field_.is_repeated() ? reflection_.MutableRepeatedMessage(&message_, &field_, index_)
                                : reflection_.MutableMessage(&message_, &field_);
  }
  template <typename One, typename Repeated, typename Value>
  void Put(One one, Repeated repeated, Value value) const {
    if (field_.is_repeated()) {
      (reflection_.*repeated)(&message_, &field_, index_, value);
    } else {
      (reflection_.*one)(&message_, &field_, value);
    }
  }

  Message& message_;
  const FieldDescriptor& field_;
  const int index_;
  const Reflection& reflection_;
};

void AddElement(Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  const int size = reflection.FieldSize(message, &field);
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      Message* added = reflection.AddMessage(&message, &field);
      // What is added repeats what is there: codes that stand twice are a case of their own.
      if (size > 0) added->CopyFrom(reflection.GetRepeatedMessage(message, &field, size - 1));
      return;
    }
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.AddString(&message, &field, "");
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.AddEnumValue(&message, &field, 0);
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.AddInt32(&message, &field, 0);
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection.AddUInt32(&message, &field, 0);
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection.AddInt64(&message, &field, 0);
    case FieldDescriptor::CPPTYPE_UINT64:
      return reflection.AddUInt64(&message, &field, 0);
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.AddBool(&message, &field, false);
    default:
      return;
  }
}

void MutateRepeated(Message& message, const FieldDescriptor& field,
                    const std::vector<std::string>& texts, Random& random) {
  const Reflection& reflection = *message.GetReflection();
  const int size = reflection.FieldSize(message, &field);
  const int at = size == 0 ? 0 : static_cast<int>(random() % static_cast<uint64_t>(size));
  switch (random() % 6) {
    case 0:
      if (size < kRepeatsMax) AddElement(message, field);
      return;
    case 1:
      if (size > 0) reflection.RemoveLast(&message, &field);
      return;
    case 2:
      if (size > 1) reflection.SwapElements(&message, &field, at, size - 1);
      return;
    default:
      if (size > 0) FieldSetter(message, field, at).Set(texts, random);
      return;
  }
}

// Fields that are set are chosen more often: there is more below them.
const FieldDescriptor* ChooseField(const Message& message, Random& random) {
  std::vector<const FieldDescriptor*> set;
  message.GetReflection()->ListFields(message, &set);
  if (!set.empty() && random() % 4 != 0) return set[random() % set.size()];
  const int count = message.GetDescriptor()->field_count();
  if (count == 0) return nullptr;
  return message.GetDescriptor()->field(static_cast<int>(random() % static_cast<uint64_t>(count)));
}

}  // namespace

void AddTexts(const Message& message, std::vector<std::string>& texts) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        AddTexts(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                      : reflection.GetMessage(message, field),
                 texts);
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        texts.push_back(field->is_repeated() ? reflection.GetRepeatedString(message, field, i)
                                             : reflection.GetString(message, field));
      }
    }
  }
}

void MutateMessage(Message& message, const std::vector<std::string>& texts, Random& random) {
  const FieldDescriptor* field = ChooseField(message, random);
  if (field == nullptr) return;
  if (field->is_repeated()) return MutateRepeated(message, *field, texts, random);
  if (random() % 16 == 0) return message.GetReflection()->ClearField(&message, field);
  FieldSetter(message, *field, 0).Set(texts, random);
}

}  // namespace sakip::fuzz
