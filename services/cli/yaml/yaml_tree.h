// YamlTree: the syntax of a YAML file, before it means anything.
//
// A tree keeps every scalar's text verbatim and where each part stands. Files come from people and
// from programs that nobody here wrote, so the limits below hold before memory is spent. Values;
// functions are thread-safe and throw nothing.
#ifndef SAKIP_SERVICES_CLI_YAML_YAML_TREE_H_
#define SAKIP_SERVICES_CLI_YAML_YAML_TREE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace sakip::cli {

constexpr size_t kYamlBytesMax = 8 << 20;
constexpr size_t kYamlDepthMax = 50;         // Maps and sequences in one another.
constexpr size_t kYamlNodesMax = 1'000'000;  // Scalars, keys, maps and sequences.

// A place in a file, both from 1; columns are characters.
struct FilePosition {
  int line = 1;
  int column = 1;

  friend bool operator==(const FilePosition&, const FilePosition&) = default;
};

// Something wrong in a file.
struct FileIssue {
  FilePosition position;
  std::string
      field;         // Path in the message, such as `annual_plan.objectives[0].code`; may be empty.
  std::string text;  // What is wrong and what would be right.
};

// `q4.yaml:12:3: indicators[0].quantity: is ...`, one line without a newline, safe to print.
std::string FormatIssue(absl::string_view file, const FileIssue& issue);

struct YamlEntry;

struct YamlNode {
  enum class Kind { kNull, kScalar, kSequence, kMap };

  Kind kind = Kind::kNull;
  FilePosition position;
  std::string text;                // Of a scalar.
  std::vector<YamlNode> items;     // Of a sequence.
  std::vector<YamlEntry> entries;  // Of a map, in the order of the file, repeated keys too.
};

struct YamlEntry {
  std::string key;
  FilePosition key_position;
  YamlNode value;
};

// What ParseYaml() found: a tree, or why there is none.
struct ParsedYaml {
  YamlNode root;
  std::vector<FileIssue> issues;  // Empty where `root` is the file; the first fault otherwise.
};

// Parses one YAML document. Refuses what is larger or deeper than the limits, several documents,
// anchors, aliases, tags, keys that are not plain text, control characters and what is not UTF-8.
ParsedYaml ParseYaml(absl::string_view text);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_YAML_YAML_TREE_H_
