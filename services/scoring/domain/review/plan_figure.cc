#include "services/scoring/domain/review/plan_figure.h"

#include "absl/strings/str_cat.h"

namespace sakip::scoring::review {
namespace {

using plan::Location;
using plan::PlanIndex;
using Document = PlanFigure::Document;

FoundInPlan NoDocument(absl::string_view kind) {
  return {std::nullopt, "", absl::StrCat("no ", kind), 0};
}

FoundInPlan NotIn(const DocumentRef& ref, const std::string& path) {
  return {std::nullopt, "", absl::StrCat(ref.Versioned(), " has no ", path), ref.log_position};
}

FoundInPlan In(const DocumentRef& ref, const std::string& path, const Measure& measure) {
  return {Rational(measure.value), measure.unit, Location(ref.Versioned(), path), ref.log_position};
}

FoundInPlan In(const DocumentRef& ref, const std::string& path, const Rational& rupiah) {
  return {rupiah, "Rp", Location(ref.Versioned(), path), ref.log_position};
}

FoundInPlan TargetIn(const PlanIndex* index, const std::string& code) {
  if (index == nullptr) return NoDocument("annual plan");
  const std::string path = absl::StrCat("indicators[", code, "].target");
  const auto it = index->indicators.find(code);
  if (it == index->indicators.end()) return NotIn(index->plan->ref, path);
  return In(index->plan->ref, path, it->second->target);
}

FoundInPlan TargetIn(const ActionPlan* plan, const std::string& code) {
  if (plan == nullptr) return NoDocument("action plan");
  const std::string path = absl::StrCat("lines[", code, "].year_target");
  for (const ActionLine& line : plan->lines) {
    if (line.indicator_code == code) return In(plan->ref, path, line.year_target);
  }
  return NotIn(plan->ref, path);
}

FoundInPlan TargetIn(const Agreement* agreement, const std::string& code) {
  if (agreement == nullptr) return NoDocument("performance agreement");
  const std::string path = absl::StrCat("targets[", code, "].target");
  for (const auto& [indicator, target] : agreement->targets) {
    if (indicator == code) return In(agreement->ref, path, target);
  }
  return NotIn(agreement->ref, path);
}

FoundInPlan TargetIn(const StrategicPlan* plan, const std::string& code, int year) {
  if (plan == nullptr) return NoDocument("strategic plan");
  const std::string path = absl::StrCat("indicators[", code, "].targets[", year, "]");
  const auto targets = plan->targets.find(code);
  if (targets == plan->targets.end()) return NotIn(plan->ref, path);
  const auto target = targets->second.find(year);
  if (target == targets->second.end()) return NotIn(plan->ref, path);
  return In(plan->ref, path, target->second);
}

FoundInPlan BudgetIn(const PlanIndex* index, const std::string& code,
                     const std::string& agency_code) {
  if (index == nullptr) return NoDocument("annual plan");
  const DocumentRef& ref = index->plan->ref;
  if (code == agency_code) return In(ref, "sum of sub_activities", index->budget);
  const auto sub_activity = index->sub_activities.find(code);
  if (sub_activity != index->sub_activities.end()) {
    return In(ref, absl::StrCat("sub_activities[", code, "].budget"),
              Rational(sub_activity->second->budget));
  }
  for (const auto* sums :
       {&index->activity_budgets, &index->program_budgets, &index->objective_budgets}) {
    const auto sum = sums->find(code);
    if (sum == sums->end()) continue;
    return In(ref, absl::StrCat("sum of sub_activities below ", code), sum->second);
  }
  return NotIn(ref, absl::StrCat("budget of ", code));
}

FoundInPlan BudgetIn(const Agreement* agreement, const std::string& code,
                     const std::string& agency_code) {
  if (agreement == nullptr) return NoDocument("performance agreement");
  if (code == agency_code && agreement->stated_budget.has_value()) {
    return In(agreement->ref, "stated_budget", Rational(*agreement->stated_budget));
  }
  const std::string path = absl::StrCat("program_budgets[", code, "].budget");
  for (const plan::AgreedBudget& agreed : agreement->program_budgets) {
    if (agreed.program_code == code) return In(agreement->ref, path, Rational(agreed.budget));
  }
  return NotIn(agreement->ref, path);
}

}  // namespace

FoundInPlan FindPlanTarget(const PlanDocuments& documents, Document document,
                           const std::string& code, int year) {
  switch (document) {
    case Document::kAnnualPlan:
      return TargetIn(documents.annual_plan, code);
    case Document::kActionPlan:
      return TargetIn(documents.action_plan, code);
    case Document::kAgreement:
      return TargetIn(documents.agreement, code);
    case Document::kStrategicPlan:
      return TargetIn(documents.strategic_plan, code, year);
  }
  return NoDocument("such document");
}

FoundInPlan FindPlanBudget(const PlanDocuments& documents, Document document,
                           const std::string& code, const std::string& agency_code) {
  switch (document) {
    case Document::kAnnualPlan:
      return BudgetIn(documents.annual_plan, code, agency_code);
    case Document::kAgreement:
      return BudgetIn(documents.agreement, code, agency_code);
    case Document::kActionPlan:
    case Document::kStrategicPlan:
      return NoDocument("budget in this document");
  }
  return NoDocument("such document");
}

}  // namespace sakip::scoring::review
