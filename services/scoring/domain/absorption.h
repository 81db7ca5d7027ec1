// Penyerapan: the share of a budget that was spent, in percent.
//
// Source: design section 4 rule 9. Pure functions; each appends how it came about to `derivation`.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_ABSORPTION_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_ABSORPTION_H_

#include <cstddef>
#include <optional>
#include <string>

#include "common/policy/policy.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

// MISSING where nothing was realized; no number where the budget is zero. `closed` where no more
// can come.
Figure Absorption(const Policy& policy, bool closed, const Rational& budget,
                  const std::optional<Rational>& realized, Derivation& derivation);

// A figure without a number, because of `note`.
Figure NoAbsorption(FigureState state, PhraseCode note, Derivation& derivation);

// The step that adds up so many `parts`.
Step SumStep(std::string subject, size_t parts, const Rational& sum, Phrase note = {});

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_ABSORPTION_H_
