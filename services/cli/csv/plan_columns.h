// PlanColumns: the columns of the tables that a plan document may be written as, and the fields of
// the document that they are. Reading and writing go by the same list.
#ifndef SAKIP_SERVICES_CLI_CSV_PLAN_COLUMNS_H_
#define SAKIP_SERVICES_CLI_CSV_PLAN_COLUMNS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "sakip/planning/v1/document.pb.h"

namespace sakip::cli {

enum class ColumnKind {
  kText,
  kNumber,  // In the number format of the table.
  kCodes,   // Codes with blanks between them.
};

struct PlanColumn {
  absl::string_view name;   // In the header.
  absl::string_view field;  // Path in what the column is about: `target.value`.
  ColumnKind kind = ColumnKind::kText;
  bool required = false;          // The header must have it.
  absl::string_view remark = "";  // What it holds, in a few Indonesian words.
};

// One of the levels of an annual plan, from objectives down.
struct PlanLevel {
  absl::string_view list;                // Its field in the level above: `programs`.
  absl::Span<const PlanColumn> columns;  // The first is the code.
};
absl::Span<const PlanLevel> AnnualPlanLevels();
// Of an indicator at any level, and of a budget part of a sub-activity.
absl::Span<const PlanColumn> IndicatorColumns();
absl::Span<const PlanColumn> BudgetPartColumns();
// Of a line of an action plan, without its quarters.
absl::Span<const PlanColumn> ActionLineColumns();
// The target of each of its quarters 1 to 4, then their unit where it is not that of the year.
absl::Span<const PlanColumn> QuarterColumns();

// The documents that have a table.
enum class PlanTableKind { kAnnualPlan, kActionPlan };

// `annual_plan` and `objectives`, `action_plan` and `lines`: the field of the document, and the
// list in it that the table is.
struct PlanTableField {
  absl::string_view content;
  absl::string_view list;
};
PlanTableField FieldOf(PlanTableKind kind);

// All columns of a table, in the order in which it is written.
std::vector<PlanColumn> ColumnsOf(PlanTableKind kind);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_CSV_PLAN_COLUMNS_H_
