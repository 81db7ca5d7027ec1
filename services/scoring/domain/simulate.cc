#include "services/scoring/domain/simulate.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/plan/plan_index.h"
#include "services/scoring/domain/plans_in_force.h"

namespace sakip::scoring {
namespace {

using plan::PlanIndex;

template <typename Visit>
void ForEachIndicator(AnnualPlan& plan, Visit visit) {
  const auto visit_all = [&](std::vector<Indicator>& list) {
    for (Indicator& indicator : list) visit(indicator);
  };
  for (Objective& objective : plan.objectives) {
    visit_all(objective.indicators);
    for (Program& program : objective.programs) {
      visit_all(program.indicators);
      for (Activity& activity : program.activities) {
        visit_all(activity.indicators);
        for (SubActivity& sub : activity.sub_activities) visit_all(sub.indicators);
      }
    }
  }
}

// Applies changes, and collects those that do not fit. Not thread-safe.
class Changer {
 public:
  // `plans` are of `facts`.
  Changer(YearOfFacts& facts, const PlansInForce& plans, Period period)
      : facts_(facts),
        plans_(plans),
        period_(period),
        version_(plans.plan->ref.Versioned()),
        index_(*plans.plan),
        year_index_(*plans.year_plan) {}

  void SetTarget(const TargetChange& change, const std::string& path) {
    if (!targets_seen_.emplace(change.indicator_code, change.quarter).second) {
      errors_.Add(path + ".indicator_code", "repeats a target that is changed already");
    } else if (!IsPlanned(change.indicator_code)) {
      errors_.Add(path + ".indicator_code", NoIndicator(change.indicator_code));
    } else if (change.quarter == 0) {
      SetYearTarget(change, path);
    } else {
      SetQuarterTarget(change, path);
    }
  }

  void SetQuarter(const QuarterChange& change, const std::string& path) {
    if (change.quarter < 1 || change.quarter > period_.quarter) {
      errors_.Add(path + ".quarter",
                  absl::StrCat("is no quarter of this scorecard; 1 to ", period_.quarter));
      return;
    }
    if (!quarters_seen_.insert(change.quarter).second) {
      errors_.Add(path + ".quarter", "repeats a quarter that is changed already");
      return;
    }
    Submission* submission = SubmissionOf(change, path);
    if (submission == nullptr) return;
    std::set<std::string> seen;
    for (size_t i = 0; i < change.indicators.size(); ++i) {
      const auto& [code, value] = change.indicators[i];
      SetRealization(code, value, seen, absl::StrCat(path, ".indicators[", i, "].indicator_code"),
                     *submission);
    }
    for (size_t i = 0; i < change.withdrawn.size(); ++i) {
      Withdraw(change.withdrawn[i], seen, absl::StrCat(path, ".withdrawn_indicators[", i, "]"),
               *submission);
    }
    seen.clear();
    for (size_t i = 0; i < change.budgets.size(); ++i) {
      const auto& [code, value] = change.budgets[i];
      SetBudget(code, value, seen, absl::StrCat(path, ".budgets[", i, "].sub_activity_code"),
                *submission);
    }
  }

  absl::Status status() const { return errors_.ToStatus(); }

 private:
  // At the end of the quarter or of the year.
  const Indicator* Find(const std::string& code) const {
    for (const PlanIndex* index : {&index_, &year_index_}) {
      const auto it = index->indicators.find(code);
      if (it != index->indicators.end()) return it->second;
    }
    return nullptr;
  }
  bool IsPlanned(const std::string& code) const { return Find(code) != nullptr; }

  std::string NoIndicator(const std::string& code) const {
    return absl::StrCat("is ", code, ", no indicator of ", version_);
  }

  void SetYearTarget(const TargetChange& change, const std::string& path) {
    const Indicator& planned = *Find(change.indicator_code);
    if (change.upper.has_value() && !planned.target_upper.has_value()) {
      errors_.Add(path + ".upper", "belongs to a range, and the target of the plan is none");
      return;
    }
    if (planned.target_upper.has_value() &&
        change.upper.value_or(planned.target_upper->value) < change.value) {
      errors_.Add(path + ".upper", "is below the lower bound in value");
      return;
    }
    for (AnnualPlan& plan : facts_.plans.annual_plans) {
      ForEachIndicator(plan, [&](Indicator& indicator) {
        if (indicator.code != change.indicator_code) return;
        indicator.target.value = change.value;
        if (indicator.target_upper.has_value() && change.upper.has_value()) {
          indicator.target_upper->value = *change.upper;
        }
        plan.ref.simulated = true;
      });
    }
  }

