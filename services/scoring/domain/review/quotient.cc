#include "services/scoring/domain/review/quotient.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/plan/plan_index.h"

namespace sakip::scoring::review {
namespace {

const Rational& Hundred() {
  static const Rational hundred(100);
  return hundred;
}

bool IsIn(const FigureSource& source, const PrintedCell& from) {
  const auto* ref = std::get_if<CellRef>(&source);
  return ref != nullptr && (ref->table.empty() || ref->table == from.table->name);
}

// `dividend` / `divisor` x 100; absent where one of them is no number or the divisor is zero.
std::optional<Rational> Percent(const SourceFigure& dividend, const SourceFigure& divisor) {
  if (!dividend.value.has_value() || !divisor.value.has_value()) return std::nullopt;
  if (divisor.value->is_zero()) return std::nullopt;
  return *Divide(*dividend.value * Hundred(), *divisor.value);
}

std::string NumberText(const SourceFigure& figure) {
  if (figure.value.has_value()) return ExactText(*figure.value);
  return figure.text.empty() ? "-" : figure.text;
}

std::string PercentFormula(const SourceFigure& dividend, const SourceFigure& divisor) {
  return absl::StrCat(NumberText(dividend), " / ", NumberText(divisor), " x 100");
}

// A figure in another unit is taken for the divisor by nobody.
bool MayReplace(const SourceFigure& divisor, const SourceFigure& other) {
  return divisor.unit.empty() || other.unit.empty() || plan::SameUnit(divisor.unit, other.unit);
}

}  // namespace

Computed ComputeQuotient(const Sources& sources, const PrintedCell& from,
                         const Quotient& quotient) {
  const SourceFigure dividend = sources.Find(from, quotient.dividend);
  const SourceFigure divisor = sources.Find(from, quotient.divisor);
  Computed result;
  result.unit = "%";
  result.from_own_table = IsIn(quotient.dividend, from) && IsIn(quotient.divisor, from);
  result.there = dividend.there && divisor.there;
  result.value = Percent(dividend, divisor);
  result.formula = PercentFormula(dividend, divisor);
  result.location = absl::StrCat(dividend.location, " / ", divisor.location);
  result.rated = quotient.against_target;
  result.missed = quotient.against_target && result.value.has_value() && *result.value < Hundred();
  result.derivation = dividend.derivation;
  result.derivation.Append(divisor.derivation);
  Finish(from, Step::Kind::kFormula, result);
  for (const FigureSource& source : quotient.other_divisors) {
    SourceFigure other = sources.Find(from, source);
    const std::optional<Rational> value = Percent(dividend, other);
    if (!value.has_value() || !MayReplace(divisor, other)) continue;
    Derivation derivation = other.derivation;
    derivation.Add(MakeStep(Step::Kind::kFormula, from, PercentFormula(dividend, other), value, "%",
                            PhraseCode::kOtherBase));
    result.other_bases.push_back({*value, std::move(other), std::move(derivation)});
  }
  return result;
}

}  // namespace sakip::scoring::review
