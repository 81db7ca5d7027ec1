#include "services/scoring/domain/scored_period.h"

#include <algorithm>
#include <vector>

#include "common/plan/plan_index.h"
#include "services/scoring/domain/own_policy.h"
#include "services/scoring/domain/score.h"
#include "services/scoring/domain/unread.h"

namespace sakip::scoring {
namespace {

// Calls `visit` with the indicators of each node of a tree, be it of a plan or of its scorecard.
template <typename Objectives, typename Visit>
void ForEachIndicators(const Objectives& objectives, Visit visit) {
  for (const auto& objective : objectives) {
    visit(objective.indicators);
    for (const auto& program : objective.programs) {
      visit(program.indicators);
      for (const auto& activity : program.activities) {
        visit(activity.indicators);
        for (const auto& sub_activity : activity.sub_activities) visit(sub_activity.indicators);
      }
    }
  }
}

}  // namespace

ScoredPeriod::ScoredPeriod(const YearFacts& facts, int quarter) : facts_(facts) {
  const Period period{facts.year, quarter};
  plans_ = FindPlans(*facts.plans, *facts.submissions, period);
  if (!plans_.has_value() || !UnreadThatMatter(*facts.plans, *facts.submissions, period).empty()) {
    return;
  }
  policy_ =
      facts.policy != nullptr ? facts.policy : &OwnPolicy(*facts.plans, *facts.submissions, period);
  card_ = Score(*facts.plans, *facts.submissions, *policy_, period, Derivations::kLeftOut);
  ForEachIndicators(card_->objectives, [&](const std::vector<IndicatorScore>& indicators) {
    for (const IndicatorScore& indicator : indicators) scores_[indicator.code] = &indicator;
  });
  ForEachIndicators(plans_->plan->objectives, [&](const std::vector<Indicator>& indicators) {
    for (const Indicator& indicator : indicators) definitions_[indicator.code] = &indicator;
  });
}

const IndicatorScore* ScoredPeriod::Find(const std::string& code) const {
  const auto it = scores_.find(code);
  return it == scores_.end() ? nullptr : it->second;
}

bool ScoredPeriod::IsWholeYear(const std::string& code) const {
  if (card_->period.quarter != kQuarters) return false;
  if (closed()) return true;
  const auto last = facts_.submissions->by_quarter.find(kQuarters);
  if (last == facts_.submissions->by_quarter.end()) return false;
  const auto submitted = [&](const std::string& c) { return last->second.indicators.contains(c); };
  const std::vector<std::string>& children = DefinitionOf(code).children;
  return submitted(code) ||
         (!children.empty() && std::all_of(children.begin(), children.end(), submitted));
}

bool SameDefinition(const ScoredPeriod& a, const ScoredPeriod& b, const std::string& code) {
  const IndicatorScore &score = *a.Find(code), &other_score = *b.Find(code);
  const Indicator &indicator = a.DefinitionOf(code), &other = b.DefinitionOf(code);
  return score.formula == other_score.formula &&
         score.time_aggregation == other_score.time_aggregation &&
         plan::SameUnit(indicator.target.unit, other.target.unit) &&
         indicator.is_ratio == other.is_ratio && indicator.ratio == other.ratio;
}

}  // namespace sakip::scoring
