// What a scorecard is computed from: the plans and the submissions of one agency, as values.
//
// Codes are those of the plan documents (sakip.planning.v1). Thread-safe as any values are.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_FACTS_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_FACTS_H_

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/base/period.h"
#include "common/exact/decimal.h"

namespace sakip::scoring {

using exact::Decimal;

enum class Formula { kPositive, kNegative, kInverse, kRange, kRangeNegative, kShareMet };
enum class TimeAggregation { kSum, kLast, kAverage, kMax, kMin, kConstant };

struct Measure {
  Decimal value;
  std::string unit;
};

// The revision of a document that a fact stands in.
struct DocumentRef {
  std::string name;
  uint32_t revision = 0;
  absl::CivilDay effective_date;
  std::string content_digest;
  uint64_t log_position = 0;

  // `regions/35.09/agencies/dinsos/annualPlans/2023@2`.
  std::string Versioned() const;
};

struct Indicator {
  std::string code;
  std::string name;
  Measure target;
  std::optional<Measure> target_upper;
  std::optional<Formula> formula;  // The policy's default where absent.
  TimeAggregation time_aggregation = TimeAggregation::kSum;
  bool is_ratio = false;  // Defined by decree as numerator / denominator x 100.
  bool may_fall = false;
  std::optional<Decimal> weight;  // 1 where absent.
  std::string not_applicable_reason;
  std::vector<std::string> children;  // For kShareMet.
};

struct SubActivity {
  std::string code;
  std::string name;
  std::vector<Indicator> indicators;
  Decimal budget;  // Rupiah.
  std::string outcome;
};

struct Activity {
  std::string code;
  std::string name;
  std::vector<Indicator> indicators;
  std::vector<SubActivity> sub_activities;
};

struct Program {
  std::string code;
  std::string name;
  std::vector<Indicator> indicators;
  std::vector<Activity> activities;
};

struct Objective {
  std::string code;
  std::string name;
  std::vector<Indicator> indicators;
  std::vector<Program> programs;
};

struct AnnualPlan {
  DocumentRef ref;
  std::vector<Objective> objectives;
  std::optional<Decimal> stated_budget;
};

struct ActionLine {
  std::string indicator_code;
  Measure year_target;
  std::map<int, Measure> quarters;  // By quarter, 1..4.
};

struct ActionPlan {
  DocumentRef ref;
  std::vector<ActionLine> lines;
};

struct Agreement {
  DocumentRef ref;
  std::vector<std::pair<std::string, Measure>> targets;          // By indicator code.
  std::vector<std::pair<std::string, Decimal>> program_budgets;  // By program code, rupiah.
  std::optional<Decimal> stated_budget;
};

struct StrategicPlan {
  DocumentRef ref;
  std::map<std::string, std::map<int, Measure>> targets;  // By indicator code and year.
};

// The plan documents of one agency that concern one year, each by revision.
struct PlanHistory {
  std::string agency;  // Resource name.
  std::string display_name;
  std::vector<AnnualPlan> annual_plans;
  std::vector<ActionPlan> action_plans;
  std::vector<Agreement> agreements;
  std::vector<StrategicPlan> strategic_plans;
};

struct Narrative {
  std::string success_factors;
  std::string constraints;
  std::string follow_up;
};

struct RealizedIndicator {
  enum class Kind { kQuantity, kRatio, kPercentage, kNotApplicable };

  Kind kind = Kind::kQuantity;
  Decimal value;        // Of a quantity or percentage.
  Decimal numerator;    // Of a ratio.
  Decimal denominator;  // Of a ratio.
  std::string not_applicable_reason;
  std::string unit;
  Narrative narrative;
};

struct RealizedBudget {
  Decimal realized;  // Rupiah.
  Narrative narrative;
};

enum class Coverage { kQuarter, kYearToDate };

// The latest revision of the submission of one quarter.
struct Submission {
  std::string name;
  uint32_t revision = 0;
  Coverage coverage = Coverage::kQuarter;
  std::map<std::string, RealizedIndicator> indicators;  // By indicator code.
  std::map<std::string, RealizedBudget> budgets;        // By sub-activity code.
  std::map<std::string, Narrative> objectives;          // By objective code.
  std::string content_digest;
  uint64_t log_position = 0;
  bool illustrative = false;

  // `regions/35.09/agencies/dinsos/submissions/2023Q4@1`.
  std::string Versioned() const;
};

// What the head of the agency approved last of a quarter.
struct Approval {
  uint32_t revision = 0;
  std::string content_digest;
};

// The submissions of one agency and year.
struct YearSubmissions {
  std::map<int, Submission> by_quarter;  // 1..4.
  std::map<int, Approval> approvals;     // By quarter; absent where nothing was approved.
  std::set<int> closed_quarters;
  // How many records planning's log held when the quarter closed, by quarter: revisions stored
  // later do not change it. A quarter that is absent is not pinned.
  std::map<int, uint64_t> pinned_plan_records;
};

// The revision in force on `day`: of those effective by then the one published last; nullptr where
// there is none. `revisions` is ordered by revision; only those among the first `records` of the
// log are known. Source: design section 4 rule 11.
template <typename Document>
const Document* InForce(const std::vector<Document>& revisions, absl::CivilDay day,
                        uint64_t records = std::numeric_limits<uint64_t>::max()) {
  const Document* result = nullptr;
  for (const Document& revision : revisions) {
    const bool known = revision.ref.log_position < records;
    if (known && revision.ref.effective_date <= day) result = &revision;
  }
  return result;
}

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_FACTS_H_
