#include "services/scoring/domain/review/report_index.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace sakip::scoring::review {
namespace {

template <typename... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

const std::string& Or(const std::string& text, const std::string& otherwise) {
  return text.empty() ? otherwise : text;
}

// Looks up everything that the claims of one figure refer to.
class ReferenceCheck {
 public:
  ReferenceCheck(const ReportIndex& index, const PrintedCell& from, FieldErrors& errors,
                 size_t& references)
      : index_(index), from_(from), errors_(errors), references_(references) {}

  void Check(const Claim& claim) {
    path_ = claim.path;
    std::visit(Overloaded{[&](const Equals& equals) { CheckEquals(equals); },
                          [&](const Quotient& quotient) { CheckQuotient(quotient); },
                          [&](const Sum& sum) { CheckSum(sum); },
                          [&](const Mean& mean) { CheckRange(mean.cells, ".mean", true); },
                          [&](const Count& count) { CheckCount(count); },
                          [&](const AtMost& most) { CheckSource(most.source, ".at_most"); }},
               claim.what);
    const bool words = !from_.number.has_value();
    if (words && !std::holds_alternative<Equals>(claim.what)) {
      errors_.Add(path_, "is of words, which can only equal something");
    }
  }

 private:
  // Nothing more is looked up then: the report is refused.
  bool TooMany() const { return references_ > kReferencesMax; }

  // Words equal words and ratings, numbers equal numbers.
  void CheckEquals(const Equals& equals) {
    const auto* cell = std::get_if<CellRef>(&equals.source);
    const auto* score = std::get_if<ScorecardFigure>(&equals.source);
    const bool of_words = score != nullptr && score->value == ScorecardFigure::Value::kRating;
    if (cell != nullptr) {
      const PrintedCell* found = FindCell(*cell, ".equals");
      if (found != nullptr && found->number.has_value() != from_.number.has_value()) {
        errors_.Add(absl::StrCat(path_, ".equals"), "compares a number with words");
      }
    } else if (of_words == from_.number.has_value()) {
      errors_.Add(absl::StrCat(path_, ".equals"), "compares a number with words");
    }
  }

  void CheckQuotient(const Quotient& quotient) {
    CheckSource(quotient.dividend, ".quotient.dividend");
    CheckSource(quotient.divisor, ".quotient.divisor");
    for (size_t i = 0; i < quotient.other_divisors.size(); ++i) {
      CheckSource(quotient.other_divisors[i], absl::StrCat(".quotient.other_divisors[", i, "]"));
    }
  }

  void CheckSum(const Sum& sum) {
    for (size_t i = 0; i < sum.add.size() && !TooMany(); ++i) {
      CheckRange(sum.add[i], absl::StrCat(".sum.add[", i, "]"), true);
    }
    for (size_t i = 0; i < sum.subtract.size() && !TooMany(); ++i) {
      CheckRange(sum.subtract[i], absl::StrCat(".sum.subtract[", i, "]"), true);
    }
  }

  void CheckCount(const Count& count) {
    const bool compares = count.relation != Count::Relation::kAll;
    CheckRange(count.rows, ".count.rows", compares);
    if (!compares || TooMany()) return;
    for (const PrintedCell* cell : index_.Range(from_, count.rows)) {
      const PrintedCell* other = index_.Find(*cell, {"", "", count.other_column});
      if (other != nullptr && other->number.has_value()) continue;
      errors_.Add(absl::StrCat(path_, ".count.other_column"),
                  absl::StrCat("has no number in the row ", cell->figure->row));
    }
  }

  // A source of a number.
  void CheckSource(const FigureSource& source, absl::string_view field) {
    if (const auto* ref = std::get_if<CellRef>(&source)) {
      const PrintedCell* cell = FindCell(*ref, field);
      if (cell != nullptr) CheckNumber(*cell, field);
    }
    const auto* score = std::get_if<ScorecardFigure>(&source);
    if (score != nullptr && score->value == ScorecardFigure::Value::kRating) {
      errors_.Add(absl::StrCat(path_, field), "is a rating where a number is needed");
    }
  }

  void CheckRange(const CellRange& range, absl::string_view field, bool of_numbers) {
    const std::string& table = Or(range.table, from_.table->name);
    const std::string& column = Or(range.column, from_.figure->column);
    for (const std::string& row : range.rows) {
      FindCell({table, row, column}, field);
      if (TooMany()) return;
    }
    const std::vector<const PrintedCell*> cells = index_.Range(from_, range);
    if (cells.empty() && range.rows.empty()) {
      errors_.Add(absl::StrCat(path_, field),
                  absl::StrCat("finds no figures in the column ", column, " of ", table));
    }
    // One that finds nothing has been looked for all the same.
    if (range.rows.empty()) references_ += std::max<size_t>(cells.size(), 1);
    if (!of_numbers || TooMany()) return;
    for (const PrintedCell* cell : cells) CheckNumber(*cell, field);
  }

