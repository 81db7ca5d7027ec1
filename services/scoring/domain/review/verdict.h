// Judge decides whether a printed figure is what it should be, and if not, how it differs. Pure.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_VERDICT_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_VERDICT_H_

#include <optional>
#include <string>

#include "absl/types/span.h"
#include "common/exact/rounding.h"
#include "common/finding/finding.h"
#include "services/scoring/domain/review/computed.h"

namespace sakip::scoring::review {

// What a claim came to: a code, and why where that is not plain.
struct Verdict {
  std::optional<FindingCode> code;  // Absent where the figure is what it claims to be.
  std::string why;
  const OtherBase* base = nullptr;  // Of a wrong base.
};

// `boundaries` are the lower ends of the ratings, for what has one. The verdict borrows from
// `computed`.
Verdict Judge(const PrintedCell& cell, const Computed& computed,
              absl::Span<const exact::Boundary> boundaries);

}  // namespace sakip::scoring::review

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_VERDICT_H_
