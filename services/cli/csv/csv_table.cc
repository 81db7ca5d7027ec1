#include "services/cli/csv/csv_table.h"

#include <csv.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/cli/text/utf8.h"

namespace sakip::cli {
namespace {

// What is written; ParseCsv() takes both.
constexpr char kSeparator = ';';

// A line of a file as it stands, and the row that it is.
struct Line {
  absl::string_view text;
  int row = 1;
};

// Up to a line end that is not in quotes.
absl::string_view FirstLine(absl::string_view text) {
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (!quoted && (text[i] == '\r' || text[i] == '\n')) return text.substr(0, i);
  }
  return text;
}

// Whether the first field of the line is a remark, whatever parts fields.
bool BeginsWithRemark(absl::string_view line) {
  const bool quoted = absl::ConsumePrefix(&line, "\"");
  return IsCsvRemark(line.substr(0, line.find_first_of(quoted ? "\"" : ";,")));
}

// The header is told from remarks before the separator is known, and no column's name has either.
Line HeaderLine(absl::string_view text) {
  Line line;
  for (; !text.empty(); ++line.row) {
    line.text = FirstLine(text);
    const absl::string_view stripped = absl::StripAsciiWhitespace(line.text);
    if (!stripped.empty() && !BeginsWithRemark(stripped)) return line;
    text.remove_prefix(line.text.size());
    if (!absl::ConsumePrefix(&text, "\r\n") && !text.empty()) text.remove_prefix(1);
  }
  return {};
}

// `#N/A`, `#REF!`, `#NAME?`.
bool IsSpreadsheetError(absl::string_view field) {
  return field == "#N/A" || (absl::StartsWith(field, "#") && field.size() > 2 &&
                             (field.back() == '!' || field.back() == '?') &&
                             std::none_of(field.begin(), field.end(), absl::ascii_isspace));
}

bool IsEmpty(const CsvRow& row) {
  return std::all_of(row.fields.begin(), row.fields.end(),
                     [](const std::string& field) { return field.empty(); });
}

// Gathers what libcsv calls back.
class RowReader {
 public:
  explicit RowReader(char separator) {
    csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
    csv_set_delim(&parser_, static_cast<unsigned char>(separator));
  }
  ~RowReader() { csv_free(&parser_); }
  RowReader(const RowReader&) = delete;
  RowReader& operator=(const RowReader&) = delete;

  void Read(absl::string_view text) {
    const bool whole =
        csv_parse(&parser_, text.data(), text.size(), &OnField, &OnRow, this) == text.size() &&
        csv_fini(&parser_, &OnField, &OnRow, this) == 0;
    if (whole) return;
    issues_.push_back(
        {Here(), "",
         csv_error(&parser_) == CSV_EPARSE
             ? "a quote inside a field or one that is not closed; a field with quotes "
               "in it stands in quotes, with each of its own doubled"
             : csv_strerror(csv_error(&parser_))});
  }

  std::vector<CsvRow> TakeRows() { return std::move(rows_); }
  std::vector<FileIssue> TakeIssues() { return std::move(issues_); }

 private:
  static void OnField(void* bytes, size_t size, void* self) {
    static_cast<RowReader*>(self)->AddField({static_cast<const char*>(bytes), size});
  }
  static void OnRow(int end, void* self) { static_cast<RowReader*>(self)->EndRow(end); }

  FilePosition Here() const { return {row_.number, static_cast<int>(row_.fields.size()) + 1}; }

  void AddField(absl::string_view text) {
    // libcsv cannot be stopped; what comes after is read and dropped.
    if (++fields_ > kCsvFieldsMax || row_.fields.size() == kCsvColumnsMax) {
      NoteTooLarge();
      return;
    }
    if (FindForbidden(text) != absl::string_view::npos) {
      issues_.push_back({Here(), "",
                         "a control character or a byte that is not UTF-8; save the file as CSV "
                         "UTF-8"});
    }
    row_.fields.emplace_back(text);
    after_return_ = false;
  }

  void NoteTooLarge() {
    if (std::exchange(too_large_, true)) return;
    issues_.push_back(
        {Here(), "",
         absl::StrCat("has more than ", kCsvColumnsMax, " columns or ", kCsvFieldsMax, " fields")});
  }

