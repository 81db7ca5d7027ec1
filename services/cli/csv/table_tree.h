// TableTree: the cells of a table as the values of a tree, which is read as one from YAML is.
//
// Not thread-safe. Positions are row and column.
#ifndef SAKIP_SERVICES_CLI_CSV_TABLE_TREE_H_
#define SAKIP_SERVICES_CLI_CSV_TABLE_TREE_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/cli/csv/csv_number.h"
#include "services/cli/csv/csv_table.h"
#include "services/cli/csv/plan_columns.h"
#include "services/cli/yaml/yaml_tree.h"

namespace sakip::cli {

// An empty map or list at a place.
YamlNode MakeNode(YamlNode::Kind kind, FilePosition position);

// Sets the value at `path` (`target.value`) of a map; maps on the way are made.
void SetValue(YamlNode& map, absl::string_view path, YamlNode value);

// The cells of a table by the names of their columns.
class Cells {
 public:
  // Notes what is wrong with the header: unknown and repeated columns, required ones that are
  // missing. Columns whose names are remarks say nothing. Borrows both.
  Cells(const CsvRow& header, absl::Span<const PlanColumn> columns, NumberFormat format,
        std::vector<FileIssue>& issues);

  // False where a required column is missing: no row can be right then.
  bool complete() const { return complete_; }

  // Empty where the column is not there or the cell is.
  absl::string_view Text(const CsvRow& row, absl::string_view column) const;
  FilePosition Place(const CsvRow& row, absl::string_view column) const;

  bool HasAny(const CsvRow& row, absl::Span<const PlanColumn> columns) const;

  // Puts what stands in `column` into `map`: nothing where that is empty, an empty value where it
  // is wrong, which is noted.
  void Put(const CsvRow& row, const PlanColumn& column, YamlNode& map);
  // The same of all columns.
  YamlNode Read(const CsvRow& row, absl::Span<const PlanColumn> columns);

  void Note(const CsvRow& row, absl::string_view column, absl::string_view text);

 private:
  void AddColumn(const CsvRow& header, size_t index, absl::Span<const PlanColumn> columns);

  const NumberFormat format_;
  std::vector<FileIssue>& issues_;
  std::map<std::string, size_t, std::less<>> index_;  // Of the column, from 0.
  bool complete_ = true;
};

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_CSV_TABLE_TREE_H_
