// scoring_driver scores small agencies, one line in and one line out, so that a model in another
// language can be compared with the scoring domain.
//
// A line is a head and one or more nodes, separated by `|`; each is a list of key=value, separated
// by blanks. Every unit is `%`.
//   head       quarter=1..4 closed=0|1 policy=permenpanrb-53-2014 clamp=0..100|none digits=2
//              coverage=qy-q   a letter a quarter: quarter alone, year to date, nothing submitted
//   indicator  level=objective|output formula=POSITIVE aggregation=SUM target=90.2 upper=95
//              weight=2 na=1 ratio=1 fall=1 quarters=1:10,4:80 values=1:5,2:9/10,3:90%,4:NA
//              where `5?` is 5 in another unit
//   budget     budget=1000 spent=1:10,4:900
// The answer has a part for each node and one for the agency, separated by `|`. A figure is written
// `STATE exact printed`, an achievement `figure rating met unclamped` with the unclamped figure
// without its state. An indicator: target to date, realization to date, achievement to date, that
// of the year, separated by `;`, and the codes of its findings. `-` where there is nothing.
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/base/log.h"
#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring::testing {
namespace {

using Keys = std::map<std::string, std::string>;

const std::map<std::string, Formula> kFormulas = {{"POSITIVE", Formula::kPositive},
                                                  {"NEGATIVE", Formula::kNegative},
                                                  {"INVERSE", Formula::kInverse},
                                                  {"RANGE", Formula::kRange},
                                                  {"RANGE_NEGATIVE", Formula::kRangeNegative}};

const std::map<std::string, TimeAggregation> kAggregations = {
    {"SUM", TimeAggregation::kSum},         {"LAST", TimeAggregation::kLast},
    {"AVERAGE", TimeAggregation::kAverage}, {"MAX", TimeAggregation::kMax},
    {"MIN", TimeAggregation::kMin},         {"CONSTANT", TimeAggregation::kConstant}};

Keys Parse(absl::string_view part) {
  Keys keys;
  for (const absl::string_view word : absl::StrSplit(part, ' ', absl::SkipEmpty())) {
    keys.insert(absl::StrSplit(word, absl::MaxSplits('=', 1)));
  }
  return keys;
}

// `1:10,4:80` by quarter.
std::map<int, std::string> ByQuarter(const std::string& text) {
  std::map<int, std::string> result;
  for (const absl::string_view word : absl::StrSplit(text, ',', absl::SkipEmpty())) {
    result[word[0] - '0'] = std::string(word.substr(2));
  }
  return result;
}

RealizedIndicator Value(const std::string& text) {
  if (text == "NA") return NotApplicable();
  if (text.ends_with('?')) return Quantity(text.substr(0, text.size() - 1), "orang");
  if (text.ends_with('%')) return Percentage(text.substr(0, text.size() - 1));
  const size_t slash = text.find('/');
  if (slash == std::string::npos) return Quantity(text, "%");
  return Ratio(text.substr(0, slash), text.substr(slash + 1));
}

void ReadHead(Keys head, Facts& facts) {
  facts.policy = *policy::FindBuiltIn(absl::StrCat("policies/", head["policy"], "/versions/1"));
  SAKIP_CHECK(absl::SimpleAtoi(head["digits"], &facts.policy.digits));
  facts.policy.clamps.clear();
  if (head["clamp"] != "none") {
    const std::vector<std::string> bounds = absl::StrSplit(head["clamp"], "..");
    facts.policy.clamps[Level::kObjective] = {D(bounds[0]), D(bounds[1])};
  }
  if (head["closed"] == "1") facts.Close(head["quarter"][0] - '0');
  for (int quarter = 1; quarter <= 4; ++quarter) {
    const char coverage = head["coverage"][quarter - 1];
    if (coverage == '-') continue;
    facts.Submit(quarter, coverage == 'y' ? Coverage::kYearToDate : Coverage::kQuarter);
  }
}

void ReadBudget(Keys keys, const std::string& code, Facts& facts) {
  Indicator nothing = MakeIndicator(code, "0", "%");
  nothing.not_applicable_reason = "only the money counts";
  facts.Output(nothing, keys["budget"]);
  for (const auto& [quarter, spent] : ByQuarter(keys["spent"])) {
    facts.submissions.by_quarter.at(quarter).budgets[code].realized = D(spent);
  }
}

void ReadIndicator(Keys keys, const std::string& code, Facts& facts) {
  Indicator indicator = MakeIndicator(code, keys["target"], "%");
  if (keys.contains("upper")) indicator.target_upper = Measure{D(keys["upper"]), "%"};
  indicator.formula = kFormulas.at(keys["formula"]);
  indicator.time_aggregation = kAggregations.at(keys["aggregation"]);
  if (keys.contains("weight")) indicator.weight = D(keys["weight"]);
  if (keys.contains("na")) indicator.not_applicable_reason = "declared";
  indicator.is_ratio = keys.contains("ratio");
  indicator.may_fall = keys.contains("fall");
  if (keys.contains("quarters")) {
    facts.Quarters(code, keys["target"], ByQuarter(keys["quarters"]), "%");
  }
  for (const auto& [quarter, value] : ByQuarter(keys["values"])) {
    facts.submissions.by_quarter.at(quarter).indicators[code] = Value(value);
  }
  if (keys["level"] == "objective") {
    facts.Key(std::move(indicator));
  } else {
    facts.Output(std::move(indicator), "0");
  }
}

std::string Write(const Figure& figure) {
  return absl::StrCat(figure.exact.has_value() ? figure.exact->ToFraction() : "-", " ",
                      figure.printed.empty() ? "-" : figure.printed);
}

std::string Write(const Achievement& achievement) {
  return absl::StrCat(StateName(achievement.figure.state), " ", Write(achievement.figure), " ",
                      achievement.rating.empty() ? "-" : achievement.rating, " ",
                      achievement.met ? "met" : "-", " ", Write(achievement.unclamped));
}

std::string Write(const std::optional<scoring::Quantity>& quantity) {
  return quantity.has_value() ? quantity->value.ToFraction() : "-";
}

std::string WriteIndicator(const Scorecard& scorecard, const std::string& code) {
  const IndicatorScore& score = Find(scorecard, code);
  std::set<std::string> codes;
  for (const Finding& finding : scorecard.findings) {
    if (finding.subject == code) codes.insert(finding.code);
  }
  return absl::StrCat(Write(score.to_date.target), ";", Write(score.to_date.realization), ";",
                      Write(score.to_date.achievement), ";", Write(score.year.achievement), ";",
                      codes.empty() ? "-" : absl::StrJoin(codes, ","));
}

std::string WriteBudget(const Scorecard& scorecard, const std::string& code) {
  const ActivityScore& activity = scorecard.objectives[0].programs[0].activities[0];
  for (const SubActivityScore& sub_activity : activity.sub_activities) {
    if (sub_activity.code != code) continue;
    const Figure& absorption = sub_activity.budget.absorption;
    return absl::StrCat(StateName(absorption.state), " ", Write(absorption));
  }
  SAKIP_CHECK(false);
}

std::string Run(absl::string_view line) {
  const std::vector<std::string> parts = absl::StrSplit(line, '|');
  Keys head = Parse(parts[0]);
  Facts facts;
  ReadHead(head, facts);
  for (size_t i = 1; i < parts.size(); ++i) {
    const Keys keys = Parse(parts[i]);
    (keys.contains("budget") ? ReadBudget : ReadIndicator)(keys, absl::StrCat("n", i), facts);
  }
  const Scorecard scorecard = facts.At(head["quarter"][0] - '0');
  std::string answer;
  for (size_t i = 1; i < parts.size(); ++i) {
    const std::string code = absl::StrCat("n", i);
    const bool budget = Parse(parts[i]).contains("budget");
    absl::StrAppend(&answer,
                    budget ? WriteBudget(scorecard, code) : WriteIndicator(scorecard, code), "|");
  }
  return absl::StrCat(answer, Write(scorecard.achievement), ";", Write(scorecard.to_date));
}

}  // namespace
}  // namespace sakip::scoring::testing

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << sakip::scoring::testing::Run(line) << '\n';
  }
  return 0;
}
