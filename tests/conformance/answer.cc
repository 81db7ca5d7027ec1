#include "tests/conformance/answer.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring::conformance {
namespace {

using Json = nlohmann::json;

std::string KindName(Step::Kind kind) {
  constexpr const char* kNames[] = {"INPUT", "AGGREGATION", "FORMULA", "CLAMP",
                                    "MEAN",  "ROUNDING",    "RATING",  "STATE"};
  return kNames[static_cast<int>(kind)];
}

// `FORMULA achievement: 90 / 90.2 x 100 = 45000/451`, one a step.
Json ToJson(const Derivation& derivation) {
  Json lines = Json::array();
  for (const Step& step : derivation) {
    const std::string expression =
        step.words.empty() ? step.expression : TextOf(step.words, Language::kEnglish);
    std::string line = absl::StrCat(KindName(step.kind), " ", step.subject, ": ", expression);
    if (!step.result.empty() && step.result != expression) {
      absl::StrAppend(&line, " = ", step.result);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

Json ToJson(const Figure& figure) {
  Json to = {{"state", testing::StateName(figure.state)}};
  if (!figure.exact.has_value()) return to;
  to["exact"] = figure.exact->ToFraction();
  to["printed"] = figure.printed;
  return to;
}

void SetQuantity(const char* key, const std::optional<Quantity>& from, Json& to) {
  if (from.has_value()) to[key] = from->value.ToFraction();
}

Json ToJson(const Achievement& achievement) {
  Json to = ToJson(achievement.figure);
  if (!achievement.derivation.empty()) to["derivation"] = ToJson(achievement.derivation);
  if (!achievement.figure.exact.has_value()) return to;
  to["rating"] = achievement.rating;
  to["met"] = achievement.met;
  if (*achievement.unclamped.exact != *achievement.figure.exact) {
    to["unclamped"] = {{"exact", achievement.unclamped.exact->ToFraction()},
                       {"printed", achievement.unclamped.printed}};
  }
  return to;
}

Json ToJson(const BudgetScore& budget) {
  Json to = {{"budget", budget.budget.ToFraction()}, {"absorption", ToJson(budget.absorption)}};
  if (budget.original.has_value()) to["original"] = budget.original->ToFraction();
  if (budget.realized.has_value()) to["realized"] = budget.realized->ToFraction();
  to["absorption"]["derivation"] = ToJson(budget.derivation);
  return to;
}

Json ToJson(const EfficiencyScore& efficiency) {
  Json to = ToJson(efficiency.figure);
  if (!efficiency.words.empty()) to["words"] = efficiency.words;
  if (efficiency.scaled.has_value()) to["value"] = ToJson(*efficiency.scaled);
  to["derivation"] = ToJson(efficiency.derivation);
  return to;
}

void AddIndicators(const std::vector<IndicatorScore>& from, Json& to) {
  for (const IndicatorScore& score : from) {
    Json indicator = {{"to_date", ToJson(score.to_date.achievement)},
                      {"year", ToJson(score.year.achievement)}};
    SetQuantity("target", score.to_date.target, indicator);
    SetQuantity("realization", score.to_date.realization, indicator);
    to[score.code] = std::move(indicator);
  }
}

// Codes by what they are about.
Json ToJson(const std::vector<Finding>& findings) {
  std::map<std::string, std::set<std::string>> codes;
  for (const Finding& finding : findings) codes[finding.subject].insert(finding.code);
  return codes.empty() ? Json::object() : Json(codes);
}

Json ToJson(const IndicatorComparison& comparison) {
  constexpr const char* kStandings[] = {"UNKNOWN", "BETTER", "SAME", "WORSE"};
  const auto standing = [&](Standing of) { return kStandings[static_cast<int>(of)]; };
  Json to = {{"trend", standing(comparison.trend)}, {"years", Json::object()}};
  for (const YearComparison& from : comparison.years) {
    Json year = {{"achievement", ToJson(from.achievement)},
                 {"definition_changed", from.definition_changed}};
    SetQuantity("target", from.target, year);
    SetQuantity("realization", from.realization, year);
    to["years"][absl::StrCat(from.year)] = std::move(year);
  }
  for (const QuarterComparison& from : comparison.quarters) {
    Json quarter = {{"achievement", ToJson(from.achievement)}};
    SetQuantity("target", from.target, quarter);
    SetQuantity("realization", from.realization, quarter);
    to["quarters"][absl::StrCat(from.quarter)] = std::move(quarter);
  }
  for (const ReferenceComparison& from : comparison.references) {
    to["references"].push_back({{"national", from.national},
                                {"value", from.value.value.ToFraction()},
                                {"standing", standing(from.standing)}});
  }
  if (comparison.final_target.has_value()) {
    const FinalTarget& from = *comparison.final_target;
    to["final_target"] = {{"year", from.year},
                          {"target", from.target.value.ToFraction()},
                          {"reached", ToJson(from.reached)},
                          {"met", from.met}};
    if (from.pace.has_value()) to["final_target"]["pace"] = from.pace->ToFraction();
  }
  return to;
}

}  // namespace

Json ToJson(const Scorecard& scorecard) {
  Json to = {{"achievement", ToJson(scorecard.achievement)},
             {"to_date", ToJson(scorecard.to_date)},
             {"budget", ToJson(scorecard.budget)},
             {"efficiency", ToJson(scorecard.efficiency)},
             {"closed", scorecard.closed},
             {"policy", scorecard.policy},
             {"indicators", Json::object()},
             {"sub_activities", Json::object()},
             {"documents", Json::array()},
             {"submissions", Json::array()},
             {"findings", ToJson(scorecard.findings)}};
  for (const ObjectiveScore& objective : scorecard.objectives) {
    AddIndicators(objective.indicators, to["indicators"]);
    for (const ProgramScore& program : objective.programs) {
      for (const ActivityScore& activity : program.activities) {
        for (const SubActivityScore& part : activity.sub_activities) {
          AddIndicators(part.indicators, to["indicators"]);
          to["sub_activities"][part.code] = ToJson(part.budget);
          to["sub_activities"][part.code]["efficiency"] = ToJson(part.efficiency);
        }
      }
    }
  }
  for (const DocumentRef& ref : scorecard.documents) to["documents"].push_back(ref.Versioned());
  for (const SubmissionRef& ref : scorecard.submissions) {
    to["submissions"].push_back(
        {{"name", ref.name}, {"revision", ref.revision}, {"verified", ref.verified}});
  }
  return to;
}

Json ToJson(const Comparisons& comparisons) {
  Json to = {{"indicators", Json::object()}, {"warnings", ToJson(comparisons.warnings)}};
  for (const IndicatorComparison& comparison : comparisons.indicators) {
    to["indicators"][comparison.code] = ToJson(comparison);
  }
  return to;
}

}  // namespace sakip::scoring::conformance