  // `end` is the character that ends the row, negative at the end of the file.
  void EndRow(int end) {
    if (end == CSV_LF && after_return_) {
      after_return_ = false;  // The second half of one line end.
      return;
    }
    after_return_ = end == CSV_CR;
    const int number = row_.number;
    if (!IsEmpty(row_) && !IsCsvRemark(row_.fields.front())) rows_.push_back(std::move(row_));
    row_ = {number + 1, {}};
  }

  csv_parser parser_ = {};
  CsvRow row_ = {1, {}};
  bool after_return_ = false;
  size_t fields_ = 0;
  bool too_large_ = false;
  std::vector<CsvRow> rows_;
  std::vector<FileIssue> issues_;
};

ParsedCsv Refused(absl::string_view text, int row = 1) {
  ParsedCsv result;
  result.issues.push_back({{row, 1}, "", std::string(text)});
  return result;
}

bool NeedsQuotes(absl::string_view field) {
  return field.find_first_of(";,\"\r\n\t") != absl::string_view::npos ||
         absl::StripAsciiWhitespace(field) != field;
}

// What is wrong with a row below the header that has `wanted` columns.
std::optional<FileIssue> CheckRow(const CsvRow& row, size_t wanted, char separator) {
  if (absl::StartsWith(row.fields.front(), "#")) {
    return FileIssue{{row.number, 1}, "", NotARemark(row.fields.front())};
  }
  if (row.fields.size() == wanted) return std::nullopt;
  return FileIssue{
      {row.number, static_cast<int>(std::min(row.fields.size(), wanted))},
      "",
      absl::StrCat("the row has ", row.fields.size(), " fields and the header ", wanted,
                   "; a field with ", absl::string_view(&separator, 1), " in it stands in quotes")};
}

}  // namespace

bool IsCsvRemark(absl::string_view field) {
  return absl::ConsumePrefix(&field, "#") && (field.empty() || absl::ascii_isspace(field[0]));
}

std::string NotARemark(absl::string_view field) {
  return absl::StrCat("begins with `", field.substr(0, 64), "`, which ",
                      IsSpreadsheetError(field)
                          ? "looks like an error of the spreadsheet; give the value"
                          : "is no remark; a remark is # with a blank after it");
}

ParsedCsv ParseCsv(absl::string_view text) {
  if (text.size() > kCsvBytesMax) {
    return Refused(absl::StrCat("is larger than ", kCsvBytesMax >> 20, " MiB"));
  }
  absl::ConsumePrefix(&text, "\xef\xbb\xbf");
  const Line header = HeaderLine(text);
  const bool semicolon = absl::StrContains(header.text, ';');
  if (semicolon && absl::StrContains(header.text, ',')) {
    return Refused("has both ; and , in its header; columns are parted by one of them", header.row);
  }
  const char separator = semicolon ? ';' : ',';
  RowReader reader(separator);
  reader.Read(text);

  ParsedCsv result;
  result.issues = reader.TakeIssues();
  std::vector<CsvRow> rows = reader.TakeRows();
  if (rows.empty() && result.issues.empty())
    return Refused("is empty; the first row is the header");
  for (CsvRow& row : rows) {
    CsvRow& first = result.table.header;
    if (first.fields.empty()) {
      first = std::move(row);
    } else if (auto issue = CheckRow(row, first.fields.size(), separator)) {
      result.issues.push_back(*std::move(issue));
    } else {
      result.table.rows.push_back(std::move(row));
    }
  }
  std::stable_sort(
      result.issues.begin(), result.issues.end(),
      [](const FileIssue& a, const FileIssue& b) { return a.position.line < b.position.line; });
  return result;
}

std::string WriteCsvRow(const std::vector<std::string>& fields) {
  std::string row;
  for (size_t i = 0; i < fields.size(); ++i) {
    const std::string& field = fields[i];
    if (i > 0) row += kSeparator;
    if (!NeedsQuotes(field)) {
      row += field;
      continue;
    }
    std::string quoted(2 * field.size() + 2, '\0');
    quoted.resize(csv_write(quoted.data(), quoted.size(), field.data(), field.size()));
    row += quoted;
  }
  return row + "\n";
}

}  // namespace sakip::cli
