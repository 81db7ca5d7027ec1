// The cells of Formulir E.81, as values. The shapes follow sakip.scoring.v1.RenjaEvaluation, whose
// comments say what each part means; the numbers are the columns of the form.
//
// Values; pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_FORM_CELL_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_FORM_CELL_H_

#include <array>
#include <optional>
#include <vector>

#include "common/base/period.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring::form {

enum class CellState {
  kPlanned,
  kZero,
  kProvisional,
  kFinal,
  kPartial,
  kNotPlanned,
  kNotRecorded,
  kNotDue,
  kMissing,
  kNotApplicable,
  kNotScored,
  kInFirstRow
};

struct YearState {
  int year = 0;
  CellState state = CellState::kNotRecorded;

  friend bool operator==(const YearState&, const YearState&) = default;
};

// A target or a realization, or why there is none.
struct Amount {
  CellState state = CellState::kNotPlanned;
  std::optional<Quantity> value;
  std::optional<Quantity> upper;     // Of a target that is a range.
  int from_quarter = 0;              // 0: the quarter alone.
  std::vector<int> years;            // That the value is made of.
  std::vector<YearState> uncounted;  // That are not in it.
};

// A degree of achievement, or why there is none.
struct Degree {
  CellState state = CellState::kNotPlanned;
  std::optional<Figure> figure;
  bool met = false;
};

// The columns of a row: those of performance, or those of money.
struct Half {
  Amount strategic_target;                 // (5)
  Amount strategic_before;                 // (6)
  Amount target;                           // (7)
  std::array<Amount, kQuarters> quarters;  // (8) to (11)
  Amount realization;                      // (12)
  Degree achievement;                      // Of the year.
  Amount strategic_realization;            // (13)
  Degree strategic_achievement;            // (14)
};

Amount NoAmount(CellState state);

// A realization. `closed` where it cannot change any more.
Amount Realized(Quantity value, bool closed);

CellState ToCellState(FigureState state);

// The degree that a scorecard has.
Degree ToDegree(const Figure& figure, bool met);

}  // namespace sakip::scoring::form

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_FORM_CELL_H_
