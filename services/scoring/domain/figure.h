// Figures: exact percentages and how they are printed.
//
// Source: design section 4 rules 3 and 4. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_FIGURE_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_FIGURE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/exact/rounding.h"
#include "common/policy/policy.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

// How a figure is printed.
struct Print {
  const Policy& policy;
  bool rated = true;    // It has a rating, which rounding must not better.
  bool missed = false;  // The target was missed, which rounding must not hide.
};

// A figure with a number. Appends the rounding to `derivation`; returns whether digits were added.
bool PrintFigure(const Print& print, absl::string_view subject, Figure& figure,
                 Derivation& derivation);

// The step that rounds `exact`.
Step RoundingStep(absl::string_view subject, const Rational& exact, const exact::Rounding& rounding,
                  std::string unit);

// Why `rounding` has the digits that it has.
Phrase NoteOf(const exact::Rounding& rounding);

// A figure without a number.
Figure NoNumber(FigureState state);

// ZERO where `value` is zero, otherwise PROVISIONAL or FINAL.
FigureState NumberState(const Rational& value, bool closed);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_FIGURE_H_
