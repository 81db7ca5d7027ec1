#include "common/message/item_check.h"

#include <cstdint>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "sakip/options/v1/items.pb.h"

namespace sakip {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Their .proto is not ours to declare anything in.
constexpr char kMaskPaths[] = "google.protobuf.FieldMask.paths";
constexpr int kMaskPathsMax = 100;

// Looks for the first field with too many items. Not thread-safe.
class ItemCheck {
 public:
  bool Fits(const Message& message) {
    const Descriptor& type = *message.GetDescriptor();
    const Reflection& reflection = *message.GetReflection();
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      if (field.is_repeated()) {
        if (!ItemsFit(message, field)) return false;
      } else if (field.message_type() != nullptr && reflection.HasField(message, &field)) {
        if (!Fits(reflection.GetMessage(message, &field))) return IsBelow(field.name());
      }
    }
    return true;
  }

  // Of what does not fit.
  const std::string& path() const { return path_; }
  const std::string& description() const { return description_; }

 private:
  bool ItemsFit(const Message& message, const FieldDescriptor& field) {
    const Reflection& reflection = *message.GetReflection();
    const int count = reflection.FieldSize(message, &field);
    if (count == 0) return true;
    const int most = ItemsMax(field);
    items_ += count;
    if (count > most || items_ > kItemsInAllMax) {
      path_ = field.name();
      description_ = count > most ? absl::StrCat("has ", count, " items; at most ", most)
                                  : absl::StrCat("and the lists before it have ", items_,
                                                 " items in all; at most ", kItemsInAllMax);
      return false;
    }
    if (field.message_type() == nullptr) return true;
    for (int i = 0; i < count; ++i) {
      if (Fits(reflection.GetRepeatedMessage(message, &field, i))) continue;
      return IsBelow(absl::StrCat(field.name(), "[", i, "]"));
    }
    return true;
  }

  // The path is put together on the way out, as most messages need none.
  bool IsBelow(const std::string& name) {
    path_ = absl::StrCat(name, ".", path_);
    return false;
  }

  int64_t items_ = 0;
  std::string path_;
  std::string description_;
};

void FindWithoutItemsMax(const Descriptor& type, std::set<const Descriptor*>& seen,
                         std::vector<std::string>& found) {
  if (!seen.insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.is_repeated() && ItemsMax(field) == 0) found.push_back(field.full_name());
    if (field.message_type() != nullptr) FindWithoutItemsMax(*field.message_type(), seen, found);
  }
}

}  // namespace

int ItemsMax(const FieldDescriptor& field) {
  const auto declared = field.options().GetExtension(options::v1::items_max);
  if (declared == 0 && field.full_name() == kMaskPaths) return kMaskPathsMax;
  return static_cast<int>(declared);
}

absl::Status CheckItems(const Message& message, const std::string& path) {
  ItemCheck check;
  if (check.Fits(message)) return absl::OkStatus();
  return InvalidField(path.empty() ? check.path() : absl::StrCat(path, ".", check.path()),
                      check.description());
}

std::vector<std::string> FieldsWithoutItemsMax(const Descriptor& type) {
  std::set<const Descriptor*> seen;
  std::vector<std::string> found;
  FindWithoutItemsMax(type, seen, found);
  return found;
}

}  // namespace sakip
