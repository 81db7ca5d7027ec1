#include "common/message/message_diff.h"

#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace sakip {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::TextFormat;
using google::protobuf::util::MessageDifferencer;

// `index` is negative for a field that is there once.
std::string ScalarText(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  if (field.type() == FieldDescriptor::TYPE_STRING) {
    return index < 0 ? reflection.GetString(message, &field)
                     : reflection.GetRepeatedString(message, &field, index);
  }
  std::string text;
  TextFormat::PrintFieldValueToString(message, &field, index, &text);
  return text;
}

// Follows a path of the differencer and tells every value at its end.
class Teller final : public MessageDifferencer::Reporter {
 public:
  using Path = std::vector<MessageDifferencer::SpecificField>;

  Teller(const Message& before, const Message& after, const KeyFields& keys,
         std::vector<Change>& changes)
      : before_(before), after_(after), keys_(keys), changes_(changes) {}

  // What the differencer hands over is the message around the last field of the path; the names of
  // the items on the way are found from the top.
  void ReportAdded(const Message&, const Message&, const Path& path) override {
    TellAll(Find(path, /*is_after=*/true), /*is_added=*/true);
  }
  void ReportDeleted(const Message&, const Message&, const Path& path) override {
    TellAll(Find(path, /*is_after=*/false), /*is_added=*/false);
  }
  void ReportModified(const Message&, const Message&, const Path& path) override {
    // A message is told by its values.
    if (path.back().field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) return;
    const Place was = Find(path, /*is_after=*/false);
    const Place is = Find(path, /*is_after=*/true);
    changes_.push_back({Change::Kind::kChanged, is.name,
                        ScalarText(*was.message, *was.field, was.index),
                        ScalarText(*is.message, *is.field, is.index)});
  }

 private:
  // The last field of a path, in the message that holds it.
  struct Place {
    const Message* message = nullptr;
    const FieldDescriptor* field = nullptr;
    int index = -1;
    std::string name;
  };

  Place Find(const Path& path, bool is_after) const {
    Place place;
    const Message* message = is_after ? &after_ : &before_;
    for (const MessageDifferencer::SpecificField& step : path) {
      place.message = message;
      place.field = step.field;
      place.index = is_after && step.new_index >= 0 ? step.new_index : step.index;
      absl::StrAppend(&place.name, place.name.empty() ? "" : ".", step.field->name());
      const Reflection& reflection = *message->GetReflection();
      const bool is_message = step.field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
      if (!step.field->is_repeated()) {
        place.index = -1;
        if (is_message) message = &reflection.GetMessage(*message, step.field);
      } else if (is_message) {
        message = &reflection.GetRepeatedMessage(*message, step.field, place.index);
        absl::StrAppend(&place.name, "[", KeyText(*message), "]");
      } else {
        absl::StrAppend(&place.name, "[", ScalarText(*message, *step.field, place.index), "]");
      }
    }
    return place;
  }

  std::string KeyText(const Message& item) const {
    return absl::StrJoin(keys_(*item.GetDescriptor()), " ",
                         [&](std::string* out, const FieldDescriptor* key) {
                           absl::StrAppend(out, ScalarText(item, *key, -1));
                         });
  }

  void TellAll(const Place& place, bool is_added) {
    const Reflection& reflection = *place.message->GetReflection();
    if (place.field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      std::string text = ScalarText(*place.message, *place.field, place.index);
      changes_.push_back(is_added
                             ? Change{Change::Kind::kAdded, place.name, "", std::move(text)}
                             : Change{Change::Kind::kRemoved, place.name, std::move(text), ""});
      return;
    }
    const Message& message =
        place.index < 0 ? reflection.GetMessage(*place.message, place.field)
                        : reflection.GetRepeatedMessage(*place.message, place.field, place.index);
    std::vector<const FieldDescriptor*> fields;
    message.GetReflection()->ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      const int count =
          field->is_repeated() ? message.GetReflection()->FieldSize(message, field) : 0;
      if (!field->is_repeated()) {
        TellAll({&message, field, -1, absl::StrCat(place.name, ".", field->name())}, is_added);
      }
      for (int i = 0; i < count; ++i) {
        const bool is_message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
        const std::string key =
            is_message ? KeyText(message.GetReflection()->GetRepeatedMessage(message, field, i))
                       : ScalarText(message, *field, i);
        TellAll({&message, field, i, absl::StrCat(place.name, ".", field->name(), "[", key, "]")},
                is_added);
      }
    }
  }

  const Message& before_;
  const Message& after_;
  const KeyFields& keys_;
  std::vector<Change>& changes_;
};

// Tells the differencer how the lists of `type`, and of all below it, are compared.
void SetKeys(const Descriptor& type, const KeyFields& keys, std::set<const Descriptor*>& seen,
             MessageDifferencer& differencer) {
  if (!seen.insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const bool is_message = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (is_message) SetKeys(*field.message_type(), keys, seen, differencer);
    if (!field.is_repeated()) continue;
    if (is_message) {
      differencer.TreatAsMapWithMultipleFieldsAsKey(&field, keys(*field.message_type()));
    } else {
      differencer.TreatAsSet(&field);
    }
  }
}

}  // namespace

std::vector<Change> DiffMessages(const Message& before, const Message& after,
                                 const KeyFields& keys) {
  std::vector<Change> changes;
  Teller teller(before, after, keys, changes);
  MessageDifferencer differencer;
  std::set<const Descriptor*> seen;
  SetKeys(*before.GetDescriptor(), keys, seen, differencer);
  differencer.ReportDifferencesTo(&teller);
  differencer.Compare(before, after);
  return changes;
}

}  // namespace sakip
