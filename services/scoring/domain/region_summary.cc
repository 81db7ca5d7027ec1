#include "services/scoring/domain/region_summary.h"

#include <algorithm>
#include <utility>

#include "services/scoring/domain/budget.h"
#include "services/scoring/domain/scorecard_filter.h"

namespace sakip::scoring {
namespace {

bool SameScale(const policy::RatingScale& a, const policy::RatingScale& b) {
  const auto same = [](const policy::RatingBand& x, const policy::RatingBand& y) {
    return x.rating == y.rating && x.label == y.label && x.lower == y.lower &&
           x.lower_included == y.lower_included;
  };
  return a.code == b.code &&
         std::equal(a.bands.begin(), a.bands.end(), b.bands.begin(), b.bands.end(), same);
}

RatingDistribution NobodyOn(const policy::RatingScale& scale) {
  RatingDistribution distribution{scale.code, {}};
  for (const policy::RatingBand& band : scale.bands) {
    distribution.counts.push_back({band.rating, band.label, 0});
  }
  return distribution;
}

}  // namespace

void RegionTally::Add(const Scorecard& card, const Policy& policy) {
  ++summary_.agencies;
  if (IsSubmitted(card)) ++summary_.submitted;
  Count(card, policy.scale);
  budgets_.push_back(card.budget);
  closed_ = closed_ && card.closed;
}

void RegionTally::Count(const Scorecard& card, const policy::RatingScale& scale) {
  if (!card.achievement.figure.exact.has_value()) {
    ++summary_.unrated;
    return;
  }
  size_t at = 0;
  while (at < scales_.size() && !SameScale(scales_[at], scale)) ++at;
  if (at == scales_.size()) {
    scales_.push_back(scale);
    summary_.distributions.push_back(NobodyOn(scale));
  }
  for (RatingCount& count : summary_.distributions[at].counts) {
    if (count.rating == card.achievement.rating) ++count.agencies;
  }
}

RegionSummary RegionTally::Sum() const {
  RegionSummary summary = summary_;
  std::stable_sort(summary.distributions.begin(), summary.distributions.end(),
                   [](const auto& a, const auto& b) { return a.scale < b.scale; });
  std::vector<const BudgetScore*> nodes;
  OriginalBudget original;
  for (const BudgetScore& budget : budgets_) {
    nodes.push_back(&budget);
    if (budget.original.has_value()) {
      original.total = original.total.value_or(Rational()) + *budget.original;
    }
    for (const BudgetPartScore& part : budget.parts) {
      if (!part.original.has_value()) continue;
      Rational& sum = original.parts[part.key];
      sum = sum + *part.original;
    }
  }
  // Regions have no policy of their own scorecard; printed as the default policy prints.
  summary.budget =
      SumBudgets(policy::DefaultPolicy(), closed_, nodes, std::move(original), Derivations::kKept);
  return summary;
}

}  // namespace sakip::scoring
