#include "services/scoring/domain/facts.h"

#include "absl/strings/str_cat.h"

namespace sakip::scoring {

std::string Submission::Versioned() const { return absl::StrCat(name, "@", revision); }

}  // namespace sakip::scoring
