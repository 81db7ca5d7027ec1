// scoring_driver answers the questions of the conformance kit (README.md) with scoring's own code:
// a question becomes the events of both logs, which go through the projection and the history fold
// before they are scored. One line of JSON in, one out.
#include <iostream>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "services/scoring/domain/own_policy.h"
#include "services/scoring/domain/score.h"
#include "tests/conformance/answer.h"
#include "tests/conformance/documents.h"
#include "tests/conformance/question.h"

namespace sakip::scoring::conformance {
namespace {

constexpr int kDefaultYear = 2023;

Period PeriodOf(const Json& question) {
  return {question.value("year", kDefaultYear), question.value("quarter", 4)};
}

AsOf AsOfOf(const Json& question) {
  AsOf as_of;
  const Json from = Part(question, "as_of");
  if (from.contains("planning")) as_of.planning = from.at("planning");
  if (from.contains("realization")) as_of.realization = from.at("realization");
  if (from.contains("time")) as_of.time = absl::FromUnixSeconds(from.at("time"));
  return as_of;
}

AgencyYear Load(const Logs& logs, const Json& question) {
  const bool verified = Text(question, "basis", "SUBMITTED") == "VERIFIED";
  auto facts = logs.projection().Load(kAgency, PeriodOf(question).year, AsOfOf(question),
                                      verified ? Basis::kVerified : Basis::kSubmitted);
  SAKIP_CHECK(facts.ok());
  return *std::move(facts);
}

Json AnswerScorecard(const Logs& logs, const Json& question) {
  const AgencyYear facts = Load(logs, question);
  const Period period = PeriodOf(question);
  const Policy policy = question.contains("policy")
                            ? ToPolicy(question.at("policy"))
                            : OwnPolicy(facts.plans, facts.submissions, period);
  const std::optional<Scorecard> card = Score(facts.plans, facts.submissions, policy, period);
  return card.has_value() ? ToJson(*card) : Json::object();
}

Json AnswerComparison(const Json& question) {
  const auto [year, quarter] = PeriodOf(question);
  Logs logs;
  if (question.contains("strategic_targets")) {
    logs.AddStrategicTargets(question.at("strategic_targets"), year);
  }
  for (const auto& [of, facts] : question.at("years").items()) {
    logs.AddYear(facts, std::stoi(of), std::stoi(of) == year ? quarter : 4);
  }
  logs.Read();
  std::map<int, AgencyYear> loaded;
  for (int of = year - 2; of <= year; ++of) {
    loaded.emplace(of, *logs.projection().Load(kAgency, of));
  }
  const Policy policy = ToPolicy(Part(question, "policy"));
  std::vector<YearFacts> before;
  const auto facts_of = [&](int of) {
    const AgencyYear& facts = loaded.at(of);
    return YearFacts{of, &facts.plans, &facts.submissions, &policy};
  };
  for (int of = year - 2; of < year; ++of) before.push_back(facts_of(of));
  return ToJson(CompareKeyIndicators(facts_of(year), before,
                                     ToReferences(Part(question, "references")), quarter));
}

Json Answer(const Json& question) {
  const std::string kind = question.at("kind");
  if (kind == "comparison") return AnswerComparison(question);
  Logs logs;
  const auto [year, quarter] = PeriodOf(question);
  if (kind == "scorecard") {
    logs.AddYear(question, year, quarter);
    logs.Read();
  } else {
    logs.AddPlanning(question.at("planning"), year);
    logs.AddRealization(question.at("realization"), year);
    logs.Read(question.value("batch", size_t{1000}));
  }
  return AnswerScorecard(logs, question);
}

Json Respond(const Json& question) {
  Json response = {{"id", question.at("id")}};
  const std::string kind = question.value("kind", "");
  if (kind == "scorecard" || kind == "comparison" || kind == "history") {
    response["answer"] = Answer(question);
  } else {
    response["unsupported"] = absl::StrCat("questions of kind '", kind, "'");
  }
  return response;
}

}  // namespace
}  // namespace sakip::scoring::conformance

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << sakip::scoring::conformance::Respond(nlohmann::json::parse(line)) << std::endl;
  }
  return 0;
}
