#include "services/cli/yaml/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <sstream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/cli/text/utf8.h"

namespace sakip::cli {
namespace {

// Ends a parse from inside yaml-cpp's callbacks; caught in ParseYaml().
struct Refusal {
  YAML::Mark mark;
  std::string text;
};

// Builds the tree from yaml-cpp's events. Marks stay 0-based with columns in bytes until the end.
class TreeBuilder : public YAML::EventHandler {
 public:
  YamlNode TakeRoot() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) throw Refusal{mark, "a second document starts here; one file holds one"};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    RefuseAnchor(mark, anchor);
    RefuseAsKey(mark);
    Place(YamlNode::Kind::kNull, mark);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw Refusal{mark, "an alias (*name) is not allowed; write the value out"};
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    RefuseAnchor(mark, anchor);
    RefuseTag(mark, tag);
    if (!open_.empty() && open_.back().wants_key) {
      Count(mark);
      open_.back().node->entries.push_back({value, Position(mark), {}});
      open_.back().wants_key = false;
      return;
    }
    Place(YamlNode::Kind::kScalar, mark)->text = value;
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Open(YamlNode::Kind::kSequence, mark, tag, anchor);
  }
  void OnSequenceEnd() override { open_.pop_back(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Open(YamlNode::Kind::kMap, mark, tag, anchor);
    open_.back().wants_key = true;
  }
  void OnMapEnd() override { open_.pop_back(); }

 private:
  // A map or sequence that has not ended. The pointer holds: only the last child of a node is open,
  // and its siblings come after it has ended.
  struct OpenNode {
    YamlNode* node;
    bool wants_key = false;
  };

  static FilePosition Position(const YAML::Mark& mark) { return {mark.line, mark.column}; }

  static void RefuseAnchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0) throw Refusal{mark, "an anchor (&name) is not allowed; remove it"};
  }

  // `?` and `!` are what yaml-cpp says for plain and for quoted text without a tag.
  static void RefuseTag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    throw Refusal{mark, absl::StrCat("a tag (", tag, ") is not allowed; remove it")};
  }

  void RefuseAsKey(const YAML::Mark& mark) const {
    if (open_.empty() || !open_.back().wants_key) return;
    throw Refusal{mark, "is no key; a key is the plain name of a field"};
  }

  void Count(const YAML::Mark& mark) {
    if (++nodes_ > kYamlNodesMax) {
      throw Refusal{mark, absl::StrCat("has more than ", kYamlNodesMax, " values")};
    }
  }

  // Puts an empty node where the next value belongs.
  YamlNode* Place(YamlNode::Kind kind, const YAML::Mark& mark) {
    Count(mark);
    YamlNode* node = &root_;
    if (!open_.empty()) {
      YamlNode& parent = *open_.back().node;
      if (parent.kind == YamlNode::Kind::kMap) {
        node = &parent.entries.back().value;
        open_.back().wants_key = true;
      } else {
        node = &parent.items.emplace_back();
      }
    }
    node->kind = kind;
    node->position = Position(mark);
    return node;
  }

  void Open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor) {
    RefuseAnchor(mark, anchor);
    RefuseTag(mark, tag);
    RefuseAsKey(mark);
    if (open_.size() == kYamlDepthMax) {
      throw Refusal{mark, absl::StrCat("is nested deeper than ", kYamlDepthMax, " levels")};
    }
    open_.push_back({Place(kind, mark)});
  }

  YamlNode root_;
  std::vector<OpenNode> open_;
  size_t nodes_ = 0;
  int documents_ = 0;
};

// Turns yaml-cpp's marks (from 0, columns in bytes) into positions for people.
class PositionMap {
 public:
  explicit PositionMap(absl::string_view text) : text_(text) {
    starts_.push_back(0);
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') starts_.push_back(i + 1);
    }
  }

  FilePosition At(int line, int column) {
    if (line < 0) return {};
    const size_t row = std::min<size_t>(line, starts_.size() - 1);
    const size_t end = starts_[row] + static_cast<size_t>(std::max(column, 0));
    if (row != last_row_ || end < last_end_) {
      last_row_ = row;
      last_end_ = starts_[row];
      last_extra_ = 0;
    }
    const absl::string_view between =
        text_.substr(std::min(last_end_, text_.size()), end - last_end_);
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; };
    last_extra_ += static_cast<int>(std::count_if(between.begin(), between.end(), continues));
    last_end_ = end;
    return {line + 1, column - last_extra_ + 1};
  }

  FilePosition AtByte(size_t byte) {
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), byte);
    const auto row = next - starts_.begin() - 1;
    return At(static_cast<int>(row), static_cast<int>(byte - starts_[row]));
  }

  void Apply(YamlNode& node) {
    node.position = At(node.position.line, node.position.column);
    for (YamlNode& item : node.items) Apply(item);
    for (YamlEntry& entry : node.entries) {
      entry.key_position = At(entry.key_position.line, entry.key_position.column);
      Apply(entry.value);
      // yaml-cpp gives an absent value the place of whatever comes next.
      if (entry.value.kind == YamlNode::Kind::kNull) entry.value.position = entry.key_position;
    }
  }

 private:
  absl::string_view text_;
  std::vector<size_t> starts_;
  // The last place that was asked for, which most are a little behind: a file may be one long line.
  size_t last_row_ = 0;
  size_t last_end_ = 0;  // In bytes of the text.
  int last_extra_ = 0;   // Bytes of its line before it that continue a character.
};

ParsedYaml Refused(FilePosition position, absl::string_view text) {
  ParsedYaml result;
  result.issues.push_back({position, "", std::string(text)});
  return result;
}

}  // namespace

std::string FormatIssue(absl::string_view file, const FileIssue& issue) {
  return Printable(absl::StrCat(file, ":", issue.position.line, ":", issue.position.column, ": ",
                                issue.field, issue.field.empty() ? "" : ": ", issue.text));
}

ParsedYaml ParseYaml(absl::string_view text) {
  if (text.size() > kYamlBytesMax) {
    return Refused({}, absl::StrCat("is larger than ", kYamlBytesMax >> 20, " MiB"));
  }
  if (absl::StartsWith(text, "\xef\xbb\xbf")) text.remove_prefix(3);
  PositionMap positions(text);
  // yaml-cpp takes a 0x04 for the end of the file and would silently drop what follows.
  const size_t forbidden = FindForbidden(text);
  if (forbidden != absl::string_view::npos) {
    return Refused(positions.AtByte(forbidden), "a control character or a byte that is not UTF-8");
  }
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    TreeBuilder builder;
    if (!parser.HandleNextDocument(builder)) return Refused({}, "is empty");
    while (parser.HandleNextDocument(builder)) {
    }
    ParsedYaml result;
    result.root = builder.TakeRoot();
    positions.Apply(result.root);
    return result;
  } catch (const Refusal& refusal) {
    return Refused(positions.At(refusal.mark.line, refusal.mark.column), refusal.text);
  } catch (const YAML::Exception& error) {
    return Refused(positions.At(error.mark.line, error.mark.column),
                   absl::StrCat("is not YAML: ", error.msg));
  } catch (const std::exception& error) {
    return Refused({}, absl::StrCat("cannot be read: ", error.what()));
  }
}

}  // namespace sakip::cli
