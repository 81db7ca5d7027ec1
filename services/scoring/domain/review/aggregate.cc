#include "services/scoring/domain/review/aggregate.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/scoring/domain/review/quotient.h"

namespace sakip::scoring::review {
namespace {

// Numbers that a formula is written out with; of more it says how many there are.
constexpr size_t kTermsWritten = 20;

bool IsIn(const CellRange& range, const PrintedCell& from) {
  return range.table.empty() || range.table == from.table->name;
}

// A figure that others are added up or averaged from: exact where it is a quotient, else as
// printed.
struct Term {
  std::optional<Rational> value;
  Rational printed;
  bool missed = false;
  bool rated = false;
  std::string unit;
  Derivation derivation;
};

Term TermOf(const Sources& sources, const PrintedCell& cell) {
  Term term;
  term.printed = cell.number->value;
  term.unit = cell.Unit();
  for (const Claim& claim : *cell.figure->claims) {
    const auto* quotient = std::get_if<Quotient>(&claim.what);
    if (quotient == nullptr) continue;
    Computed exact = ComputeQuotient(sources, cell, *quotient);
    term.value = exact.value;
    term.missed = exact.missed;
    term.rated = exact.rated;
    Step step = MakeStep(Step::Kind::kFormula, cell, exact.formula, exact.value, "%");
    step.source = cell.Location();
    term.derivation.Add(std::move(step));
    return term;
  }
  term.value = term.printed;
  term.derivation = {{Step::Kind::kInput, cell.figure->column, cell.Text(), cell.Text(), term.unit,
                      cell.Location()}};
  return term;
}

// `a + b + c`, or how many there are.
std::string Written(const std::vector<std::string>& terms, const char* by) {
  if (terms.size() <= kTermsWritten) return absl::StrJoin(terms, by);
  const std::vector<std::string> first(terms.begin(), terms.begin() + kTermsWritten);
  return absl::StrCat(absl::StrJoin(first, by), by, "... (", terms.size(), ")");
}

// `Tabel 3.8 *.budget (16)`.
std::string RangeText(const CellRange& range, const PrintedCell& from, size_t count) {
  return absl::StrCat(range.table.empty() ? from.table->name : range.table, " *.",
                      range.column.empty() ? from.figure->column : range.column, " (", count, ")");
}

bool Holds(Count::Relation relation, const Rational& a, const Rational& b) {
  switch (relation) {
    case Count::Relation::kAll:
      return true;
    case Count::Relation::kAbove:
      return a > b;
    case Count::Relation::kAtLeast:
      return a >= b;
    case Count::Relation::kBelow:
      return a < b;
  }
  return false;
}

}  // namespace

Computed ComputeSum(const Sources& sources, const PrintedCell& from, const Sum& sum) {
  Computed result;
  result.value = Rational(0);
  result.from_printed = Rational(0);
  result.from_own_table = true;
  std::vector<std::string> places;
  const auto add = [&](const CellRange& range, bool subtract) {
    result.from_own_table = result.from_own_table && IsIn(range, from);
    const std::vector<const PrintedCell*> cells = sources.report().Range(from, range);
    places.push_back(absl::StrCat(subtract ? "- " : "", RangeText(range, from, cells.size())));
    std::vector<std::string> numbers;
    for (const PrintedCell* cell : cells) {
      const Term term = TermOf(sources, *cell);
      result.derivation.Append(term.derivation);
      if (result.unit.empty()) result.unit = term.unit;
      numbers.push_back(term.value.has_value() ? ExactText(*term.value) : "-");
      const Rational sign(subtract ? -1 : 1);
      *result.from_printed = *result.from_printed + sign * term.printed;
      if (!term.value.has_value()) result.value.reset();
      if (result.value.has_value()) *result.value = *result.value + sign * *term.value;
    }
    const std::string written = Written(numbers, subtract ? " - " : " + ");
    absl::StrAppend(&result.formula,
                    subtract                 ? " - "
                    : result.formula.empty() ? ""
                                             : " + ",
                    written);
  };
  for (const CellRange& range : sum.add) add(range, false);
  for (const CellRange& range : sum.subtract) add(range, true);
  result.location = absl::StrJoin(places, ", ");
  Finish(from, Step::Kind::kAggregation, result);
  return result;
}

Computed ComputeMean(const Sources& sources, const PrintedCell& from, const Mean& mean) {
  Computed result;
  result.from_own_table = IsIn(mean.cells, from);
  const std::vector<const PrintedCell*> cells = sources.report().Range(from, mean.cells);
  Rational sum(0);
  Rational printed(0);
  std::vector<std::string> numbers;
  for (const PrintedCell* cell : cells) {
    const Term term = TermOf(sources, *cell);
    result.derivation.Append(term.derivation);
    if (!term.value.has_value()) continue;
    if (result.unit.empty()) result.unit = term.unit;
    result.missed = result.missed || term.missed;
    result.rated = result.rated || term.rated;
    sum = sum + *term.value;
    printed = printed + term.printed;
    numbers.push_back(ExactText(*term.value));
  }
  if (!numbers.empty()) {
    const Rational count(static_cast<int64_t>(numbers.size()));
    result.value = *Divide(sum, count);
    result.from_printed = *Divide(printed, count);
  }
  result.formula = absl::StrCat("(", Written(numbers, " + "), ") / ", numbers.size());
  result.location = RangeText(mean.cells, from, cells.size());
  Finish(from, Step::Kind::kMean, result);
  return result;
}

Computed ComputeCount(const Sources& sources, const PrintedCell& from, const Count& count) {
  const std::vector<const PrintedCell*> cells = sources.report().Range(from, count.rows);
  Computed result;
  result.from_own_table = IsIn(count.rows, from);
  int64_t counted = 0;
  for (const PrintedCell* cell : cells) {
    if (count.relation == Count::Relation::kAll) {
      ++counted;
      continue;
    }
    const PrintedCell& other = *sources.report().Find(*cell, {"", "", count.other_column});
    const bool counts = Holds(count.relation, cell->number->value, other.number->value);
    counted += counts ? 1 : 0;
    result.derivation.Add({Step::Kind::kInput, from.figure->column,
                           absl::StrCat(cell->Text(), " : ", other.Text()), counts ? "1" : "0", "",
                           cell->Location()});
  }
  const Rational all(static_cast<int64_t>(cells.size()));
  result.value = Rational(counted);
  result.formula = absl::StrCat(counted);
  if (count.share) {
    result.unit = "%";
    result.formula = absl::StrCat(counted, " / ", cells.size(), " x 100");
    result.value.reset();
    if (!all.is_zero()) result.value = *Divide(Rational(counted) * Rational(100), all);
  }
  result.location = RangeText(count.rows, from, cells.size());
  Finish(from, count.share ? Step::Kind::kFormula : Step::Kind::kAggregation, result);
  return result;
}

}  // namespace sakip::scoring::review
