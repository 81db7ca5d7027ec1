#include "services/scoring/domain/explain/figure_index.h"

#include "absl/strings/strip.h"

namespace sakip::scoring::explain {
namespace {

std::vector<FigureKey> Figures(const std::vector<ItemKey>& items, FigureKind kind) {
  std::vector<FigureKey> figures;
  for (const ItemKey& item : items) figures.push_back({item, kind});
  return figures;
}

// The indicators that a share counts, as its steps name them.
std::vector<ItemKey> CountedBy(const Derivation& derivation) {
  std::vector<ItemKey> counted;
  for (const Step& step : derivation) {
    absl::string_view source = step.source;
    if (step.subject != "child" || !absl::ConsumePrefix(&source, "indicator ")) continue;
    counted.emplace_back(FigureLevel::kIndicator, std::string(source));
  }
  return counted;
}

}  // namespace

const Achievement* Item::AchievementOf(FigureKind kind) const {
  switch (kind) {
    case FigureKind::kAchievement:
    case FigureKind::kRating:
      return achievement;
    case FigureKind::kToDate:
    case FigureKind::kRatingToDate:
      return to_date;
    case FigureKind::kAbsorption:
    case FigureKind::kEfficiency:
      break;
  }
  return nullptr;
}

const Derivation* Item::DerivationOf(FigureKind kind) const {
  if (const Achievement* found = AchievementOf(kind)) return &found->derivation;
  if (kind == FigureKind::kAbsorption && budget != nullptr) return &budget->derivation;
  if (kind == FigureKind::kEfficiency && efficiency != nullptr) return &efficiency->derivation;
  return nullptr;
}

const Figure* Item::FigureOf(FigureKind kind) const {
  if (const Achievement* found = AchievementOf(kind)) return &found->figure;
  if (kind == FigureKind::kAbsorption && budget != nullptr) return &budget->absorption;
  if (kind == FigureKind::kEfficiency && efficiency != nullptr) return &efficiency->figure;
  return nullptr;
}

template <typename Node>
Item& FigureIndex::AddNode(FigureLevel level, const Node& node) {
  const ItemKey key{level, node.code};
  Item& item = items_[key];
  item.key = key;
  item.name = node.name;
  item.achievement = &node.achievement;
  item.budget = &node.budget;
  item.efficiency = &node.efficiency;
  return item;
}

void FigureIndex::AddIndicators(Level level, const std::vector<IndicatorScore>& indicators,
                                std::vector<ItemKey>& keys) {
  for (const IndicatorScore& indicator : indicators) {
    const ItemKey key{FigureLevel::kIndicator, indicator.code};
    Item& item = items_[key];
    item.key = key;
    item.name = indicator.name;
    item.achievement = &indicator.year.achievement;
    item.to_date = &indicator.to_date.achievement;
    item.level = level;
    item.weight = indicator.weight;
    keys.push_back(key);
  }
}

ItemKey FigureIndex::Add(const SubActivityScore& sub_activity) {
  Item& item = AddNode(FigureLevel::kSubActivity, sub_activity);
  AddIndicators(Level::kSubActivity, sub_activity.indicators, item.indicators);
  return item.key;
}

ItemKey FigureIndex::Add(const ActivityScore& activity) {
  Item& item = AddNode(FigureLevel::kActivity, activity);
  AddIndicators(Level::kActivity, activity.indicators, item.indicators);
  for (const SubActivityScore& part : activity.sub_activities) item.parts.push_back(Add(part));
  return item.key;
}

ItemKey FigureIndex::Add(const ProgramScore& program) {
  Item& item = AddNode(FigureLevel::kProgram, program);
  AddIndicators(Level::kProgram, program.indicators, item.indicators);
  for (const ActivityScore& part : program.activities) item.parts.push_back(Add(part));
  return item.key;
}

FigureIndex::FigureIndex(const Scorecard& scorecard) {
  Item& agency = items_[ItemKey{}];
  agency.name = scorecard.agency_display_name;
  agency.achievement = &scorecard.achievement;
  agency.to_date = &scorecard.to_date;
  agency.budget = &scorecard.budget;
  agency.efficiency = &scorecard.efficiency;
  for (const ObjectiveScore& objective : scorecard.objectives) {
    Item& item = AddNode(FigureLevel::kObjective, objective);
    item.to_date = &objective.to_date;
    AddIndicators(Level::kObjective, objective.indicators, item.indicators);
    for (const ProgramScore& part : objective.programs) item.parts.push_back(Add(part));
    agency.parts.push_back(item.key);
  }
}

const Item* FigureIndex::Find(const ItemKey& key) const {
  const auto it = items_.find(key);
  return it == items_.end() ? nullptr : &it->second;
}

std::vector<FigureKey> FigureIndex::ChildrenOf(const Item& item, FigureKind kind) const {
  const FigureLevel level = item.key.first;
  std::vector<FigureKey> children;
  switch (kind) {
    case FigureKind::kAchievement:
    case FigureKind::kToDate:
      if (level == FigureLevel::kAgency) {
        children = Figures(item.parts, kind);
      } else if (level == FigureLevel::kIndicator) {
        children = Figures(CountedBy(*item.DerivationOf(kind)), kind);
      } else {
        children = Figures(item.indicators, kind);
      }
      break;
    case FigureKind::kAbsorption:
      children = Figures(item.parts, kind);
      break;
    case FigureKind::kEfficiency:
      if (item.efficiency->method != policy::EfficiencyMethod::kPmk214Of2017) {
        children = {{item.key, FigureKind::kAchievement}, {item.key, FigureKind::kAbsorption}};
      } else if (level == FigureLevel::kSubActivity) {
        children = Figures(item.indicators, FigureKind::kAchievement);
        children.push_back({item.key, FigureKind::kAbsorption});
      } else {
        children = Figures(item.parts, kind);
      }
      break;
    case FigureKind::kRating:
      children = {{item.key, FigureKind::kAchievement}};
      break;
    case FigureKind::kRatingToDate:
      children = {{item.key, FigureKind::kToDate}};
      break;
  }
  // A share may name what the plan does not have.
  std::erase_if(children, [this](const FigureKey& child) { return Find(child.item) == nullptr; });
  return children;
}

}  // namespace sakip::scoring::explain