  const PrintedCell* FindCell(const CellRef& ref, absl::string_view field) {
    ++references_;
    const PrintedCell* cell = index_.Find(from_, ref);
    if (cell == nullptr) {
      errors_.Add(
          absl::StrCat(path_, field),
          absl::StrCat("refers to ", Or(ref.table, from_.table->name), ", row ",
                       Or(ref.row, from_.figure->row), ", column ",
                       Or(ref.column, from_.figure->column), ", which the report does not have"));
    } else if (cell == &from_) {
      errors_.Add(absl::StrCat(path_, field), "refers to the figure that claims it");
    }
    return cell;
  }

  void CheckNumber(const PrintedCell& cell, absl::string_view field) {
    if (cell.number.has_value()) return;
    errors_.Add(absl::StrCat(path_, field),
                absl::StrCat("refers to ", cell.Location(), ", which is words"));
  }

  const ReportIndex& index_;
  const PrintedCell& from_;
  FieldErrors& errors_;
  size_t& references_;
  std::string path_;
};

// The number of `figure`; absent for words and where it cannot be read, which `errors` tells.
std::optional<PrintedNumber> ReadNumber(const Figure& figure, FieldErrors& errors) {
  if (figure.format == NumberFormat::kText) return std::nullopt;
  const auto number = ParsePrintedNumber(figure.printed, figure.format);
  if (number.ok()) return *number;
  errors.Add(absl::StrCat(figure.path, ".printed"), number.status().message());
  return std::nullopt;
}

}  // namespace

std::string PrintedCell::Location() const {
  return absl::StrCat(table->name, " ", figure->row, ".", figure->column,
                      figure->place.empty() ? "" : absl::StrCat(" (", figure->place, ")"));
}

std::string PrintedCell::Unit() const {
  return number.has_value() && !number->unit.empty() ? number->unit : figure->unit;
}

std::string PrintedCell::Text() const {
  if (!number.has_value()) return figure->printed;
  const std::string unit = Unit();
  return absl::StrCat(number->value.Rounded(number->digits), unit.empty() ? "" : " ", unit);
}

absl::StatusOr<ReportIndex> ReportIndex::Create(const Report& report) {
  ReportIndex index;
  FieldErrors errors;
  std::set<std::string> tables;
  for (const Table& table : report.tables) {
    tables.insert(table.name);
    for (const Figure& figure : table.figures) {
      const size_t position = index.cells_.size();
      index.cells_.push_back({&table, &figure, ReadNumber(figure, errors)});
      const bool is_new =
          index.by_name_.emplace(Name{table.name, figure.row, figure.column}, position).second;
      if (!is_new) {
        errors.Add(figure.path, absl::StrCat("is the second figure of ", table.name, ", row ",
                                             figure.row, ", column ", figure.column));
      }
      index.by_column_[{table.name, figure.column}].push_back(position);
    }
  }
  if (tables.size() != report.tables.size()) {
    errors.Add("tables", "has two tables of one name; give each a name of its own");
  }
  // What is wrong with a reference to an unreadable number is told at the number.
  RETURN_IF_ERROR(errors.ToStatus());
  size_t references = 0;
  for (const PrintedCell& cell : index.cells_) {
    for (const Claim& claim : *cell.figure->claims) {
      ReferenceCheck(index, cell, errors, references).Check(claim);
      if (references > kReferencesMax) {
        return InvalidField("tables", absl::StrCat("has claims that refer to more than ",
                                                   kReferencesMax, " figures in all"));
      }
    }
  }
  RETURN_IF_ERROR(errors.ToStatus());
  return index;
}

const PrintedCell* ReportIndex::Find(const PrintedCell& from, const CellRef& ref) const {
  const auto it = by_name_.find(Name{Or(ref.table, from.table->name), Or(ref.row, from.figure->row),
                                     Or(ref.column, from.figure->column)});
  return it == by_name_.end() ? nullptr : &cells_[it->second];
}

std::vector<const PrintedCell*> ReportIndex::Range(const PrintedCell& from,
                                                   const CellRange& range) const {
  std::vector<const PrintedCell*> result;
  const auto add = [&](const PrintedCell* cell) {
    if (cell != nullptr && cell->figure != from.figure) result.push_back(cell);
  };
  for (const std::string& row : range.rows) add(Find(from, {range.table, row, range.column}));
  if (!range.rows.empty()) return result;
  const auto it =
      by_column_.find({Or(range.table, from.table->name), Or(range.column, from.figure->column)});
  if (it == by_column_.end()) return result;
  for (const size_t position : it->second) add(&cells_[position]);
  return result;
}

}  // namespace sakip::scoring::review
