// Review computes every figure of a report that claims something, and tells which are not what they
// claim to be.
//
// A pure function: the same report, plans and scorecard give equal differences. Exact: a printed
// figure is compared at the decimals that it is printed with.
// Source: design section 4 rules 4 and 12; domain rules 1.7 (reviu) and 2 no. 3.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_REVIEW_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_REVIEW_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/finding/finding.h"
#include "common/policy/policy.h"
#include "services/scoring/domain/facts.h"
#include "services/scoring/domain/review/report.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring::review {

// A figure that is not what it claims to be.
struct Difference {
  Finding finding;  // The printed figure, the computed one, and for a wrong base that base.
  std::string table;
  Figure figure;
  std::optional<Rational> printed;
  int digits = 0;                    // Of the printed number.
  std::optional<Rational> computed;  // Absent where it cannot be computed, or is words.
  std::string words;                 // What it should say, where it is words.
  std::string unit;                  // Of the computed number.
  Derivation derivation;
};

struct Outcome {
  std::vector<Difference> differences;  // In the order of the report, then of the claims.
  int figure_count = 0;
  int claim_count = 0;
};

// True where a claim refers to the plans or the scorecard.
bool NeedsScorecard(const Report& report);

// Reviews `report`. `scorecard` was computed from `plans` under `policy`; it may be null where
// nothing needs it.
//
//   INVALID_ARGUMENT  INVALID_FIELD  see ReportIndex::Create.
absl::StatusOr<Outcome> Review(const Report& report, const PlanHistory& plans,
                               const Scorecard* scorecard, const Policy& policy);

}  // namespace sakip::scoring::review

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_REVIEW_H_
