#include "services/scoring/rpc/report_from_proto.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/scoring/rpc/claim_from_proto.h"

namespace sakip::scoring {
namespace {

using google::protobuf::RepeatedPtrField;
using review::NumberFormat;

// What a column gives to its figures.
struct ColumnRules {
  NumberFormat format = NumberFormat::kIndonesian;
  std::string unit;
  std::shared_ptr<const std::vector<review::Claim>> claims;
};

std::optional<NumberFormat> FormatFromProto(v1::NumberFormat format) {
  switch (format) {
    case v1::NUMBER_FORMAT_DECIMAL_POINT:
      return NumberFormat::kDecimalPoint;
    case v1::NUMBER_FORMAT_INDONESIAN:
      return NumberFormat::kIndonesian;
    case v1::NUMBER_FORMAT_TEXT:
      return NumberFormat::kText;
    default:
      return std::nullopt;
  }
}

class Reader {
 public:
  review::Table Read(const v1::PrintedTable& from, const std::string& path) {
    review::Table to;
    to.name = Text(from.name(), absl::StrCat(path, ".name"));
    std::map<std::string, ColumnRules> columns;
    for (int i = 0; i < from.columns_size(); ++i) {
      const std::string at = absl::StrCat(path, ".columns[", i, "]");
      ColumnRules rules = ReadColumn(from.columns(i), at);
      if (!columns.emplace(from.columns(i).name(), std::move(rules)).second) {
        errors_.Add(absl::StrCat(at, ".name"), "is the name of two columns of the table");
      }
    }
    for (int i = 0; i < from.figures_size(); ++i) {
      const std::string at = absl::StrCat(path, ".figures[", i, "]");
      const auto column = columns.find(from.figures(i).column());
      if (column == columns.end()) {
        errors_.Add(absl::StrCat(at, ".column"), "is no column of the table");
        continue;
      }
      to.figures.push_back(ReadFigure(from.figures(i), column->second, at));
    }
    return to;
  }

  absl::Status status() const { return errors_.ToStatus(); }

 private:
  ColumnRules ReadColumn(const v1::PrintedColumn& from, const std::string& path) {
    ColumnRules rules;
    Text(from.name(), absl::StrCat(path, ".name"));
    const auto format = FormatFromProto(from.format());
    if (!format.has_value()) {
      errors_.Add(absl::StrCat(path, ".format"), "is none; say decimal_point, indonesian or text");
    }
    rules.format = format.value_or(rules.format);
    rules.unit = from.unit();
    rules.claims = ReadClaims(from.claims(), path);
    return rules;
  }

  review::Figure ReadFigure(const v1::PrintedFigure& from, const ColumnRules& column,
                            const std::string& path) {
    review::Figure to;
    to.row = Text(from.row(), absl::StrCat(path, ".row"));
    to.column = from.column();
    to.printed = Text(from.printed(), absl::StrCat(path, ".printed"));
    to.place = from.place();
    if (to.place.size() > review::kTextBytesMax) Text(to.place, absl::StrCat(path, ".place"));
    to.format = FormatFromProto(from.format()).value_or(column.format);
    to.unit = column.unit;
    to.claims = from.claims().empty() ? column.claims : ReadClaims(from.claims(), path);
    to.path = path;
    return to;
  }

  std::shared_ptr<const std::vector<review::Claim>> ReadClaims(
      const RepeatedPtrField<v1::PrintedClaim>& from, const std::string& path) {
    auto to = std::make_shared<std::vector<review::Claim>>();
    for (int i = 0; i < from.size(); ++i) {
      to->push_back(ClaimFromProto(from[i], absl::StrCat(path, ".claims[", i, "]"), errors_));
    }
    return to;
  }

  const std::string& Text(const std::string& text, const std::string& path) {
    if (text.empty()) errors_.Add(path, "is empty");
    if (text.size() > review::kTextBytesMax) {
      errors_.Add(path,
                  absl::StrCat("has ", text.size(), " bytes; at most ", review::kTextBytesMax));
    }
    return text;
  }

  FieldErrors errors_;
};

}  // namespace

absl::StatusOr<review::Report> ReportFromProto(const RepeatedPtrField<v1::PrintedTable>& tables) {
  if (tables.empty()) return InvalidField("tables", "are none; a review needs a printed table");
  size_t figures = 0;
  for (const v1::PrintedTable& table : tables) figures += static_cast<size_t>(table.figures_size());
  if (figures > review::kFiguresMax) {
    return InvalidField("tables.figures",
                        absl::StrCat("are ", figures, "; at most ", review::kFiguresMax));
  }
  Reader reader;
  review::Report report;
  for (int i = 0; i < tables.size(); ++i) {
    report.tables.push_back(reader.Read(tables[i], absl::StrCat("tables[", i, "]")));
  }
  RETURN_IF_ERROR(reader.status());
  return report;
}

}  // namespace sakip::scoring
