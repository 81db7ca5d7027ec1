// Looks things up in plans by code, and words that findings about plans share.
//
// Pure; an index borrows its plan and is thread-safe while nobody changes that.
#ifndef SAKIP_COMMON_PLAN_PLAN_INDEX_H_
#define SAKIP_COMMON_PLAN_PLAN_INDEX_H_

#include <map>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "common/exact/rational.h"
#include "common/plan/plan.h"

namespace sakip::plan {

using exact::Rational;

// What a plan has, by its code there; in no order.
template <typename T>
using ByCode = absl::flat_hash_map<absl::string_view, T>;

// The indicators and sub-activities of an annual plan by code. Borrows the plan.
struct PlanIndex {
  explicit PlanIndex(const AnnualPlan& plan);

  const AnnualPlan* plan;
  ByCode<const Indicator*> indicators;
  ByCode<Level> levels;  // Of the indicators.
  ByCode<const SubActivity*> sub_activities;
  ByCode<const Objective*> objectives;
  // Sums of sub-activities, rupiah, by code; `budget` is that of the whole plan.
  std::map<std::string, Rational> objective_budgets;
  std::map<std::string, Rational> program_budgets;
  std::map<std::string, Rational> activity_budgets;
  Rational budget;
  // The same by kind and source, as far as sub-activities tell it; nodes without parts are absent.
  std::map<std::string, money::PartSums> objective_parts;
  std::map<std::string, money::PartSums> program_parts;
  std::map<std::string, money::PartSums> activity_parts;
  money::PartSums parts;
};

// The lines of an action plan by indicator code. Borrows the plan; empty where there is none.
struct ActionIndex {
  explicit ActionIndex(const ActionPlan* action_plan);

  // Nullptr where the plan has no line for the indicator.
  const ActionLine* Find(const std::string& indicator_code) const;

  const ActionPlan* plan;
  ByCode<const ActionLine*> lines;
};

// `path` within a version: `.../annualPlans/2023@2 indicators[IKU2].target`.
std::string Location(const std::string& version, const std::string& path);

// `90.2 %`.
std::string Text(const Measure& measure);

// `60979145296 Rp`.
std::string Rupiah(const Rational& value);

// Equal but for letter case.
bool SameUnit(const std::string& a, const std::string& b);

}  // namespace sakip::plan

#endif  // SAKIP_COMMON_PLAN_PLAN_INDEX_H_
