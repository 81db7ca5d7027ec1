#include "services/scoring/domain/scorecard_diff.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace sakip::scoring {
namespace {

// Nodes of a scorecard: codes of different kinds may be the same.
enum class Node { kAgency, kObjective, kProgram, kActivity, kSubActivity, kIndicator };

// Parts of a scorecard, in its order and by what they are. Borrows them.
template <typename Key, typename Part>
class Parts {
 public:
  void Add(Key key, const Part& part) {
    in_order_.emplace_back(std::move(key), &part);
    by_key_.insert(in_order_.back());
  }

  const std::vector<std::pair<Key, const Part*>>& in_order() const { return in_order_; }

  const Part* Find(const Key& key) const {
    const auto it = by_key_.find(key);
    return it == by_key_.end() ? nullptr : it->second;
  }

 private:
  std::vector<std::pair<Key, const Part*>> in_order_;
  std::map<Key, const Part*> by_key_;
};

using Achievements = Parts<std::tuple<Node, std::string, bool>, Achievement>;
using Budgets = Parts<std::pair<Node, std::string>, BudgetScore>;

void Add(Node node, const std::string& code, const Achievement& year, const Achievement& to_date,
         Achievements& to) {
  to.Add({node, code, false}, year);
  to.Add({node, code, true}, to_date);
}

void Add(const std::vector<IndicatorScore>& indicators, Achievements& to) {
  for (const IndicatorScore& indicator : indicators) {
    Add(Node::kIndicator, indicator.code, indicator.year.achievement, indicator.to_date.achievement,
        to);
  }
}

Achievements AchievementsOf(const Scorecard& card) {
  Achievements all;
  Add(Node::kAgency, card.agency, card.achievement, card.to_date, all);
  for (const ObjectiveScore& objective : card.objectives) {
    Add(Node::kObjective, objective.code, objective.achievement, objective.to_date, all);
    Add(objective.indicators, all);
    for (const ProgramScore& program : objective.programs) {
      Add(program.indicators, all);
      for (const ActivityScore& activity : program.activities) {
        Add(activity.indicators, all);
        for (const SubActivityScore& sub : activity.sub_activities) Add(sub.indicators, all);
      }
    }
  }
  return all;
}

Budgets BudgetsOf(const Scorecard& card) {
  Budgets all;
  all.Add({Node::kAgency, card.agency}, card.budget);
  for (const ObjectiveScore& objective : card.objectives) {
    all.Add({Node::kObjective, objective.code}, objective.budget);
    for (const ProgramScore& program : objective.programs) {
      all.Add({Node::kProgram, program.code}, program.budget);
      for (const ActivityScore& activity : program.activities) {
        all.Add({Node::kActivity, activity.code}, activity.budget);
        for (const SubActivityScore& sub : activity.sub_activities) {
          all.Add({Node::kSubActivity, sub.code}, sub.budget);
        }
      }
    }
  }
  return all;
}

bool Same(const Figure& a, const Figure& b) {
  return a.state == b.state && a.exact == b.exact && a.printed == b.printed;
}
bool Same(const Achievement& a, const Achievement& b) {
  return Same(a.figure, b.figure) && a.rating == b.rating && a.met == b.met;
}
bool Same(const BudgetPartScore& a, const BudgetPartScore& b) {
  return a.key == b.key && a.original == b.original && a.budget == b.budget &&
         a.realized == b.realized && a.compared_budget == b.compared_budget &&
         a.compared_realized == b.compared_realized && Same(a.absorption, b.absorption);
}
bool Same(const BudgetScore& a, const BudgetScore& b) {
  const auto same_part = [](const auto& x, const auto& y) { return Same(x, y); };
  return a.original == b.original && a.budget == b.budget && a.realized == b.realized &&
         Same(a.absorption, b.absorption) &&
         std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(), b.parts.end(), same_part);
}

// Calls `differs` with the key and both parts, nullptr for the one that is not there.
template <typename Key, typename Part, typename Differs>
void ForEachChange(const Parts<Key, Part>& before, const Parts<Key, Part>& after, Differs differs) {
  for (const auto& [key, part] : after.in_order()) {
    const Part* was = before.Find(key);
    if (was == nullptr || !Same(*was, *part)) differs(key, was, part);
  }
  for (const auto& [key, part] : before.in_order()) {
    if (after.Find(key) == nullptr) differs(key, part, nullptr);
  }
}

}  // namespace

std::vector<AchievementChange> ChangedAchievements(const Scorecard& before,
                                                   const Scorecard& after) {
  std::vector<AchievementChange> changes;
  ForEachChange(AchievementsOf(before), AchievementsOf(after),
                [&](const auto& key, const Achievement* was, const Achievement* is) {
                  changes.push_back({std::get<1>(key), std::get<2>(key), was, is});
                });
  return changes;
}

std::vector<BudgetChange> ChangedBudgets(const Scorecard& before, const Scorecard& after) {
  std::vector<BudgetChange> changes;
  ForEachChange(BudgetsOf(before), BudgetsOf(after),
                [&](const auto& key, const BudgetScore* was, const BudgetScore* is) {
                  changes.push_back({key.second, was, is});
                });
  return changes;
}

}  // namespace sakip::scoring
