// Small plans and submissions for tests of scoring, and what tests ask of a scorecard.
//
// One agency `regions/35.09/agencies/dinsos` in 2023, with one objective S1, one program P1 and one
// activity K1, to which key indicators and outputs are added. Values; not thread-safe.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_TESTING_FACTS_BUILDER_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_TESTING_FACTS_BUILDER_H_

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/exact/decimal.h"
#include "common/exact/rational.h"
#include "common/plan/testing/plan_builder.h"
#include "common/policy/policy.h"
#include "services/scoring/domain/context.h"
#include "services/scoring/domain/facts.h"
#include "services/scoring/domain/score.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring::testing {

inline constexpr int kYear = 2023;

using plan::testing::D;
using plan::testing::MakeIndicator;
using plan::testing::MakeRef;
using plan::testing::R;

inline RealizedIndicator Quantity(absl::string_view value, std::string unit = "orang") {
  RealizedIndicator result;
  result.value = D(value);
  result.unit = std::move(unit);
  return result;
}

inline RealizedIndicator Ratio(absl::string_view numerator, absl::string_view denominator) {
  RealizedIndicator result;
  result.kind = RealizedIndicator::Kind::kRatio;
  result.numerator = D(numerator);
  result.denominator = D(denominator);
  result.unit = "%";
  return result;
}

inline RealizedIndicator Percentage(absl::string_view value) {
  RealizedIndicator result = Quantity(value, "%");
  result.kind = RealizedIndicator::Kind::kPercentage;
  return result;
}

inline RealizedIndicator NotApplicable(std::string reason = "tidak dilaksanakan") {
  RealizedIndicator result;
  result.kind = RealizedIndicator::Kind::kNotApplicable;
  result.not_applicable_reason = std::move(reason);
  return result;
}

struct Facts {
  PlanHistory plans;
  YearSubmissions submissions;
  Policy policy = policy::DefaultPolicy();

  Facts() {
    plans.agency = "regions/35.09/agencies/dinsos";
    AnnualPlan plan;
    plan.ref = MakeRef("annualPlans", 1, absl::CivilDay(kYear, 1, 1), 1);
    plan.objectives = {{"S1", "", {}, {{"P1", "", {}, {{"K1", "", {}, {}}}}}}};
    plans.annual_plans.push_back(std::move(plan));
  }

  // The latest revision.
  AnnualPlan& plan() { return plans.annual_plans.back(); }
  Objective& objective() { return plan().objectives.front(); }
  Program& program() { return objective().programs.front(); }
  Activity& activity() { return program().activities.front(); }

  Indicator& Key(Indicator indicator) {
    objective().indicators.push_back(std::move(indicator));
    return objective().indicators.back();
  }

  // A sub-activity with an output of the same code, as the Jember sample has them.
  SubActivity& Output(Indicator indicator, absl::string_view budget = "100") {
    SubActivity sub_activity;
    sub_activity.code = indicator.code;
    sub_activity.indicators = {std::move(indicator)};
    sub_activity.budget = D(budget);
    activity().sub_activities.push_back(std::move(sub_activity));
    return activity().sub_activities.back();
  }

  // A copy of the latest plan as the next revision.
  AnnualPlan& Revise(absl::CivilDay effective_date, uint64_t log_position = 100) {
    AnnualPlan next = plan();
    next.ref = MakeRef("annualPlans", plan().ref.revision + 1, effective_date, log_position);
    plans.annual_plans.push_back(std::move(next));
    return plan();
  }

  ActionLine& Quarters(std::string code, absl::string_view year,
                       const std::map<int, std::string>& targets, std::string unit = "orang") {
    if (plans.action_plans.empty()) {
      plans.action_plans.push_back({MakeRef("actionPlans", 1, absl::CivilDay(kYear, 1, 1), 2), {}});
    }
    ActionLine line{std::move(code), {D(year), unit}, {}};
    for (const auto& [quarter, target] : targets) line.quarters[quarter] = {D(target), unit};
    plans.action_plans.back().lines.push_back(std::move(line));
    return plans.action_plans.back().lines.back();
  }

  Agreement& Agree(absl::CivilDay effective_date = absl::CivilDay(kYear, 1, 1)) {
    const uint32_t revision = static_cast<uint32_t>(plans.agreements.size()) + 1;
    Agreement agreement;
    agreement.ref = MakeRef("performanceAgreements", revision, effective_date, 3);
    plans.agreements.push_back(std::move(agreement));
    return plans.agreements.back();
  }

