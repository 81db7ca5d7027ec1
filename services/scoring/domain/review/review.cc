#include "services/scoring/domain/review/review.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/plan/plan_index.h"
#include "services/scoring/domain/review/comparison.h"
#include "services/scoring/domain/review/computation.h"
#include "services/scoring/domain/review/report_index.h"
#include "services/scoring/domain/review/sources.h"
#include "services/scoring/domain/review/verdict.h"

namespace sakip::scoring::review {
namespace {

using plan::SameUnit;

Difference At(const PrintedCell& cell) {
  Difference difference;
  difference.table = cell.table->name;
  difference.figure = *cell.figure;
  if (!cell.number.has_value()) return difference;
  difference.printed = cell.number->value;
  difference.digits = cell.number->digits;
  return difference;
}

// The last steps of a derivation: what the printed decimals make of the exact value.
void AddRoundings(const PrintedNumber& printed, const Verdict& verdict, Difference& difference) {
  const Rational& value = *difference.computed;
  const auto add = [&](absl::string_view how, const Rational& result, Phrase note) {
    difference.derivation.Add({Step::Kind::kRounding, difference.figure.column,
                               absl::StrCat(how, "(", ExactText(value), ", ", printed.digits, ")"),
                               result.Rounded(printed.digits), difference.unit, "", 0,
                               std::move(note)});
  };
  add("round", value.RoundedValue(printed.digits),
      verdict.why.empty() ? Phrase(PhraseCode::kHalfUpToPrinted) : Phrase::Verbatim(verdict.why));
  add("truncate", TruncatedValue(value, printed.digits), {});
}

Difference Describe(const PrintedCell& cell, Computed computed, const Verdict& verdict) {
  Difference difference = At(cell);
  if (cell.number.has_value()) difference.computed = computed.value;
  if (!cell.number.has_value()) difference.words = computed.text;
  difference.unit = computed.unit;
  difference.derivation = std::move(computed.derivation);
  if (difference.computed.has_value()) AddRoundings(*cell.number, verdict, difference);

  std::vector<FindingFigure> figures = {{cell.Text(), cell.Location()},
                                        {computed.text, computed.location}};
  std::string detail = computed.formula;
  if (!detail.empty() && computed.value.has_value() && detail != computed.text) {
    absl::StrAppend(&detail, " = ", computed.text);
  }
  if (verdict.base != nullptr) {
    const OtherBase& base = *verdict.base;
    figures.push_back({base.divisor.text, base.divisor.location});
    difference.derivation.Append(base.derivation);
    absl::StrAppend(&detail, "; ", base.derivation.back().expression, " = ", DigitsText(base.value),
                    " %");
  }
  difference.finding = MakeFinding(*verdict.code, cell.figure->row, std::move(figures), detail);
  return difference;
}

// One for the cells of a column that lack the unit which the column declares; nothing where `cell`
// is not the first of them.
class UnitCheck {
 public:
  explicit UnitCheck(const ReportIndex& report) {
    for (const PrintedCell& cell : report.cells()) {
      const bool lacks =
          cell.number.has_value() && cell.number->unit.empty() && !cell.figure->unit.empty();
      if (lacks) lacking_[{cell.table, cell.figure->column}].push_back(&cell);
    }
  }

  std::optional<Difference> Check(const PrintedCell& cell) const {
    if (!cell.number.has_value() || cell.figure->unit.empty()) return std::nullopt;
    Difference difference = At(cell);
    difference.unit = cell.figure->unit;
    if (!cell.number->unit.empty()) {
      if (SameUnit(cell.number->unit, cell.figure->unit)) return std::nullopt;
      difference.finding =
          MakeFinding(FindingCode::kPrintedUnitDiffers, cell.figure->row,
                      {{cell.Text(), cell.Location()}, {cell.figure->unit, "column"}});
      return difference;
    }
    const auto& cells = lacking_.at({cell.table, cell.figure->column});
    if (cells.front() != &cell) return std::nullopt;
    std::vector<FindingFigure> figures;
    for (const PrintedCell* lacking : cells) {
      figures.push_back({lacking->figure->printed, lacking->Location()});
    }
    difference.finding = MakeFinding(FindingCode::kPrintedUnitMissing, cell.figure->row,
                                     std::move(figures), cell.figure->unit);
    return difference;
  }

 private:
  std::map<std::pair<const Table*, std::string>, std::vector<const PrintedCell*>> lacking_;
};

// Two claims of a figure that lead to the same number count once.
bool Alike(const Difference& a, const Difference& b) {
  if (a.computed.has_value() || b.computed.has_value()) return a.computed == b.computed;
  return a.finding.code == b.finding.code && a.words == b.words;
}

void ReviewCell(const PrintedCell& cell, const Sources& sources,
                absl::Span<const exact::Boundary> boundaries, Outcome& outcome) {
  const size_t first = outcome.differences.size();
  for (const Claim& claim : *cell.figure->claims) {
    ++outcome.claim_count;
    Computed computed = Compute(sources, cell, claim);
    const Verdict verdict = Judge(cell, computed, boundaries);
    if (!verdict.code.has_value()) continue;
    Difference difference = Describe(cell, computed, verdict);
    const auto begin = outcome.differences.begin() + static_cast<ptrdiff_t>(first);
    const bool known = std::any_of(begin, outcome.differences.end(), [&](const Difference& other) {
      return Alike(other, difference);
    });
    // Documents that say the same are two sources all the same.
    if (known && !computed.stated) continue;
    outcome.differences.push_back(std::move(difference));
  }
}

bool IsOutside(const FigureSource& source) { return !std::holds_alternative<CellRef>(source); }

bool IsOutside(const Claim& claim) {
  if (const auto* equals = std::get_if<Equals>(&claim.what)) return IsOutside(equals->source);
  if (const auto* most = std::get_if<AtMost>(&claim.what)) return IsOutside(most->source);
  const auto* quotient = std::get_if<Quotient>(&claim.what);
  if (quotient == nullptr) return false;
  const auto& others = quotient->other_divisors;
  return IsOutside(quotient->dividend) || IsOutside(quotient->divisor) ||
         std::any_of(others.begin(), others.end(),
                     [](const FigureSource& source) { return IsOutside(source); });
}

}  // namespace

bool NeedsScorecard(const Report& report) {
  for (const Table& table : report.tables) {
    for (const Figure& figure : table.figures) {
      for (const Claim& claim : *figure.claims) {
        if (IsOutside(claim)) return true;
      }
    }
  }
  return false;
}

absl::StatusOr<Outcome> Review(const Report& report, const PlanHistory& plans,
                               const Scorecard* scorecard, const Policy& policy) {
  ASSIGN_OR_RETURN(const ReportIndex index, ReportIndex::Create(report));
  const Sources sources(index, plans, scorecard);
  const std::vector<exact::Boundary> boundaries = Boundaries(policy.scale);
  const UnitCheck units(index);
  Outcome outcome;
  outcome.figure_count = static_cast<int>(index.cells().size());
  for (const PrintedCell& cell : index.cells()) {
    ReviewCell(cell, sources, boundaries, outcome);
    std::optional<Difference> unit = units.Check(cell);
    if (unit.has_value()) outcome.differences.push_back(*std::move(unit));
  }
  return outcome;
}

}  // namespace sakip::scoring::review
