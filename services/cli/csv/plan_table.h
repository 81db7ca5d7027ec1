// PlanTable reads and writes the long list of a plan document as a table: the objectives of an
// annual plan with all that is below them, the lines of an action plan.
//
// A row of an annual plan is about the last of the levels objective, program, activity,
// sub-activity whose code it gives. More rows with the same codes add indicators or parts of the
// budget. The page services/planning/FOLDER.md has the columns. Functions are thread-safe where
// what they fill is not shared, and throw nothing.
#ifndef SAKIP_SERVICES_CLI_CSV_PLAN_TABLE_H_
#define SAKIP_SERVICES_CLI_CSV_PLAN_TABLE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "sakip/planning/v1/document.pb.h"
#include "services/cli/csv/csv_number.h"
#include "services/cli/csv/plan_columns.h"
#include "services/cli/yaml/yaml_message.h"

namespace sakip::cli {

// What ReadPlanTable() found besides the list. Places are row and column.
struct ReadTable {
  std::vector<PlanColumn> columns;  // As in the header; nameless where it is none.
  FieldPositions positions;       // By the path in the document: `annual_plan.objectives[0].code`.
  std::vector<FileIssue> issues;  // Everything that is wrong, by row; its field is a column.
  bool whole = false;             // Every row and column is in the list.
};

// Fills the list in `document` from the text of a CSV file. Requires that the document has content
// of that kind, without the list.
ReadTable ReadPlanTable(absl::string_view text, PlanTableKind kind, NumberFormat format,
                        planning::v1::PlanDocument& document);

// What kind of table the content of `document` has; none where it has no long list.
std::optional<PlanTableKind> TableKindOf(const planning::v1::PlanDocument& document);

// Whether the document has its list. Requires content of that kind.
bool HasList(const planning::v1::PlanDocument& document, PlanTableKind kind);

// The list of a document with a table as CSV in plain numbers. Reading it gives the same list where
// the columns can say all that is in it.
std::string WritePlanTable(const planning::v1::PlanDocument& document);

// The header and a remark below it that tells what each column holds.
std::string EmptyPlanTable(PlanTableKind kind);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_CSV_PLAN_TABLE_H_
