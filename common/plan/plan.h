// What the plan documents of an agency promise, as values that can be computed with.
//
// Codes are those of the documents (sakip.planning.v1), whose comments say what each part means.
// Values; thread-safe as any values are.
#ifndef SAKIP_COMMON_PLAN_PLAN_H_
#define SAKIP_COMMON_PLAN_PLAN_H_

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/exact/decimal.h"
#include "common/money/part.h"

namespace sakip::plan {

using exact::Decimal;

// Where an indicator stands in an annual plan.
enum class Level { kObjective, kProgram, kActivity, kSubActivity };

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
  bool simulated = false;  // It is not what was published: a caller changed it to see what if.

  // `regions/35.09/agencies/dinsos/annualPlans/2023@2`, followed by ` (simulated)` where it is.
  std::string Versioned() const;
};

// What is counted above and below the line.
struct RatioDefinition {
  std::string numerator;
  std::string denominator;

  friend bool operator==(const RatioDefinition&, const RatioDefinition&) = default;
};

struct Indicator {
  std::string code;
  std::string name;
  Measure target;
  std::optional<Measure> target_upper;
  std::optional<Formula> formula;  // The policy's default where absent.
  TimeAggregation time_aggregation = TimeAggregation::kSum;
  bool is_ratio = false;  // Defined by decree as numerator / denominator x 100.
  RatioDefinition ratio;  // Where it is.
  bool may_fall = false;
  std::optional<Decimal> weight;  // 1 where absent.
  std::string not_applicable_reason;
  std::vector<std::string> children;  // For kShareMet.
  std::vector<std::string> responsible_units = {};
};

struct SubActivity {
  std::string code;
  std::string name;
  std::vector<Indicator> indicators;
  Decimal budget;  // Rupiah.
  std::vector<money::Part> budget_parts;
  std::string outcome;
  std::string responsible_unit;
  std::string nomenclature_code = {};
};

struct Activity {
  std::string code;
  std::string name;
  std::vector<Indicator> indicators;
  std::vector<SubActivity> sub_activities;
  std::string nomenclature_code = {};
};

struct Program {
  std::string code;
  std::string name;
  std::vector<Indicator> indicators;
  std::vector<Activity> activities;
  std::string nomenclature_code = {};
};

struct Objective {
  std::string code;
  std::string name;
  std::vector<Indicator> indicators;
  std::vector<Program> programs;
};

struct AnnualPlan {
  DocumentRef ref;
  int year = 0;
  std::vector<Objective> objectives;
  std::optional<Decimal> stated_budget;
  std::vector<money::Part> stated_budget_parts;
  std::string nomenclature_edition;  // Its name; may be empty.
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

struct AgreedBudget {
  std::string program_code;
  Decimal budget;  // Rupiah.
  std::vector<money::Part> budget_parts = {};
};

struct Agreement {
  DocumentRef ref;
  std::vector<std::pair<std::string, Measure>> targets;  // By indicator code.
  std::vector<AgreedBudget> program_budgets;
  std::optional<Decimal> stated_budget;
  std::vector<money::Part> stated_budget_parts;
  // Offices and day; empty where they are not printed.
  std::string first_party;
  std::string second_party;
  std::string signing_date;
};

struct StrategicIndicator {
  std::string code;
  std::string name;
  std::map<int, Measure> targets;  // By year.
};

struct StrategicObjective {
  std::string code;
  std::string name;
  std::vector<StrategicIndicator> indicators;
};

struct StrategicGoal {
  std::string code;
  std::string name;
  std::vector<StrategicIndicator> indicators;
  std::vector<StrategicObjective> objectives;
  std::string regional_objective;  // Its code; may be empty.
};

struct RegionalGoal {
  std::string code;
  std::string name;
  std::vector<StrategicIndicator> indicators;
  std::vector<StrategicObjective> objectives;  // Of the region.
};

struct RegionalMission {
  std::string code;
  std::string name;
  std::vector<RegionalGoal> goals;
};

struct StrategicPlan {
  DocumentRef ref;
  int first_year = 0;
  int last_year = 0;
  std::vector<RegionalMission> missions;
  std::vector<StrategicGoal> goals;
  // By indicator code and year: those of goals and objectives of the agency.
  std::map<std::string, std::map<int, Measure>> targets;
};

struct KeyIndicator {
  std::string code;
  std::string name;
  std::optional<RatioDefinition> ratio;
  std::vector<std::string> responsible_units;
  std::string data_source;
};

struct KeyIndicatorDecree {
  DocumentRef ref;
  int year = 0;
  std::vector<KeyIndicator> indicators;
};

using AnyPlan = std::variant<StrategicPlan, AnnualPlan, Agreement, ActionPlan, KeyIndicatorDecree>;

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

}  // namespace sakip::plan

#endif  // SAKIP_COMMON_PLAN_PLAN_H_
