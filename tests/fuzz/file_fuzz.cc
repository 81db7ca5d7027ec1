// Files that people hand to sakipctl: YAML and CSV.
#include "common/base/log.h"
#include "sakip/planning/v1/document.pb.h"
#include "services/cli/csv/csv_table.h"
#include "services/cli/yaml/yaml_message.h"
#include "services/cli/yaml/yaml_tree.h"
#include "tests/fuzz/target.h"

namespace sakip::fuzz {
namespace {

void TryYaml(absl::string_view text) {
  const cli::ParsedYaml parsed = cli::ParseYaml(text);
  for (const cli::FileIssue& issue : parsed.issues) {
    const std::string line = cli::FormatIssue("file.yaml", issue);
    SAKIP_CHECK(line.find('\n') == line.npos);
  }
  if (!parsed.issues.empty()) return;
  planning::v1::PlanDocument document;
  cli::FieldPositions positions;
  for (const cli::FileIssue& issue : cli::ReadMessage(parsed.root, document, positions)) {
    static_cast<void>(cli::FormatIssue("file.yaml", issue));
  }
}

void TryCsv(absl::string_view text) {
  const cli::ParsedCsv parsed = cli::ParseCsv(text);
  if (!parsed.issues.empty()) return;
  for (const cli::CsvRow& row : parsed.table.rows) {
    SAKIP_CHECK(row.fields.size() == parsed.table.header.fields.size());
  }
}

}  // namespace

void Try(absl::string_view input) {
  if (input.empty()) return;
  if (input[0] % 2 == 0) {
    TryYaml(input.substr(1));
  } else {
    TryCsv(input.substr(1));
  }
}

std::vector<std::string> Seeds() {
  return {
      "0name: regions/35.09/agencies/dinsos/annualPlans/2023\neffective_date: 2023-01-01\n"
      "annual_plan:\n  year: 2023\n  objectives:\n    - code: S1\n      display_name: \"a # b\"\n"
      "      indicators:\n        - {code: IKU1, target: {value: 90.2, unit: '%'}}\n",
      "1kode;nama;target\nS1;\"a;b\n\"\"c\"\"\";90,2\n# remark\n;;\n"};
}

}  // namespace sakip::fuzz
