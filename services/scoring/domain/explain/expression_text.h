// Writes computations and numbers as a language does: `90 / 90,2 x 100`. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_EXPLAIN_EXPRESSION_TEXT_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_EXPLAIN_EXPRESSION_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "services/scoring/domain/phrase.h"

namespace sakip::scoring::explain {

// An expression of a step, whose words are those of the steps of scoring: `round`, `clamp`, `max`,
// `min`, `geomean`, `in` and `below all other bands`. What stands between commas stands between
// semicolons, so that no comma is taken for a decimal one.
std::string ExpressionText(absl::string_view expression, Language language);

}  // namespace sakip::scoring::explain

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_EXPLAIN_EXPRESSION_TEXT_H_
