// Nearest finds the name that a misspelt one was meant to be.
#ifndef SAKIP_SERVICES_CLI_TEXT_NEAREST_H_
#define SAKIP_SERVICES_CLI_TEXT_NEAREST_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace sakip::cli {

// Returns the name with the fewest letters to insert, remove or replace, the first of several;
// letter case, underscores, hyphens and blanks do not count (`effectiveDate` is
// `effective_date`). Empty where `names` is. Pure.
std::string Nearest(absl::string_view word, const std::vector<absl::string_view>& names);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_TEXT_NEAREST_H_
