#include "tests/conformance/documents.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/base/period.h"
#include "common/policy/proto/policy_proto.h"

namespace sakip::scoring::conformance {
namespace {

namespace planning = sakip::planning::v1;
namespace realization = sakip::realization::v1;

constexpr char kPercent[] = "%";

template <typename Enum, typename Parse>
Enum Named(Parse parse, const std::string& prefix, const std::string& name) {
  Enum value{};
  SAKIP_CHECK(parse(absl::StrCat(prefix, name), &value));
  return value;
}

types::v1::Formula FormulaNamed(const std::string& name) {
  return Named<types::v1::Formula>(types::v1::Formula_Parse, "FORMULA_", name);
}

void SetMeasure(const std::string& value, const std::string& unit, types::v1::Measure& measure) {
  measure.set_value(value);
  measure.set_unit(unit);
}

void SetIndicator(const Json& from, planning::Indicator& to) {
  const std::string unit = Text(from, "unit", kPercent);
  to.set_code(from.at("code"));
  SetMeasure(from.at("target"), unit, *to.mutable_target());
  if (from.contains("upper")) SetMeasure(from.at("upper"), unit, *to.mutable_target_upper());
  if (from.contains("formula")) to.set_formula(FormulaNamed(from.at("formula")));
  to.set_time_aggregation(Named<types::v1::TimeAggregation>(
      types::v1::TimeAggregation_Parse, "TIME_AGGREGATION_", Text(from, "aggregation", "SUM")));
  to.set_weight(Text(from, "weight"));
  to.set_may_fall(from.value("may_fall", false));
  if (from.value("not_applicable", false)) to.set_not_applicable_reason("declared");
  if (!from.value("ratio", false)) return;
  to.mutable_ratio()->set_numerator(Text(from, "numerator", "part"));
  to.mutable_ratio()->set_denominator("whole");
}

planning::Objective& ObjectiveNamed(const std::string& code, planning::AnnualPlan& plan) {
  for (planning::Objective& objective : *plan.mutable_objectives()) {
    if (objective.code() == code) return objective;
  }
  planning::Objective& objective = *plan.add_objectives();
  objective.set_code(code);
  return objective;
}

void AddLine(const std::string& code, const Json& line, planning::ActionPlan& plan) {
  const std::string unit = Text(line, "unit", kPercent);
  planning::ActionLine& to = *plan.add_lines();
  to.set_indicator_code(code);
  SetMeasure(line.at("year"), unit, *to.mutable_year_target());
  for (const auto& [quarter, target] : line.at("quarters").items()) {
    planning::QuarterTarget& quarter_target = *to.add_quarters();
    quarter_target.set_quarter(std::stoi(quarter));
    SetMeasure(target, unit, *quarter_target.mutable_target());
  }
}

void SetValue(const Json& from, realization::IndicatorRealization& to) {
  if (from.contains("ratio")) {
    to.mutable_ratio()->set_numerator(from.at("ratio").at(0));
    to.mutable_ratio()->set_denominator(from.at("ratio").at(1));
  } else if (from.contains("percentage")) {
    to.set_percentage(from.at("percentage"));
  } else if (from.contains("quantity")) {
    to.set_quantity(from.at("quantity"));
    to.set_unit(Text(from, "unit", kPercent));
  } else {
    to.set_not_applicable_reason("declared");
  }
}

void SetScale(const Json& from, types::v1::RatingScale& scale) {
  scale.set_code(from.at("scale"));
  scale.clear_bands();
  for (const Json& band : from.at("bands")) {
    types::v1::RatingBand& added = *scale.add_bands();
    added.set_rating(band.at("rating"));
    added.set_label(band.at("rating"));
    added.set_lower(Text(band, "lower"));
    added.set_lower_included(band.value("lower_included", true));
  }
}

void SetClamps(const Json& from, types::v1::ScoringPolicy& policy) {
  policy.clear_clamps();
  for (const auto& [level, bounds] : from.items()) {
    types::v1::Clamp& clamp = *policy.add_clamps();
    clamp.set_level(Named<types::v1::Level>(types::v1::Level_Parse, "LEVEL_", level));
    clamp.set_lower(bounds.at(0));
    clamp.set_upper(bounds.at(1));
  }
}

}  // namespace

std::string Text(const Json& object, const char* key, const std::string& otherwise) {
  return object.value(key, otherwise);
}

const Json& Part(const Json& object, const char* key) {
  static const Json* const nothing = new Json(Json::object());
  const auto it = object.find(key);
  return it == object.end() ? *nothing : *it;
}

void SetAnnualPlan(const Json& from, int year, planning::AnnualPlan& plan) {
  plan.set_year(year);
  planning::Objective& first = ObjectiveNamed("S1", plan);
  planning::Program& program = *first.add_programs();
  program.set_code("P1");
  planning::Activity& activity = *program.add_activities();
  activity.set_code("K1");
  for (const Json& indicator : Part(from, "indicators")) {
    SetIndicator(indicator,
                 *ObjectiveNamed(Text(indicator, "objective", "S1"), plan).add_indicators());
  }
  for (const Json& part : Part(from, "sub_activities")) {
    planning::SubActivity& sub_activity = *activity.add_sub_activities();
    sub_activity.set_code(part.at("code"));
    sub_activity.set_budget(Text(part, "budget", "0"));
    for (const Json& indicator : Part(part, "indicators")) {
      SetIndicator(indicator, *sub_activity.add_indicators());
    }
  }
}

void SetActionPlan(const Json& from, int year, planning::ActionPlan& plan) {
  plan.set_year(year);
  for (const auto& [code, line] : from.items()) AddLine(code, line, plan);
}

Json LinesOf(const Json& plan) {
  Json lines = Json::object();
  const auto take = [&](const Json& indicators) {
    for (const Json& indicator : indicators) {
      if (!indicator.contains("quarters")) continue;
      lines[indicator.at("code").get<std::string>()] = {{"year", indicator.at("target")},
                                                        {"unit", Text(indicator, "unit", kPercent)},
                                                        {"quarters", indicator.at("quarters")}};
    }
  };
  take(Part(plan, "indicators"));
  for (const Json& part : Part(plan, "sub_activities")) {
    take(Part(part, "indicators"));
  }
  return lines;
}

void SetStrategicPlan(const Json& targets, int first_year, planning::StrategicPlan& plan) {
  plan.set_first_year(first_year);
  plan.set_last_year(first_year);
  planning::StrategicGoal& goal = *plan.add_goals();
  goal.set_code("T1");
  for (const auto& [code, years] : targets.items()) {
    planning::StrategicIndicator& indicator = *goal.add_indicators();
    indicator.set_code(code);
    for (const auto& [year, target] : years.items()) {
      planning::YearTarget& to = *indicator.add_targets();
      to.set_year(std::stoi(year));
      plan.set_last_year(std::max(plan.last_year(), to.year()));
      SetMeasure(target.at("value"), Text(target, "unit", kPercent), *to.mutable_target());
    }
  }
}

realization::Submission ToSubmission(const Json& from) {
  realization::Submission to;
  to.set_coverage(Text(from, "coverage", "YEAR_TO_DATE") == "QUARTER"
                      ? realization::Submission::COVERAGE_QUARTER
                      : realization::Submission::COVERAGE_YEAR_TO_DATE);
  for (const auto& [code, value] : Part(from, "indicators").items()) {
    realization::IndicatorRealization& line = *to.add_indicators();
    line.set_indicator_code(code);
    SetValue(value, line);
  }
  for (const auto& [code, realized] : Part(from, "budgets").items()) {
    realization::BudgetRealization& line = *to.add_budgets();
    line.set_sub_activity_code(code);
    line.set_realized(realized);
  }
  return to;
}

Policy ToPolicy(const Json& from) {
  const std::string scale = Text(from, "scale", "permenpanrb-53-2014");
  const Policy* built_in = policy::FindBuiltIn(absl::StrCat("policies/", scale, "/versions/1"));
  types::v1::ScoringPolicy to =
      policy::ToProto(built_in == nullptr ? policy::DefaultPolicy() : *built_in);
  if (built_in == nullptr) SetScale(from, *to.mutable_rating_scale());
  if (from.contains("digits")) to.set_digits(from.at("digits"));
  if (from.contains("clamps")) SetClamps(from.at("clamps"), to);
  if (from.contains("default_formula")) {
    to.set_default_formula(FormulaNamed(from.at("default_formula")));
  }
  if (from.contains("weighting")) {
    to.set_weighting(Named<types::v1::Weighting>(types::v1::Weighting_Parse, "WEIGHTING_",
                                                 from.at("weighting")));
  }
  if (from.contains("efficiency")) {
    to.mutable_efficiency()->set_method(Named<types::v1::EfficiencyRule::Method>(
        types::v1::EfficiencyRule::Method_Parse, "METHOD_", from.at("efficiency").at("method")));
    to.mutable_efficiency()->set_tolerance(Text(from.at("efficiency"), "tolerance"));
  }
  to.set_first_year(from.value("first_year", kYearMin));
  auto read = policy::FromProto(to, "policy");
  SAKIP_CHECK(read.ok());
  return *std::move(read);
}

std::vector<ReferenceValue> ToReferences(const Json& references) {
  std::vector<ReferenceValue> result;
  for (const Json& from : references) {
    ReferenceValue& value = result.emplace_back();
    value.indicator_code = from.at("indicator");
    value.national = from.value("national", true);
    value.value = {Rational(*Decimal::Parse(from.at("value").get<std::string>())),
                   Text(from, "unit", kPercent)};
  }
  return result;
}

}  // namespace sakip::scoring::conformance
