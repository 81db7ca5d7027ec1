#include "services/cli/files/table_file.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/cli/csv/plan_table.h"
#include "services/cli/files/file_bytes.h"

namespace sakip::cli {
namespace {

constexpr absl::string_view kKey = "table";
constexpr absl::string_view kFileWanted = "the name of a CSV file in the same folder";

// A file of a folder may not reach out of it: folders are handed around.
bool IsFileName(absl::string_view name) {
  return !name.empty() && name != "." && name != ".." &&
         name.find_first_of("/\\") == absl::string_view::npos;
}

// The text of `key` in the map; an issue where it is not there once, as one value.
std::string TakeText(const YamlEntry& table, absl::string_view key, absl::string_view wanted,
                     std::vector<FileIssue>& issues) {
  const std::string field = absl::StrCat(kKey, ".", key);
  std::vector<const YamlNode*> values;
  for (const YamlEntry& entry : table.value.entries) {
    if (entry.key == key) values.push_back(&entry.value);
  }
  if (values.size() == 1 && values[0]->kind == YamlNode::Kind::kScalar) return values[0]->text;
  issues.push_back({values.empty() ? table.key_position : values.back()->position, field,
                    values.size() > 1 ? "is given twice; keep one"
                                      : absl::StrCat("is missing; it takes ", wanted)});
  return "";
}

std::optional<TableReference> ToReference(const YamlEntry& table, std::vector<FileIssue>& issues) {
  const size_t before = issues.size();
  if (table.value.kind != YamlNode::Kind::kMap) {
    issues.push_back({table.key_position, std::string(kKey),
                      "takes the keys file and number_format: {file: rkt.csv, number_format: "
                      "indonesian}"});
    return std::nullopt;
  }
  for (const YamlEntry& entry : table.value.entries) {
    if (entry.key == "file" || entry.key == "number_format") continue;
    issues.push_back({entry.key_position, absl::StrCat(kKey, ".", entry.key.substr(0, 64)),
                      "is no key of a table; it has file and number_format"});
  }
  TableReference reference;
  reference.position = table.key_position;
  reference.file = TakeText(table, "file", kFileWanted, issues);
  const std::string format = TakeText(table, "number_format", kNumberFormatWanted, issues);
  if (issues.size() > before) return std::nullopt;
  if (!IsFileName(reference.file)) {
    issues.push_back(
        {table.value.position, absl::StrCat(kKey, ".file"),
         absl::StrCat("is `", reference.file.substr(0, 64), "`; it takes ", kFileWanted)});
  }
  const auto parsed = ParseNumberFormat(format);
  if (!parsed.has_value()) {
    issues.push_back(
        {table.value.position, absl::StrCat(kKey, ".number_format"),
         absl::StrCat("is `", format.substr(0, 64), "`; it takes ", kNumberFormatWanted)});
  }
  if (issues.size() > before) return std::nullopt;
  reference.format = *parsed;
  return reference;
}

absl::Status Refuse(absl::string_view path, const TableReference& reference,
                    absl::string_view text) {
  return absl::InvalidArgumentError(
      FormatIssue(path, {reference.position, std::string(kKey), std::string(text)}));
}

}  // namespace

std::optional<TableReference> TakeTableReference(YamlNode& root, std::vector<FileIssue>& issues) {
  std::optional<YamlEntry> table;
  std::vector<YamlEntry> kept;
  for (YamlEntry& entry : root.entries) {
    if (entry.key != kKey) {
      kept.push_back(std::move(entry));
    } else if (table.has_value()) {
      issues.push_back({entry.key_position, std::string(kKey), "is given twice; keep one"});
    } else {
      table = std::move(entry);
    }
  }
  root.entries = std::move(kept);
  if (!table.has_value()) return std::nullopt;
  return ToReference(*table, issues);
}

absl::Status ReadTableFile(absl::string_view path, const TableReference& reference,
                           planning::v1::PlanDocument& document, InputTable& table) {
  const auto kind = TableKindOf(document);
  if (!kind.has_value()) {
    return Refuse(path, reference,
                  "belongs to a file with annual_plan or action_plan, which has all but the list "
                  "that the table is");
  }
  const PlanTableField field = FieldOf(*kind);
  table.field = absl::StrCat(field.content, ".", field.list);
  if (HasList(document, *kind)) {
    return Refuse(path, reference,
                  absl::StrCat("stands beside ", table.field, "; give the list in one of the two"));
  }
  const auto folder = std::filesystem::path(std::string(path)).parent_path();
  table.path = folder / reference.file;
  const absl::Status regular = RefuseIrregular(table.path);
  if (!regular.ok()) return Refuse(path, reference, regular.message());
  const auto bytes = ReadFileBytes(table.path);
  if (!bytes.ok()) return Refuse(path, reference, bytes.status().message());
  ReadTable read = ReadPlanTable(*bytes, *kind, reference.format, document);
  table.columns = std::move(read.columns);
  table.positions = std::move(read.positions);
  table.whole = read.whole;
  return IssuesStatus(table.path, read.issues);
}

}  // namespace sakip::cli