  void SetQuarterTarget(const TargetChange& change, const std::string& path) {
    if (change.quarter < 1 || change.quarter > kQuarters) {
      errors_.Add(path + ".quarter", "is no quarter; 1 to 4, or 0 for the year");
      return;
    }
    if (change.upper.has_value()) {
      errors_.Add(path + ".upper", "belongs to a year's target; a quarter's has one bound");
      return;
    }
    if (plan::ActionIndex(plans_.action_plan).Find(change.indicator_code) == nullptr) {
      errors_.Add(path + ".quarter",
                  absl::StrCat("the action plan in force has no line of ", change.indicator_code));
      return;
    }
    for (ActionPlan& plan : facts_.plans.action_plans) {
      for (ActionLine& line : plan.lines) {
        if (line.indicator_code != change.indicator_code) continue;
        Measure& target = line.quarters[change.quarter];
        target.value = change.value;
        if (target.unit.empty()) target.unit = line.year_target.unit;
        plan.ref.simulated = true;
      }
    }
  }

  // That of the quarter, or a new one; nullptr where its coverage is wrong.
  Submission* SubmissionOf(const QuarterChange& change, const std::string& path) {
    const auto it = facts_.submissions.by_quarter.find(change.quarter);
    if (it == facts_.submissions.by_quarter.end()) {
      if (!change.coverage.has_value()) {
        errors_.Add(path + ".coverage",
                    "is missing: the quarter was not submitted; COVERAGE_QUARTER or "
                    "COVERAGE_YEAR_TO_DATE");
        return nullptr;
      }
      Submission& made = facts_.submissions.by_quarter[change.quarter];
      made.name = absl::StrCat(facts_.plans.agency, "/submissions/",
                               FormatPeriod({period_.year, change.quarter}));
      made.coverage = *change.coverage;
      made.simulated = true;
      return &made;
    }
    Submission& submission = it->second;
    if (change.coverage.value_or(submission.coverage) != submission.coverage) {
      errors_.Add(path + ".coverage",
                  absl::StrCat("is not that of ", submission.Versioned(), "; leave it out"));
      return nullptr;
    }
    submission.simulated = true;
    return &submission;
  }

  void SetRealization(const std::string& code, RealizedIndicator value, std::set<std::string>& seen,
                      const std::string& path, Submission& submission) {
    const auto planned = index_.indicators.find(code);
    if (planned == index_.indicators.end()) {
      errors_.Add(path, NoIndicator(code));
      return;
    }
    if (!IsNew(code, seen, path)) return;
    RealizedIndicator& realized = submission.indicators[code];
    value.narrative = realized.narrative;
    if (value.unit.empty()) value.unit = planned->second->target.unit;
    realized = std::move(value);
  }

  void Withdraw(const std::string& code, std::set<std::string>& seen, const std::string& path,
                Submission& submission) {
    if (!IsNew(code, seen, path)) return;
    if (submission.indicators.erase(code) == 0) {
      errors_.Add(path, absl::StrCat("is ", code, ", which was not submitted in the quarter"));
    }
  }

  void SetBudget(const std::string& code, const RealizedBudget& value, std::set<std::string>& seen,
                 const std::string& path, Submission& submission) {
    if (!index_.sub_activities.contains(code)) {
      errors_.Add(path, absl::StrCat("is ", code, ", no sub-activity of ", version_));
    } else if (IsNew(code, seen, path)) {
      RealizedBudget& budget = submission.budgets[code];
      budget.realized = value.realized;
      budget.parts = value.parts;
    }
  }

  bool IsNew(const std::string& code, std::set<std::string>& seen, const std::string& path) {
    const bool is_new = seen.insert(code).second;
    if (!is_new) errors_.Add(path, absl::StrCat("repeats ", code));
    return is_new;
  }

  YearOfFacts& facts_;
  const PlansInForce& plans_;
  const Period period_;
  const std::string version_;  // Of the plan in force, before it is changed.
  const PlanIndex index_;
  const PlanIndex year_index_;
  std::set<std::pair<std::string, int>> targets_seen_;
  std::set<int> quarters_seen_;
  FieldErrors errors_;
};

}  // namespace

absl::StatusOr<YearOfFacts> ApplyChanges(YearOfFacts facts, const Changes& changes, Period period) {
  const auto plans = FindPlans(facts.plans, facts.submissions, period);
  if (!plans.has_value()) return facts;
  Changer changer(facts, *plans, period);
  for (size_t i = 0; i < changes.targets.size(); ++i) {
    changer.SetTarget(changes.targets[i], absl::StrCat("targets[", i, "]"));
  }
  for (size_t i = 0; i < changes.quarters.size(); ++i) {
    changer.SetQuarter(changes.quarters[i], absl::StrCat("quarters[", i, "]"));
  }
  RETURN_IF_ERROR(changer.status());
  return facts;
}

}  // namespace sakip::scoring
