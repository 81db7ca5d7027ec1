#include "services/cli/csv/table_tree.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/cli/text/nearest.h"

namespace sakip::cli {
namespace {

YamlNode MakeScalar(absl::string_view text, FilePosition position) {
  YamlNode node = MakeNode(YamlNode::Kind::kScalar, position);
  node.text = std::string(text);
  return node;
}

YamlNode MakeCodes(absl::string_view text, FilePosition position) {
  YamlNode list = MakeNode(YamlNode::Kind::kSequence, position);
  for (const absl::string_view code :
       absl::StrSplit(text, absl::ByAnyChar(" \n"), absl::SkipEmpty())) {
    list.items.push_back(MakeScalar(code, position));
  }
  return list;
}

}  // namespace

YamlNode MakeNode(YamlNode::Kind kind, FilePosition position) {
  YamlNode node;
  node.kind = kind;
  node.position = position;
  return node;
}

void SetValue(YamlNode& map, absl::string_view path, YamlNode value) {
  const size_t point = path.find('.');
  const absl::string_view key = path.substr(0, point);
  if (point == absl::string_view::npos) {
    const FilePosition position = value.position;
    map.entries.push_back({std::string(key), position, std::move(value)});
    return;
  }
  auto entry = std::find_if(map.entries.begin(), map.entries.end(),
                            [&](const YamlEntry& known) { return known.key == key; });
  if (entry == map.entries.end()) {
    map.entries.push_back(
        {std::string(key), value.position, MakeNode(YamlNode::Kind::kMap, value.position)});
    entry = map.entries.end() - 1;
  }
  SetValue(entry->value, path.substr(point + 1), std::move(value));
}

Cells::Cells(const CsvRow& header, absl::Span<const PlanColumn> columns, NumberFormat format,
             std::vector<FileIssue>& issues)
    : format_(format), issues_(issues) {
  for (size_t i = 0; i < header.fields.size(); ++i) AddColumn(header, i, columns);
  for (const PlanColumn& column : columns) {
    if (!column.required || index_.find(column.name) != index_.end()) continue;
    complete_ = false;
    issues_.push_back({{header.number, 1},
                       "",
                       absl::StrCat("the column ", column.name, " is missing from the header")});
  }
}

void Cells::AddColumn(const CsvRow& header, size_t index, absl::Span<const PlanColumn> columns) {
  const std::string& name = header.fields[index];
  if (IsCsvRemark(name)) return;
  const FilePosition place = {header.number, static_cast<int>(index) + 1};
  std::vector<absl::string_view> names;
  for (const PlanColumn& column : columns) names.push_back(column.name);
  if (name.empty()) {
    issues_.push_back({place, "", "the column has no name; remove it, or call it # and a blank"});
  } else if (name[0] == '#') {
    issues_.push_back({place, "", NotARemark(name)});
  } else if (std::find(names.begin(), names.end(), name) == names.end()) {
    issues_.push_back({place, name.substr(0, 64),
                       absl::StrCat("is no column; the nearest is ", Nearest(name, names),
                                    "; a remark begins with # and a blank")});
  } else if (!index_.emplace(name, index).second) {
    issues_.push_back({place, name, "is given twice; keep one"});
  }
}

absl::string_view Cells::Text(const CsvRow& row, absl::string_view column) const {
  const auto found = index_.find(column);
  return found == index_.end() ? absl::string_view() : row.fields[found->second];
}

FilePosition Cells::Place(const CsvRow& row, absl::string_view column) const {
  const auto found = index_.find(column);
  return {row.number, found == index_.end() ? 1 : static_cast<int>(found->second) + 1};
}

bool Cells::HasAny(const CsvRow& row, absl::Span<const PlanColumn> columns) const {
  return std::any_of(columns.begin(), columns.end(),
                     [&](const PlanColumn& column) { return !Text(row, column.name).empty(); });
}

void Cells::Put(const CsvRow& row, const PlanColumn& column, YamlNode& map) {
  const absl::string_view text = Text(row, column.name);
  if (text.empty()) return;
  const FilePosition place = Place(row, column.name);
  if (column.kind == ColumnKind::kCodes) return SetValue(map, column.field, MakeCodes(text, place));
  if (column.kind == ColumnKind::kText) return SetValue(map, column.field, MakeScalar(text, place));
  const auto decimal = ToDecimalText(text, format_);
  if (!decimal.ok()) {
    Note(row, column.name,
         absl::StrCat("is `", text.substr(0, 64), "`; ", decimal.status().message()));
  }
  // A wrong one keeps its place: what else is wrong with it is wrong there.
  SetValue(map, column.field, MakeScalar(decimal.value_or(""), place));
}

YamlNode Cells::Read(const CsvRow& row, absl::Span<const PlanColumn> columns) {
  YamlNode map = MakeNode(YamlNode::Kind::kMap, {row.number, 1});
  for (const PlanColumn& column : columns) Put(row, column, map);
  if (!map.entries.empty()) map.position = map.entries.front().key_position;
  return map;
}

void Cells::Note(const CsvRow& row, absl::string_view column, absl::string_view text) {
  issues_.push_back({Place(row, column), std::string(column), std::string(text)});
}

}  // namespace sakip::cli
