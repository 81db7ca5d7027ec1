// What an agency told in words, searched for something that says anything.
//
// Pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_FORM_NARRATIVES_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_FORM_NARRATIVES_H_

#include "absl/strings/string_view.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring::form {

// False of blanks and of what only marks a place: a text without a letter or a digit, such as `-`.
bool Says(absl::string_view text);

// True where any part of it says something.
bool Says(const Narrative& narrative);

// On the program's indicators, or on the indicators or the money below it.
bool SaysAnything(const ProgramScore& program);

// On anything in the scorecard.
bool SaysAnything(const Scorecard& card);

}  // namespace sakip::scoring::form

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_FORM_NARRATIVES_H_
