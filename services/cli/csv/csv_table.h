// CsvTable: the syntax of a CSV file, before it means anything.
//
// The separator is `;` or `,`, whichever the header has; a field with a separator, a quote or a
// line break in it stands in double quotes. Rows count as a spreadsheet shows them: the header is
// 1, and a field with line breaks is still in one row. Values; functions are thread-safe, throw
// nothing.
#ifndef SAKIP_SERVICES_CLI_CSV_CSV_TABLE_H_
#define SAKIP_SERVICES_CLI_CSV_CSV_TABLE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/cli/yaml/yaml_tree.h"

namespace sakip::cli {

constexpr size_t kCsvBytesMax = kYamlBytesMax;
constexpr size_t kCsvFieldsMax = kYamlNodesMax;  // Of all rows together.
constexpr size_t kCsvColumnsMax = 1000;

// As many fields as the header has columns; blanks around a field without quotes are gone.
struct CsvRow {
  int number = 0;
  std::vector<std::string> fields;
};

struct CsvTable {
  CsvRow header;
  std::vector<CsvRow> rows;  // Without empty ones and those whose first field is a remark.
};

// What ParseCsv() found. The position of an issue is row and column, both from 1.
struct ParsedCsv {
  CsvTable table;
  std::vector<FileIssue> issues;  // Everything that is wrong; `table` is of use where it is empty.
};

// Whether a field is a remark: `#` alone or with a blank after it. `#N/A` and `#REF!` are what a
// spreadsheet writes for a value that it does not have, and no remarks.
bool IsCsvRemark(absl::string_view field);

// What is wrong with a field that begins with `#` and is no remark.
std::string NotARemark(absl::string_view field);

// Parses UTF-8 text, with or without a byte order mark. Refuses what is larger than the limits,
// quotes that are not closed or stand inside a field, rows of another length than the header, rows
// that begin with `#` and are no remark, control characters and what is not UTF-8.
ParsedCsv ParseCsv(absl::string_view text);

// Writes a row with its line end, each field in quotes where it needs them.
std::string WriteCsvRow(const std::vector<std::string>& fields);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_CSV_CSV_TABLE_H_
