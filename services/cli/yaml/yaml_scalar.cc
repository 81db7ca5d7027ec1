#include "services/cli/yaml/yaml_scalar.h"

#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"

namespace sakip::cli {
namespace {

using ::google::protobuf::EnumDescriptor;
using ::google::protobuf::EnumValueDescriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;

// Only an optional minus and digits: SimpleAtoi alone also takes blanks and a plus.
template <typename Number>
std::optional<Number> ParseWhole(absl::string_view text) {
  absl::string_view digits = text;
  absl::ConsumePrefix(&digits, "-");
  if (digits.empty()) return std::nullopt;
  for (const char c : digits) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return std::nullopt;
  }
  Number number;
  if (!absl::SimpleAtoi(text, &number)) return std::nullopt;
  return number;
}

// Finite numbers only; `inf` and `nan` are words that a YAML reader might mean otherwise.
std::optional<double> ParseReal(absl::string_view text) {
  double number;
  if (text.empty() || absl::ascii_isspace(static_cast<unsigned char>(text.front())) ||
      absl::ascii_isspace(static_cast<unsigned char>(text.back())) ||
      !absl::SimpleAtod(text, &number) || !std::isfinite(number)) {
    return std::nullopt;
  }
  return number;
}

// `YEAR_TO_DATE` of COVERAGE_YEAR_TO_DATE: values carry their type's name as a prefix.
absl::string_view ShortName(const EnumValueDescriptor& value) {
  std::string prefix;
  for (const char c : value.type()->name()) {
    if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !prefix.empty()) prefix += '_';
    prefix += absl::ascii_toupper(static_cast<unsigned char>(c));
  }
  absl::string_view name = value.name();
  if (absl::ConsumePrefix(&name, prefix)) absl::ConsumePrefix(&name, "_");
  return name;
}

// Zero is what an absent key means, so no word stands for it.
const EnumValueDescriptor* FindEnumValue(absl::string_view text, const EnumDescriptor& type) {
  for (int i = 0; i < type.value_count(); ++i) {
    const EnumValueDescriptor& value = *type.value(i);
    if (value.number() == 0) continue;
    if (text == value.name() || text == absl::AsciiStrToLower(ShortName(value))) return &value;
  }
  return nullptr;
}

std::string EnumWanted(const EnumDescriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() != 0) {
      names.push_back(absl::AsciiStrToLower(ShortName(*type.value(i))));
    }
  }
  if (names.size() < 2) return absl::StrJoin(names, "");
  const std::string last = names.back();
  names.pop_back();
  return absl::StrCat(absl::StrJoin(names, ", "), " or ", last);
}

// Calls the setter or the adder of reflection.
template <typename Value, typename Set, typename Add>
bool Store(const std::optional<Value>& value, const FieldDescriptor& field, Message& message,
           Set set, Add add) {
  if (!value.has_value()) return false;
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  if (field.is_repeated()) {
    (reflection.*add)(&message, &field, *value);
  } else {
    (reflection.*set)(&message, &field, *value);
  }
  return true;
}

std::optional<bool> ParseBool(absl::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

}  // namespace

bool SetScalar(absl::string_view text, const FieldDescriptor& field, Message& message) {
  using R = google::protobuf::Reflection;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return Store(std::optional<std::string>(std::string(text)), field, message, &R::SetString,
                   &R::AddString);
    case FieldDescriptor::CPPTYPE_INT32:
      return Store(ParseWhole<int32_t>(text), field, message, &R::SetInt32, &R::AddInt32);
    case FieldDescriptor::CPPTYPE_INT64:
      return Store(ParseWhole<int64_t>(text), field, message, &R::SetInt64, &R::AddInt64);
    case FieldDescriptor::CPPTYPE_UINT32:
      return Store(ParseWhole<uint32_t>(text), field, message, &R::SetUInt32, &R::AddUInt32);
    case FieldDescriptor::CPPTYPE_UINT64:
      return Store(ParseWhole<uint64_t>(text), field, message, &R::SetUInt64, &R::AddUInt64);
    case FieldDescriptor::CPPTYPE_BOOL:
      return Store(ParseBool(text), field, message, &R::SetBool, &R::AddBool);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Store(ParseReal(text), field, message, &R::SetDouble, &R::AddDouble);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return Store(ParseReal(text), field, message, &R::SetFloat, &R::AddFloat);
    case FieldDescriptor::CPPTYPE_ENUM: {
      const EnumValueDescriptor* value = FindEnumValue(text, *field.enum_type());
      return Store(value == nullptr ? std::nullopt : std::optional(value), field, message,
                   &R::SetEnum, &R::AddEnum);
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  return false;
}

std::string ScalarText(const Message& message, const FieldDescriptor& field, int index) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  const bool one = index < 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return one ? reflection.GetString(message, &field)
                 : reflection.GetRepeatedString(message, &field, index);
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(one ? reflection.GetInt32(message, &field)
                              : reflection.GetRepeatedInt32(message, &field, index));
    case FieldDescriptor::CPPTYPE_UINT32:
      return absl::StrCat(one ? reflection.GetUInt32(message, &field)
                              : reflection.GetRepeatedUInt32(message, &field, index));
    case FieldDescriptor::CPPTYPE_BOOL: {
      const bool value = one ? reflection.GetBool(message, &field)
                             : reflection.GetRepeatedBool(message, &field, index);
      return value ? "true" : "false";
    }
    case FieldDescriptor::CPPTYPE_ENUM:
      return absl::AsciiStrToLower(
          ShortName(one ? *reflection.GetEnum(message, &field)
                        : *reflection.GetRepeatedEnum(message, &field, index)));
    default:
      return "";
  }
}

std::string ScalarWanted(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return "a whole number";
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return "a whole number that is not negative";
    case FieldDescriptor::CPPTYPE_BOOL:
      return "true or false";
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return "a number";
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumWanted(*field.enum_type());
    case FieldDescriptor::CPPTYPE_STRING:
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  return "a text";
}

}  // namespace sakip::cli
