// PlanRows makes the tree of a plan's long list of the rows of its table. Not thread-safe.
#ifndef SAKIP_SERVICES_CLI_CSV_PLAN_ROWS_H_
#define SAKIP_SERVICES_CLI_CSV_PLAN_ROWS_H_

#include "services/cli/csv/csv_table.h"
#include "services/cli/csv/table_tree.h"

namespace sakip::cli {

// The objectives of an annual plan, the lines of an action plan. What is wrong is noted by `cells`.
// `whole` becomes false where a row does not say what it is about and is left out.
YamlNode ReadObjectives(const CsvTable& table, Cells& cells, bool& whole);
YamlNode ReadActionLines(const CsvTable& table, Cells& cells);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_CSV_PLAN_ROWS_H_
