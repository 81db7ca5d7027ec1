// Plan documents as planning checks them: texts as the caller wrote them, in the shape of
// sakip.planning.v1, whose comments say what each field means. Values.
#ifndef SAKIP_SERVICES_PLANNING_DOMAIN_DOCUMENT_H_
#define SAKIP_SERVICES_PLANNING_DOMAIN_DOCUMENT_H_

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace sakip::planning {

struct Measure {
  std::string value;
  std::string unit;
};

enum class Formula { kPositive, kNegative, kInverse, kRange, kRangeNegative, kShareMet };

struct RatioDefinition {
  std::string numerator;
  std::string denominator;
};

struct Indicator {
  std::string code;
  std::string display_name;
  std::optional<Measure> target;
  std::optional<Measure> target_upper;
  Formula formula = Formula::kPositive;
  std::optional<RatioDefinition> ratio;
  std::string weight;
  std::vector<std::string> children;
};

struct SubActivity {
  std::string code;
  std::string display_name;
  std::vector<Indicator> indicators;
  std::string budget;
};

struct Activity {
  std::string code;
  std::string display_name;
  std::vector<Indicator> indicators;
  std::vector<SubActivity> sub_activities;
};

struct Program {
  std::string code;
  std::string display_name;
  std::vector<Indicator> indicators;
  std::vector<Activity> activities;
};

struct Objective {
  std::string code;
  std::string display_name;
  std::vector<Indicator> indicators;
  std::vector<Program> programs;
};

struct AnnualPlan {
  int year = 0;
  std::vector<Objective> objectives;
  std::string stated_budget;
};

struct StrategicIndicator {
  std::string code;
  std::string display_name;
  std::vector<std::pair<int, std::optional<Measure>>> targets;  // By year.
};

struct StrategicObjective {
  std::string code;
  std::string display_name;
  std::vector<StrategicIndicator> indicators;
};

struct StrategicGoal {
  std::string code;
  std::string display_name;
  std::vector<StrategicIndicator> indicators;
  std::vector<StrategicObjective> objectives;
};

struct StrategicPlan {
  int first_year = 0;
  int last_year = 0;
  std::vector<StrategicGoal> goals;
};

struct PerformanceAgreement {
  int year = 0;
  std::string signing_date;
  std::vector<std::pair<std::string, std::optional<Measure>>> targets;  // By indicator code.
  std::vector<std::pair<std::string, std::string>> program_budgets;     // By program code.
  std::string stated_budget;
};

struct ActionLine {
  std::string indicator_code;
  std::optional<Measure> year_target;
  std::vector<std::pair<int, std::optional<Measure>>> quarters;
};

struct ActionPlan {
  int year = 0;
  std::vector<ActionLine> lines;
};

using Content =
    std::variant<std::monostate, StrategicPlan, AnnualPlan, PerformanceAgreement, ActionPlan>;

struct Document {
  std::string name;
  std::string effective_date;
  std::string reason;
  Content content;
};

struct OrgUnit {
  std::string code;
  std::string display_name;
};

struct Agency {
  std::string name;
  std::string display_name;
  std::string government;
  std::vector<OrgUnit> units;
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_DOMAIN_DOCUMENT_H_
