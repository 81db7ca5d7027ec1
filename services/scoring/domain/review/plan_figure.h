// Looks up the target of an indicator or a budget in a plan document, by code. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_PLAN_FIGURE_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_PLAN_FIGURE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "common/plan/plan_index.h"
#include "services/scoring/domain/facts.h"
#include "services/scoring/domain/review/report.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring::review {

// A revision of each; null where there is none.
struct PlanDocuments {
  const plan::PlanIndex* annual_plan;
  const ActionPlan* action_plan;
  const Agreement* agreement;
  const StrategicPlan* strategic_plan;
};

// Without a value where the document is not there or has nothing of the code; `location` says it.
struct FoundInPlan {
  std::optional<Rational> value;
  std::string unit;
  std::string location;
  uint64_t log_position = 0;
};

// Of a strategic plan that of `year`.
FoundInPlan FindPlanTarget(const PlanDocuments& documents, PlanFigure::Document document,
                           const std::string& code, int year);

// Rupiah. `agency_code` stands for the whole. Action and strategic plans have no budgets.
FoundInPlan FindPlanBudget(const PlanDocuments& documents, PlanFigure::Document document,
                           const std::string& code, const std::string& agency_code);

}  // namespace sakip::scoring::review

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_PLAN_FIGURE_H_
