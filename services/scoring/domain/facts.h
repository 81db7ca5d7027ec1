// What a scorecard is computed from: the plans and the submissions of one agency, as values.
//
// Codes are those of the plan documents (sakip.planning.v1). Thread-safe as any values are.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_FACTS_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_FACTS_H_

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "common/base/period.h"
#include "common/exact/decimal.h"
#include "common/money/part.h"
#include "common/plan/plan.h"
#include "common/policy/policy.h"

namespace sakip::scoring {

using exact::Decimal;

using plan::ActionLine;
using plan::ActionPlan;
using plan::Activity;
using plan::Agreement;
using plan::AnnualPlan;
using plan::DocumentRef;
using plan::Formula;
using plan::Indicator;
using plan::InForce;
using plan::Measure;
using plan::Objective;
using plan::Program;
using plan::StrategicPlan;
using plan::SubActivity;
using plan::TimeAggregation;

using plan::Level;
using policy::Policy;

// A version of the scoring policy of a region.
struct RegionPolicy {
  Policy policy;
  std::string region;  // `35.09`
  uint64_t log_position = 0;
};

// The versions that hold for the agencies of a region: shared by them, because they are many and a
// policy is large. A value that does not change.
class RegionPolicies {
 public:
  RegionPolicies() = default;
  RegionPolicies(std::vector<RegionPolicy> versions)  // NOLINT: they are what it is.
      : versions_(std::make_shared<const std::vector<RegionPolicy>>(std::move(versions))) {}
  RegionPolicies(std::initializer_list<RegionPolicy> versions)
      : RegionPolicies(std::vector<RegionPolicy>(versions)) {}

  const RegionPolicy* begin() const { return versions_ == nullptr ? nullptr : versions_->data(); }
  const RegionPolicy* end() const {
    return versions_ == nullptr ? nullptr : versions_->data() + versions_->size();
  }

 private:
  std::shared_ptr<const std::vector<RegionPolicy>> versions_;
};

// The plan documents of one agency that concern one year, each by revision.
struct PlanHistory {
  std::string agency;  // Resource name.
  std::string display_name;
  std::vector<AnnualPlan> annual_plans;
  std::vector<ActionPlan> action_plans;
  std::vector<Agreement> agreements;
  std::vector<StrategicPlan> strategic_plans;
  RegionPolicies policies;  // Of the agency's region and those above it.
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
  std::vector<money::Part> parts = {};  // Of `realized`; empty where it is not divided.
};

enum class Coverage { kQuarter, kYearToDate };

// The revision of the submission of one quarter that counts.
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
  bool verified = false;   // This revision, and it was not returned since.
  bool simulated = false;  // It is not what was submitted: a caller changed it to see what if.

  // `regions/35.09/agencies/dinsos/submissions/2023Q4@1`, followed by ` (simulated)` where it is;
  // revision 0 is of a quarter that was not submitted.
  std::string Versioned() const;
};

// What the head of the agency approved last of a quarter.
struct Approval {
  uint32_t revision = 0;
  std::string content_digest;
};

// Which revision of a submission counts: the latest, or the latest that was verified.
enum class Basis { kSubmitted, kVerified };

// When a quarter was due and when it came (ketepatan waktu).
struct Timeliness {
  std::optional<absl::Time> due;        // Absent where it was not opened.
  std::optional<absl::Time> submitted;  // The first revision, whatever counts; absent where none.
  bool late = false;
};

// An event of the agency and year that cannot be read: nothing is scored from what it may change.
struct UnreadEvent {
  enum class Kind { kRealization, kPlan, kPolicy };

  std::string event;  // Its type and where it stands.
  uint64_t log_position = 0;
  std::string why;
  Kind kind = Kind::kRealization;
  std::string region = {};          // Of a policy: `35.09`.
  std::optional<int> quarter = {};  // Of realization, where it is known.
};

// The submissions of one agency and year.
struct YearSubmissions {
  Basis basis = Basis::kSubmitted;
  std::map<int, Submission> by_quarter;  // 1..4.
  std::map<int, Approval> approvals;     // By quarter; absent where nothing was approved.
  std::map<int, Timeliness> timeliness;  // By quarter; absent where nothing happened.
  std::set<int> closed_quarters;
  // How many records planning's log held when the quarter closed, by quarter: revisions stored
  // later do not change it. A quarter that is absent is not pinned.
  std::map<int, uint64_t> pinned_plan_records;
  std::vector<UnreadEvent> unread;  // In the order of the log.

  // How much of planning's log counts for the quarter: all of it until the quarter is pinned.
  uint64_t PlanRecords(int quarter) const;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_FACTS_H_
