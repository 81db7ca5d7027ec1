#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <map>
#include <vector>

#include "absl/strings/str_join.h"
#include "services/cli/csv/csv_table.h"
#include "services/cli/csv/plan_table.h"
#include "services/cli/yaml/yaml_scalar.h"

namespace sakip::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// The text of the field at `path`; empty where it is not set.
std::string TextOf(const Message& message, absl::string_view path) {
  const size_t point = path.find('.');
  const FieldDescriptor& field =
      *message.GetDescriptor()->FindFieldByName(std::string(path.substr(0, point)));
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  if (point != absl::string_view::npos) {
    if (!reflection.HasField(message, &field)) return "";
    return TextOf(reflection.GetMessage(message, &field), path.substr(point + 1));
  }
  if (!field.is_repeated()) {
    return reflection.HasField(message, &field) ? ScalarText(message, field, -1) : "";
  }
  std::vector<std::string> items;
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    items.push_back(ScalarText(message, field, i));
  }
  return absl::StrJoin(items, " ");
}

// The cells of a row that is being written, by column.
class Writer {
 public:
  explicit Writer(PlanTableKind kind) : columns_(ColumnsOf(kind)) {
    for (const PlanColumn& column : columns_) row_[column.name] = std::string(column.name);
    EndRow();
  }

  void Put(const Message& message, absl::Span<const PlanColumn> columns) {
    for (const PlanColumn& column : columns) Put(column, TextOf(message, column.field));
  }
  void Put(const PlanColumn& column, std::string text) { row_[column.name] = std::move(text); }

  void EndRow() {
    std::vector<std::string> fields;
    for (const PlanColumn& column : columns_) fields.push_back(std::move(row_[column.name]));
    text_ += WriteCsvRow(fields);
    row_.clear();
  }

  std::string Take() { return std::move(text_); }

 private:
  const std::vector<PlanColumn> columns_;
  std::map<absl::string_view, std::string> row_;
  std::string text_;
};

const FieldDescriptor* ListOf(const Message& message, absl::string_view name) {
  return message.GetDescriptor()->FindFieldByName(std::string(name));
}

int SizeOf(const Message& message, const FieldDescriptor* list) {
  return list == nullptr ? 0 : message.GetReflection()->FieldSize(message, list);
}

class PlanWriter {
 public:
  std::string Write(const planning::v1::AnnualPlan& plan) {
    WriteLevel(plan, 0);
    return writer_.Take();
  }

 private:
  // A row an item and more for its second indicator and budget part; then what is below it.
  void WriteLevel(const Message& parent, size_t level) {
    if (level == levels_.size()) return;
    const FieldDescriptor* list = ListOf(parent, levels_[level].list);
    for (int i = 0; i < SizeOf(parent, list); ++i) {
      const Message& item = parent.GetReflection()->GetRepeatedMessage(parent, list, i);
      chain_.push_back(&item);
      WriteItem(item, level);
      WriteLevel(item, level + 1);
      chain_.pop_back();
    }
  }

  void WriteItem(const Message& item, size_t level) {
    const FieldDescriptor* indicators = ListOf(item, "indicators");
    const FieldDescriptor* parts = ListOf(item, "budget_parts");
    const int rows = std::max({1, SizeOf(item, indicators), SizeOf(item, parts)});
    for (int i = 0; i < rows; ++i) {
      for (size_t above = 0; above <= level; ++above) {
        writer_.Put(*chain_[above], levels_[above].columns.subspan(0, 1));
      }
      if (i == 0) writer_.Put(item, levels_[level].columns);
      PutItemOf(item, indicators, i, IndicatorColumns());
      PutItemOf(item, parts, i, BudgetPartColumns());
      writer_.EndRow();
    }
  }

  void PutItemOf(const Message& item, const FieldDescriptor* list, int index,
                 absl::Span<const PlanColumn> columns) {
    if (index >= SizeOf(item, list)) return;
    writer_.Put(item.GetReflection()->GetRepeatedMessage(item, list, index), columns);
  }

  Writer writer_{PlanTableKind::kAnnualPlan};
  const absl::Span<const PlanLevel> levels_ = AnnualPlanLevels();
  std::vector<const Message*> chain_;  // From the objective down to what is written.
};

std::string WriteLines(const planning::v1::ActionPlan& plan) {
  Writer writer(PlanTableKind::kActionPlan);
  const absl::Span<const PlanColumn> columns = QuarterColumns();
  for (const planning::v1::ActionLine& line : plan.lines()) {
    writer.Put(line, ActionLineColumns());
    for (const planning::v1::QuarterTarget& quarter : line.quarters()) {
      if (quarter.quarter() < 1 || quarter.quarter() >= static_cast<int>(columns.size())) continue;
      writer.Put(columns[static_cast<size_t>(quarter.quarter()) - 1], quarter.target().value());
      if (quarter.target().unit() != line.year_target().unit()) {
        writer.Put(columns.back(), quarter.target().unit());
      }
    }
    writer.EndRow();
  }
  return writer.Take();
}

}  // namespace

std::string WritePlanTable(const planning::v1::PlanDocument& document) {
  if (document.has_action_plan()) return WriteLines(document.action_plan());
  return PlanWriter().Write(document.annual_plan());
}

std::string EmptyPlanTable(PlanTableKind kind) {
  std::vector<std::string> header;
  std::vector<std::string> remarks;
  for (const PlanColumn& column : ColumnsOf(kind)) {
    header.emplace_back(column.name);
    remarks.emplace_back(column.remark);
  }
  remarks.front() = "# " + remarks.front();
  return WriteCsvRow(header) + WriteCsvRow(remarks);
}

}  // namespace sakip::cli
