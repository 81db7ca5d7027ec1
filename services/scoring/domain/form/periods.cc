#include "services/scoring/domain/form/periods.h"

#include "services/scoring/domain/unread.h"

namespace sakip::scoring::form {

Periods::Periods(const YearFacts& now, const std::vector<YearFacts>& before, int quarter)
    : quarter_(quarter) {
  for (int q = 1; q <= quarter; ++q) {
    const ScoredPeriod& period = quarters_.try_emplace(q, now, q).first->second;
    if (period.scored()) actions_.try_emplace(q, period.plans().action_plan);
  }
  if (!latest().scored() || strategic_plan() == nullptr) return;
  for (const YearFacts& year : before) {
    if (year.year < strategic_plan()->first_year || year.year >= now.year) continue;
    before_.try_emplace(year.year, year, kQuarters);
  }
}

bool Periods::IsDue(const std::string& indicator_code, int quarter) const {
  const ActionLine* line = actions_.at(quarter).Find(indicator_code);
  if (line == nullptr || line->quarters.empty()) return quarter == kQuarters;
  return line->quarters.contains(quarter);
}

CellState Periods::WhyNotScored(const ScoredPeriod& year) {
  const YearFacts& facts = year.facts();
  return UnreadThatMatter(*facts.plans, *facts.submissions, {facts.year, kQuarters}).empty()
             ? CellState::kNotRecorded
             : CellState::kNotScored;
}

}  // namespace sakip::scoring::form