  StrategicPlan& Strategy() {
    StrategicPlan strategic_plan;
    strategic_plan.ref = MakeRef("strategicPlans", 1, absl::CivilDay(kYear, 1, 1), 4);
    plans.strategic_plans.push_back(std::move(strategic_plan));
    return plans.strategic_plans.back();
  }

  Submission& Submit(int quarter, Coverage coverage = Coverage::kQuarter) {
    Submission& submission = submissions.by_quarter[quarter];
    submission.name = absl::StrCat("regions/35.09/agencies/dinsos/submissions/2023Q", quarter);
    submission.revision = 1;
    submission.coverage = coverage;
    submission.log_position = static_cast<uint64_t>(quarter) * 10;
    return submission;
  }

  void Close(int through_quarter) {
    for (int quarter = 1; quarter <= through_quarter; ++quarter) {
      submissions.closed_quarters.insert(quarter);
    }
  }

  Scorecard At(int quarter) const { return *Score(plans, submissions, policy, {kYear, quarter}); }
};

// A context on the first plan of `facts`, for tests below Score.
class Scene {
 public:
  Scene(const Facts& facts, int quarter)
      : facts_(facts),
        plan_(facts_.plans.annual_plans.front()),
        actions_(facts_.plans.action_plans.empty() ? nullptr : &facts_.plans.action_plans.front()),
        context_{
            facts_.policy, {kYear, quarter},  plan_, plan_, plan_, actions_, facts_.submissions,
            findings_,     Derivations::kKept} {}

  const Context& context() const { return context_; }
  std::vector<Finding> Findings() { return std::move(findings_).Take(); }

 private:
  Facts facts_;
  PlanIndex plan_;
  ActionIndex actions_;
  sakip::Findings findings_;
  Context context_;
};

// An indicator of any level by its code; requires that it is there.
inline const IndicatorScore& Find(const Scorecard& scorecard, absl::string_view code) {
  const IndicatorScore* found = nullptr;
  const auto look = [&](const std::vector<IndicatorScore>& list) {
    for (const IndicatorScore& score : list) {
      if (score.code == code) found = &score;
    }
  };
  for (const ObjectiveScore& objective : scorecard.objectives) {
    look(objective.indicators);
    for (const ProgramScore& program : objective.programs) {
      look(program.indicators);
      for (const ActivityScore& activity : program.activities) {
        look(activity.indicators);
        for (const SubActivityScore& sub : activity.sub_activities) look(sub.indicators);
      }
    }
  }
  return *found;
}

// How many findings of `code` there are, of `subject` where it is given.
inline int Count(const std::vector<Finding>& findings, absl::string_view code,
                 absl::string_view subject = "") {
  return static_cast<int>(std::count_if(findings.begin(), findings.end(), [&](const Finding& f) {
    return f.code == code && (subject.empty() || f.subject == subject);
  }));
}

inline int Count(const Scorecard& scorecard, absl::string_view code,
                 absl::string_view subject = "") {
  return Count(scorecard.findings, code, subject);
}

// Requires that there is one.
inline const Finding& FindingOf(const Scorecard& scorecard, absl::string_view code) {
  return *std::find_if(scorecard.findings.begin(), scorecard.findings.end(),
                       [&](const Finding& finding) { return finding.code == code; });
}

// `FINAL`, ... as gtest prints them.
inline std::string StateName(FigureState state) {
  constexpr const char* kNames[] = {"NOT_DUE", "MISSING",     "NOT_APPLICABLE", "NOT_SCORED",
                                    "ZERO",    "PROVISIONAL", "FINAL"};
  return kNames[static_cast<int>(state)];
}

// `FINAL 99.78 A missed`, `NOT_DUE`: what a reader sees of an achievement.
inline std::string Seen(const Achievement& achievement) {
  std::string text = StateName(achievement.figure.state);
  if (!achievement.figure.exact.has_value()) return text;
  return absl::StrCat(text, " ", achievement.figure.printed, " ", achievement.rating,
                      achievement.met ? " met" : " missed");
}

}  // namespace sakip::scoring::testing

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_TESTING_FACTS_BUILDER_H_
