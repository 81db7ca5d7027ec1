#include "services/scoring/domain/form/cell.h"

#include <utility>

#include "services/scoring/domain/figure.h"

namespace sakip::scoring::form {

Amount NoAmount(CellState state) {
  Amount amount;
  amount.state = state;
  return amount;
}

Amount Realized(Quantity value, bool closed) {
  Amount amount;
  amount.state = ToCellState(NumberState(value.value, closed));
  amount.value = std::move(value);
  return amount;
}

CellState ToCellState(FigureState state) {
  switch (state) {
    case FigureState::kNotDue:
      return CellState::kNotDue;
    case FigureState::kMissing:
      return CellState::kMissing;
    case FigureState::kNotApplicable:
      return CellState::kNotApplicable;
    case FigureState::kNotScored:
      return CellState::kNotScored;
    case FigureState::kZero:
      return CellState::kZero;
    case FigureState::kProvisional:
      return CellState::kProvisional;
    case FigureState::kFinal:
      return CellState::kFinal;
  }
  return CellState::kNotScored;
}

Degree ToDegree(const Figure& figure, bool met) {
  Degree degree{ToCellState(figure.state), std::nullopt, met};
  if (figure.exact.has_value()) degree.figure = figure;
  return degree;
}

}  // namespace sakip::scoring::form
