#include "services/scoring/testing/jember_sample.h"

#include <yaml-cpp/yaml.h>

#include <map>
#include <string>
#include <vector>

#include "common/base/log.h"
#include "common/base/period.h"

namespace sakip::scoring::testing {
namespace {

const std::map<std::string, Formula> kFormulas = {{"positive", Formula::kPositive},
                                                  {"share_met", Formula::kShareMet}};

const std::map<std::string, TimeAggregation> kAggregations = {
    {"sum", TimeAggregation::kSum},
    {"last", TimeAggregation::kLast},
    {"constant", TimeAggregation::kConstant}};

std::string Text(const YAML::Node& node) { return node ? node.as<std::string>() : ""; }

Decimal Number(const YAML::Node& node) { return D(Text(node)); }

std::optional<Decimal> OptionalNumber(const YAML::Node& node) {
  return node ? std::optional<Decimal>(Number(node)) : std::nullopt;
}

Measure ReadMeasure(const YAML::Node& node) { return {Number(node["value"]), Text(node["unit"])}; }

std::vector<Indicator> ReadIndicators(const YAML::Node& node) {
  std::vector<Indicator> indicators;
  for (const YAML::Node& item : node) {
    Indicator indicator;
    indicator.code = Text(item["code"]);
    indicator.name = Text(item["display_name"]);
    indicator.target = ReadMeasure(item["target"]);
    indicator.formula = kFormulas.at(Text(item["formula"]));
    indicator.time_aggregation = kAggregations.at(Text(item["time_aggregation"]));
    indicator.is_ratio = static_cast<bool>(item["ratio"]);
    indicator.may_fall = Text(item["may_fall"]) == "true";
    for (const YAML::Node& child : item["children"]) indicator.children.push_back(Text(child));
    indicators.push_back(std::move(indicator));
  }
  return indicators;
}

Program ReadProgram(const YAML::Node& node) {
  Program program{
      Text(node["code"]), Text(node["display_name"]), ReadIndicators(node["indicators"]), {}};
  for (const YAML::Node& activity_node : node["activities"]) {
    Activity activity{Text(activity_node["code"]),
                      Text(activity_node["display_name"]),
                      ReadIndicators(activity_node["indicators"]),
                      {}};
    for (const YAML::Node& item : activity_node["sub_activities"]) {
      activity.sub_activities.push_back({Text(item["code"]),
                                         Text(item["display_name"]),
                                         ReadIndicators(item["indicators"]),
                                         Number(item["budget"]),
                                         {},
                                         Text(item["outcome"]),
                                         {}});
    }
    program.activities.push_back(std::move(activity));
  }
  return program;
}

DocumentRef ReadRef(const YAML::Node& node, uint64_t log_position) {
  return {Text(node["name"]), node["revision"].as<uint32_t>(),
          *ParseDate(Text(node["effective_date"])), "", log_position};
}

AnnualPlan ReadAnnualPlan(const YAML::Node& node) {
  AnnualPlan plan;
  plan.stated_budget = OptionalNumber(node["stated_budget"]);
  for (const YAML::Node& item : node["objectives"]) {
    Objective objective{
        Text(item["code"]), Text(item["display_name"]), ReadIndicators(item["indicators"]), {}};
    for (const YAML::Node& program : item["programs"]) {
      objective.programs.push_back(ReadProgram(program));
    }
    plan.objectives.push_back(std::move(objective));
  }
  return plan;
}

Agreement ReadAgreement(const YAML::Node& node) {
  Agreement agreement;
  agreement.stated_budget = OptionalNumber(node["stated_budget"]);
  for (const YAML::Node& item : node["targets"]) {
    agreement.targets.emplace_back(Text(item["indicator_code"]), ReadMeasure(item["target"]));
  }
  for (const YAML::Node& item : node["program_budgets"]) {
    agreement.program_budgets.push_back({Text(item["program_code"]), Number(item["budget"])});
  }
  return agreement;
}

ActionPlan ReadActionPlan(const YAML::Node& node) {
  ActionPlan plan;
  for (const YAML::Node& item : node["lines"]) {
    ActionLine line{Text(item["indicator_code"]), ReadMeasure(item["year_target"]), {}};
    for (const YAML::Node& quarter : item["quarters"]) {
      line.quarters[quarter["quarter"].as<int>()] = ReadMeasure(quarter["target"]);
    }
    plan.lines.push_back(std::move(line));
  }
  return plan;
}

void ReadStrategicIndicators(const YAML::Node& node, StrategicPlan& plan) {
  for (const YAML::Node& item : node["indicators"]) {
    for (const YAML::Node& target : item["targets"]) {
      plan.targets[Text(item["code"])][target["year"].as<int>()] = ReadMeasure(target["target"]);
    }
  }
}

StrategicPlan ReadStrategicPlan(const YAML::Node& node) {
  StrategicPlan plan;
  for (const YAML::Node& goal : node["goals"]) {
    ReadStrategicIndicators(goal, plan);
    for (const YAML::Node& objective : goal["objectives"]) {
      ReadStrategicIndicators(objective, plan);
    }
  }
  return plan;
}

RealizedIndicator ReadValue(const YAML::Node& node) {
  if (node["percentage"]) return Percentage(Text(node["percentage"]));
  if (node["ratio"]) {
    return Ratio(Text(node["ratio"]["numerator"]), Text(node["ratio"]["denominator"]));
  }
  return Quantity(Text(node["quantity"]), Text(node["unit"]));
}

void ReadSubmission(const YAML::Node& node, Facts& facts) {
  const int quarter = Text(node["name"]).back() - '0';
  const bool to_date = Text(node["coverage"]) == "year_to_date";
  Submission& submission =
      facts.Submit(quarter, to_date ? Coverage::kYearToDate : Coverage::kQuarter);
  submission.illustrative = Text(node["illustrative"]) == "true";
  for (const YAML::Node& item : node["indicators"]) {
    submission.indicators[Text(item["indicator_code"])] = ReadValue(item);
  }
  for (const YAML::Node& item : node["budgets"]) {
    submission.budgets[Text(item["sub_activity_code"])].realized = Number(item["realized"]);
  }
}

}  // namespace

Facts ReadJemberSample(const std::string& directory) {
  Facts facts;
  facts.plans.annual_plans.clear();
  uint64_t position = 0;
  for (const char* file :
       {"02-strategic-plan", "03-strategic-plan-amended", "04-annual-plan",
        "05-annual-plan-amended", "06-performance-agreement", "07-performance-agreement-amended",
        "08-action-plan", "11-submission-2023q1", "12-submission-2023q2", "13-submission-2023q3",
        "14-submission-2023q4"}) {
    const YAML::Node node = YAML::LoadFile(directory + "/" + file + ".yaml");
    if (node["coverage"]) {
      ReadSubmission(node, facts);
      continue;
    }
    const auto add = [&](auto document, auto& revisions) {
      document.ref = ReadRef(node, ++position);
      revisions.push_back(std::move(document));
    };
    if (const YAML::Node content = node["annual_plan"]) {
      add(ReadAnnualPlan(content), facts.plans.annual_plans);
    } else if (const YAML::Node content = node["action_plan"]) {
      add(ReadActionPlan(content), facts.plans.action_plans);
    } else if (const YAML::Node content = node["performance_agreement"]) {
      add(ReadAgreement(content), facts.plans.agreements);
    } else if (const YAML::Node content = node["strategic_plan"]) {
      add(ReadStrategicPlan(content), facts.plans.strategic_plans);
    }
  }
  SAKIP_CHECK(facts.plans.annual_plans.size() == 2);
  return facts;
}

}  // namespace sakip::scoring::testing
