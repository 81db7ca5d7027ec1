#include "services/scoring/domain/scorecard_diff.h"

#include <map>
#include <tuple>
#include <utility>

namespace sakip::scoring {
namespace {

// Which achievement of a scorecard: a code may name an objective and an indicator.
enum class Node { kAgency, kObjective, kIndicator };
using Key = std::tuple<Node, std::string, bool>;

// All achievements of a scorecard, in its order.
class Achievements {
 public:
  explicit Achievements(const Scorecard& card) {
    Add(Node::kAgency, card.agency, card.achievement, card.to_date);
    for (const ObjectiveScore& objective : card.objectives) AddObjective(objective);
  }

  const std::vector<std::pair<Key, const Achievement*>>& in_order() const { return in_order_; }

  const Achievement* Find(const Key& key) const {
    const auto it = by_key_.find(key);
    return it == by_key_.end() ? nullptr : it->second;
  }

 private:
  void Add(Node node, const std::string& code, const Achievement& year,
           const Achievement& to_date) {
    for (const auto& [is_to_date, achievement] : {std::pair(false, &year), {true, &to_date}}) {
      in_order_.push_back({{node, code, is_to_date}, achievement});
      by_key_.insert(in_order_.back());
    }
  }

  void AddIndicators(const std::vector<IndicatorScore>& indicators) {
    for (const IndicatorScore& indicator : indicators) {
      Add(Node::kIndicator, indicator.code, indicator.year.achievement,
          indicator.to_date.achievement);
    }
  }

  void AddObjective(const ObjectiveScore& objective) {
    Add(Node::kObjective, objective.code, objective.achievement, objective.to_date);
    AddIndicators(objective.indicators);
    for (const ProgramScore& program : objective.programs) {
      AddIndicators(program.indicators);
      for (const ActivityScore& activity : program.activities) {
        AddIndicators(activity.indicators);
        for (const SubActivityScore& sub : activity.sub_activities) AddIndicators(sub.indicators);
      }
    }
  }

  std::vector<std::pair<Key, const Achievement*>> in_order_;
  std::map<Key, const Achievement*> by_key_;
};

bool Same(const Achievement& a, const Achievement& b) {
  return a.figure.state == b.figure.state && a.figure.exact == b.figure.exact &&
         a.figure.printed == b.figure.printed && a.rating == b.rating && a.met == b.met;
}

AchievementChange Change(const Key& key, const Achievement* before, const Achievement* after) {
  return {std::get<1>(key), std::get<2>(key), before, after};
}

}  // namespace

std::vector<AchievementChange> ChangedAchievements(const Scorecard& before,
                                                   const Scorecard& after) {
  const Achievements old(before), now(after);
  std::vector<AchievementChange> changes;
  for (const auto& [key, achievement] : now.in_order()) {
    const Achievement* was = old.Find(key);
    if (was == nullptr || !Same(*was, *achievement)) {
      changes.push_back(Change(key, was, achievement));
    }
  }
  for (const auto& [key, achievement] : old.in_order()) {
    if (now.Find(key) == nullptr) changes.push_back(Change(key, achievement, nullptr));
  }
  return changes;
}

}  // namespace sakip::scoring
