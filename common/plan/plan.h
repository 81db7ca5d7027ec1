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
#include <vector>

#include "absl/time/civil_time.h"
#include "common/exact/decimal.h"

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
