// ReportIndex is a report whose numbers are read and whose references all lead somewhere.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_REPORT_INDEX_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_REPORT_INDEX_H_

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/scoring/domain/review/report.h"

namespace sakip::scoring::review {

// A figure of the report and the number that it reads.
struct PrintedCell {
  const Table* table;
  const Figure* figure;
  std::optional<PrintedNumber> number;  // Absent for words.

  // `Tabel 3.6 rehsos.alat_bantu.output_target (l.735)`.
  std::string Location() const;
  // `110 orang`: the number in plain decimal text with the unit that is printed or declared.
  std::string Text() const;
  // The unit that is printed, otherwise the declared one.
  std::string Unit() const;
};

// Borrows the report. Thread-safe while nobody changes that.
class ReportIndex {
 public:
  // Reads every number and looks every reference up.
  //
  //   INVALID_ARGUMENT  INVALID_FIELD  a number cannot be read, a name occurs twice, a claim refers
  //                                    to what is not in the report or to words where a number is
  //                                    needed, or there are more than kReferencesMax references.
  static absl::StatusOr<ReportIndex> Create(const Report& report);

  // In the order of the report.
  const std::vector<PrintedCell>& cells() const { return cells_; }

  // What `ref` means to `from`; nullptr where there is none.
  const PrintedCell* Find(const PrintedCell& from, const CellRef& ref) const;

  // In the order of the report, or of the rows where they are named.
  std::vector<const PrintedCell*> Range(const PrintedCell& from, const CellRange& range) const;

 private:
  ReportIndex() = default;

  using Name = std::tuple<std::string, std::string, std::string>;  // Table, row, column.
  using ColumnName = std::pair<std::string, std::string>;          // Table, column.

  std::vector<PrintedCell> cells_;
  std::map<Name, size_t> by_name_;
  std::map<ColumnName, std::vector<size_t>> by_column_;
};

}  // namespace sakip::scoring::review

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_REPORT_INDEX_H_
