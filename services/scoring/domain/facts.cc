#include "services/scoring/domain/facts.h"

#include <limits>

#include "absl/strings/str_cat.h"

namespace sakip::scoring {

std::string Submission::Versioned() const {
  return absl::StrCat(name, "@", revision, simulated ? " (simulated)" : "");
}

uint64_t YearSubmissions::PlanRecords(int quarter) const {
  const auto it = pinned_plan_records.find(quarter);
  return it == pinned_plan_records.end() ? std::numeric_limits<uint64_t>::max() : it->second;
}

}  // namespace sakip::scoring
