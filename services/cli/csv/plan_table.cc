#include "services/cli/csv/plan_table.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/cli/csv/csv_table.h"
#include "services/cli/csv/plan_rows.h"
#include "services/cli/csv/table_tree.h"

namespace sakip::cli {
namespace {

constexpr size_t kIssuesMax = 100;

google::protobuf::Message& ContentOf(PlanTableKind kind, planning::v1::PlanDocument& document) {
  if (kind == PlanTableKind::kAnnualPlan) return *document.mutable_annual_plan();
  return *document.mutable_action_plan();
}

std::vector<PlanColumn> InHeader(const CsvRow& header, PlanTableKind kind) {
  std::vector<PlanColumn> columns(header.fields.size());
  for (const PlanColumn& column : ColumnsOf(kind)) {
    for (size_t i = 0; i < columns.size(); ++i) {
      if (header.fields[i] == column.name) columns[i] = column;
    }
  }
  return columns;
}

// By place, as many as anybody reads.
void Settle(std::vector<FileIssue>& issues) {
  std::stable_sort(issues.begin(), issues.end(), [](const FileIssue& a, const FileIssue& b) {
    return std::tie(a.position.line, a.position.column) <
           std::tie(b.position.line, b.position.column);
  });
  if (issues.size() <= kIssuesMax) return;
  const FilePosition last = issues.back().position;
  const size_t dropped = issues.size() - kIssuesMax;
  issues.resize(kIssuesMax);
  issues.push_back({last, "", absl::StrCat("and ", dropped, " more faults up to here")});
}

}  // namespace

std::optional<PlanTableKind> TableKindOf(const planning::v1::PlanDocument& document) {
  if (document.has_annual_plan()) return PlanTableKind::kAnnualPlan;
  if (document.has_action_plan()) return PlanTableKind::kActionPlan;
  return std::nullopt;
}

bool HasList(const planning::v1::PlanDocument& document, PlanTableKind kind) {
  return kind == PlanTableKind::kAnnualPlan ? document.annual_plan().objectives_size() > 0
                                            : document.action_plan().lines_size() > 0;
}

ReadTable ReadPlanTable(absl::string_view text, PlanTableKind kind, NumberFormat format,
                        planning::v1::PlanDocument& document) {
  ReadTable result;
  ParsedCsv parsed = ParseCsv(text);
  result.issues = std::move(parsed.issues);
  if (parsed.table.header.fields.empty()) {
    Settle(result.issues);
    return result;
  }

  Cells cells(parsed.table.header, ColumnsOf(kind), format, result.issues);
  result.columns = InHeader(parsed.table.header, kind);
  // What follows from a wrong header says nothing of the rows.
  if (!cells.complete()) {
    Settle(result.issues);
    return result;
  }
  // So far there are issues only of what is left out of the table.
  result.whole = result.issues.empty();
  const PlanTableField field = FieldOf(kind);
  YamlNode root = MakeNode(YamlNode::Kind::kMap, {});
  SetValue(root, field.list,
           kind == PlanTableKind::kAnnualPlan ? ReadObjectives(parsed.table, cells, result.whole)
                                              : ReadActionLines(parsed.table, cells));
  for (FileIssue& issue :
       ReadMessage(root, ContentOf(kind, document), result.positions, field.content)) {
    const size_t column = static_cast<size_t>(issue.position.column) - 1;
    if (!issue.field.empty()) issue.field = std::string(result.columns[column].name);
    result.issues.push_back(std::move(issue));
  }
  Settle(result.issues);
  return result;
}

}  // namespace sakip::cli
