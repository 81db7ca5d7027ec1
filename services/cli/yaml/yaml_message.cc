#include "services/cli/yaml/yaml_message.h"

#include <google/protobuf/descriptor.h>

#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/cli/text/nearest.h"
#include "services/cli/text/utf8.h"
#include "services/cli/yaml/yaml_scalar.h"

namespace sakip::cli {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::OneofDescriptor;

// More issues are counted but not kept: a file of the wrong kind has one in every line.
constexpr size_t kIssuesMax = 100;
// Characters of the file that a message quotes, in bytes.
constexpr size_t kQuoteBytesMax = 80;

std::string Quoted(absl::string_view text) {
  if (text.size() <= kQuoteBytesMax) return std::string(text);
  return absl::StrCat(TakeLine(text.substr(0, kQuoteBytesMax), kQuoteBytesMax), "...");
}

std::string Join(absl::string_view path, absl::string_view name) {
  return path.empty() ? std::string(name) : absl::StrCat(path, ".", name);
}

absl::string_view KindName(YamlNode::Kind kind) {
  switch (kind) {
    case YamlNode::Kind::kNull:
      return "empty";
    case YamlNode::Kind::kScalar:
      return "a single value";
    case YamlNode::Kind::kSequence:
      return "a list";
    case YamlNode::Kind::kMap:
      return "a map";
  }
  return "";
}

class Reader {
 public:
  explicit Reader(FieldPositions& positions) : positions_(positions) {}

  std::vector<FileIssue> TakeIssues() {
    if (dropped_ > 0) {
      issues_.push_back({last_, "", absl::StrCat("and ", dropped_, " more faults up to here")});
    }
    return std::move(issues_);
  }

  void ReadMap(const YamlNode& node, absl::string_view path, Message& message) {
    if (!Expect(node, YamlNode::Kind::kMap, path, "a map of field names and values")) return;
    std::set<absl::string_view> seen;
    std::map<const OneofDescriptor*, const FieldDescriptor*> chosen;
    for (const YamlEntry& entry : node.entries) {
      const std::string field_path = Join(path, Quoted(entry.key));
      const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(entry.key);
      if (field == nullptr) {
        Add(entry.key_position, field_path, UnknownKey(entry.key, *message.GetDescriptor()));
        continue;
      }
      if (!seen.insert(entry.key).second) {
        Add(entry.key_position, field_path, "is given twice; keep one");
        continue;
      }
      positions_.Add(field_path, entry.key_position);
      if (const OneofDescriptor* oneof = field->real_containing_oneof(); oneof != nullptr) {
        const auto [first, added] = chosen.emplace(oneof, field);
        if (!added) {
          Add(entry.key_position, field_path,
              absl::StrCat("stands beside ", first->second->name(), "; give only one of the two"));
        }
      }
      ReadField(entry.value, field_path, *field, message);
    }
  }

 private:
  void Add(FilePosition position, absl::string_view path, absl::string_view text) {
    if (issues_.size() < kIssuesMax) {
      issues_.push_back({position, std::string(path), std::string(text)});
    } else {
      ++dropped_;
      last_ = position;
    }
  }

  bool Expect(const YamlNode& node, YamlNode::Kind kind, absl::string_view path,
              absl::string_view wanted) {
    if (node.kind == kind) return true;
    Add(node.position, path, absl::StrCat("is ", KindName(node.kind), "; it takes ", wanted));
    return false;
  }

  static std::string UnknownKey(absl::string_view key, const Descriptor& type) {
    std::vector<absl::string_view> names;
    for (int i = 0; i < type.field_count(); ++i) names.push_back(type.field(i)->name());
    return absl::StrCat("is no field of ", type.name(), "; the nearest is ", Nearest(key, names));
  }

  void ReadField(const YamlNode& node, const std::string& path, const FieldDescriptor& field,
                 Message& message) {
    if (!IsOffered(field)) {
      Add(node.position, path, "cannot be given in a file; leave it out");
      return;
    }
    if (!field.is_repeated()) {
      ReadValue(node, path, field, message);
      return;
    }
    if (!Expect(node, YamlNode::Kind::kSequence, path, "a list; each item starts with `- `")) {
      return;
    }
    for (size_t i = 0; i < node.items.size(); ++i) {
      const std::string item_path = absl::StrCat(path, "[", i, "]");
      positions_.Add(item_path, node.items[i].position);
      ReadValue(node.items[i], item_path, field, message);
    }
  }

  static bool IsOffered(const FieldDescriptor& field) {
    if (field.is_map() || field.type() == FieldDescriptor::TYPE_BYTES) return false;
    return field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE ||
           !absl::StartsWith(field.message_type()->full_name(), "google.protobuf.");
  }

  void ReadValue(const YamlNode& node, const std::string& path, const FieldDescriptor& field,
                 Message& message) {
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      const auto& reflection = *message.GetReflection();
      ReadMap(node, path,
              *(field.is_repeated() ? reflection.AddMessage(&message, &field)
                                    : reflection.MutableMessage(&message, &field)));
      return;
    }
    if (!Expect(node, YamlNode::Kind::kScalar, path, ScalarWanted(field))) return;
    if (!SetScalar(node.text, field, message)) {
      Add(node.position, path,
          absl::StrCat("is `", Quoted(node.text), "`; it takes ", ScalarWanted(field)));
    }
  }

  FieldPositions& positions_;
  std::vector<FileIssue> issues_;
  size_t dropped_ = 0;
  FilePosition last_;
};

}  // namespace

std::optional<FilePosition> FieldPositions::Find(absl::string_view path) const {
  while (true) {
    const auto found = positions_.find(std::string(path));
    if (found != positions_.end()) return found->second;
    const size_t cut = path.find_last_of(".[");
    if (cut == absl::string_view::npos) return std::nullopt;
    path = path.substr(0, cut);
  }
}

std::vector<FileIssue> ReadMessage(const YamlNode& root, Message& message,
                                   FieldPositions& positions, absl::string_view path) {
  Reader reader(positions);
  reader.ReadMap(root, path, message);
  return reader.TakeIssues();
}

}  // namespace sakip::cli
