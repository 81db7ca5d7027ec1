// ScorecardTable: scorecards as the rows of a table, one for each line that has a figure: the
// agency, its objectives, programs, activities and sub-activities, and the indicators of each.
//
// Numbers are those of the interface (`99.78`, `54326348943`): a point, no thousands separator, and
// as exact as they were sent; `..._digits` is the exact figure, cut off after 12 digits. What is
// empty is not given, which is not zero. A text that a spreadsheet would take for a formula
// (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return) has an apostrophe before it.
//
// Pure functions. Separator, quotes and line ends are those of csv_table.h.
#ifndef SAKIP_SERVICES_CLI_CSV_SCORECARD_TABLE_H_
#define SAKIP_SERVICES_CLI_CSV_SCORECARD_TABLE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "sakip/scoring/v1/scorecard.pb.h"
#include "sakip/scoring/v1/scoring_service.pb.h"

namespace sakip::cli {

// The names of the columns, with the line end.
std::string ScorecardTableHeader();

// The rows of `card`, in the order of the plan, each indicator after what it measures. `read` is
// the state that it tells.
std::string ScorecardTableRows(const scoring::v1::Scorecard& card,
                               const scoring::v1::LogPositions& read);

// `text` as a cell that no spreadsheet takes for a formula.
std::string TextCell(absl::string_view text);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_CSV_SCORECARD_TABLE_H_
