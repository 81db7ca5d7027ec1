// FigureIndex finds the figures of a scorecard, and those that each was computed from.
//
// Borrows the scorecard. Thread-safe once it is made.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_EXPLAIN_FIGURE_INDEX_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_EXPLAIN_FIGURE_INDEX_H_

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring::explain {

// What a figure is of.
enum class FigureLevel { kAgency, kObjective, kProgram, kActivity, kSubActivity, kIndicator };

enum class FigureKind {
  kAchievement,  // Against the year's targets.
  kToDate,       // Against the targets through the quarter.
  kAbsorption,
  kEfficiency,
  kRating,
  kRatingToDate
};

// What a figure is of, by code: unique among those of its level; empty of the agency.
using ItemKey = std::pair<FigureLevel, std::string>;

struct FigureKey {
  ItemKey item;
  FigureKind kind = FigureKind::kAchievement;

  friend auto operator<=>(const FigureKey&, const FigureKey&) = default;
};

// What has figures. Null where it has none of a kind.
struct Item {
  ItemKey key;
  std::string name;
  const Achievement* achievement = nullptr;
  const Achievement* to_date = nullptr;
  const BudgetScore* budget = nullptr;
  const EfficiencyScore* efficiency = nullptr;
  Level level = Level::kObjective;  // Of an indicator.
  Rational weight{1};               // Of an indicator.
  std::vector<ItemKey> indicators;  // Its own.
  std::vector<ItemKey> parts;       // Whose budgets its own is the sum of.

  // Nullptr where it has none of the kind.
  const Achievement* AchievementOf(FigureKind kind) const;
  const Derivation* DerivationOf(FigureKind kind) const;
  const Figure* FigureOf(FigureKind kind) const;
};

class FigureIndex {
 public:
  explicit FigureIndex(const Scorecard& scorecard);

  // Nullptr where there is none.
  const Item* Find(const ItemKey& key) const;

  // The figures that one of `item` was computed from, in the order of the plan.
  std::vector<FigureKey> ChildrenOf(const Item& item, FigureKind kind) const;

 private:
  template <typename Node>
  Item& AddNode(FigureLevel level, const Node& node);
  void AddIndicators(Level level, const std::vector<IndicatorScore>& indicators,
                     std::vector<ItemKey>& keys);
  ItemKey Add(const ProgramScore& program);
  ItemKey Add(const ActivityScore& activity);
  ItemKey Add(const SubActivityScore& sub_activity);

  std::map<ItemKey, Item> items_;
};

}  // namespace sakip::scoring::explain

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_EXPLAIN_FIGURE_INDEX_H_
