#include "services/cli/yaml/yaml_message.h"

#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "sakip/planning/v1/document.pb.h"
#include "sakip/realization/v1/submission.pb.h"

namespace sakip::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> IssuesOf(absl::string_view text, google::protobuf::Message& message) {
  const ParsedYaml parsed = ParseYaml(text);
  FieldPositions positions;
  std::vector<std::string> lines;
  for (const FileIssue& issue : ReadMessage(parsed.root, message, positions)) {
    lines.push_back(FormatIssue("f", issue));
  }
  return lines;
}

std::vector<std::string> SubmissionIssues(absl::string_view text) {
  realization::v1::Submission message;
  return IssuesOf(text, message);
}

TEST(ReadMessage, FillsEveryKindOfField) {
  planning::v1::PlanDocument document;

  EXPECT_THAT(IssuesOf(R"(name: regions/35.09/agencies/dinsos/annualPlans/2023
effective_date: 2023-01-02
annual_plan:
  year: 2023
  objectives:
    - code: S1
      indicators:
        - code: IKU1
          target: {value: 90.20, unit: '%'}
          time_aggregation: last
          formula: FORMULA_NEGATIVE
          may_fall: true
          responsible_units: [a, b]
)",
                       document),
              IsEmpty());

  EXPECT_EQ(document.effective_date(), "2023-01-02");
  EXPECT_EQ(document.annual_plan().year(), 2023);
  const auto& indicator = document.annual_plan().objectives(0).indicators(0);
  EXPECT_EQ(indicator.target().value(), "90.20");
  EXPECT_EQ(indicator.time_aggregation(), types::v1::TIME_AGGREGATION_LAST);
  EXPECT_EQ(indicator.formula(), types::v1::FORMULA_NEGATIVE);
  EXPECT_TRUE(indicator.may_fall());
  EXPECT_THAT(indicator.responsible_units(), ElementsAre("a", "b"));
}

TEST(ReadMessage, KeepsWordsThatYamlTakesForOtherThings) {
  realization::v1::Submission submission;

  EXPECT_THAT(IssuesOf("reason: no\nsource: 0x10\nname: 1e3\n", submission), IsEmpty());

  EXPECT_EQ(submission.reason(), "no");
  EXPECT_EQ(submission.source(), "0x10");
  EXPECT_EQ(submission.name(), "1e3");
}

TEST(ReadMessage, NamesTheNearestFieldForAnUnknownKey) {
  EXPECT_THAT(SubmissionIssues("indicators:\n  - indicator_cod: x\n"),
              ElementsAre("f:2:5: indicators[0].indicator_cod: is no field of "
                          "IndicatorRealization; the nearest is indicator_code"));
  EXPECT_THAT(SubmissionIssues("logPosition: 3\n"),
              ElementsAre(HasSubstr("the nearest is log_position")));
}

TEST(ReadMessage, RefusesAKeyGivenTwice) {
  EXPECT_THAT(SubmissionIssues("name: a\nreason: b\nname: c\n"),
              ElementsAre("f:3:1: name: is given twice; keep one"));
}

TEST(ReadMessage, RefusesWrongKinds) {
  EXPECT_THAT(
      SubmissionIssues("name: [a]\nindicators: {a: b}\nbudgets: [x]\nreason:\nsource: {}\n"),
      ElementsAre("f:1:7: name: is a list; it takes a text",
                  "f:2:13: indicators: is a map; it takes a list; each item starts with `- `",
                  "f:3:11: budgets[0]: is a single value; it takes a map of field names and values",
                  "f:4:1: reason: is empty; it takes a text",
                  "f:5:9: source: is a map; it takes a text"));
  EXPECT_THAT(SubmissionIssues("- a\n"),
              ElementsAre("f:1:1: is a list; it takes a map of field names and values"));
}

TEST(ReadMessage, RefusesWordsThatAreNoValueOfTheField) {
  planning::v1::ActionPlan plan;
  for (const char* number : {"12x", "2023.0", "+3", "' 3'", "0x7e7", "99999999999", "''", "'-'"}) {
    EXPECT_THAT(IssuesOf(absl::StrCat("year: ", number, "\n"), plan),
                ElementsAre(HasSubstr("f:1:7: year: is")))
        << number;
  }
  EXPECT_THAT(
      SubmissionIssues("revision: -1\n"),
      ElementsAre("f:1:11: revision: is `-1`; it takes a whole number that is not negative"));
  EXPECT_THAT(SubmissionIssues("illustrative: yes\n"),
              ElementsAre("f:1:15: illustrative: is `yes`; it takes true or false"));
  EXPECT_THAT(SubmissionIssues("coverage: year\n"),
              ElementsAre("f:1:11: coverage: is `year`; it takes quarter or year_to_date"));
  EXPECT_THAT(SubmissionIssues("coverage: COVERAGE_UNSPECIFIED\n"),
              ElementsAre(HasSubstr("it takes quarter or year_to_date")));
  EXPECT_THAT(SubmissionIssues("coverage: 1\n"), ElementsAre(HasSubstr("coverage: is `1`")));
}

TEST(ReadMessage, RefusesTwoOfAOneof) {
  EXPECT_THAT(SubmissionIssues("indicators:\n- {quantity: 1, percentage: 2}\n"),
              ElementsAre("f:2:17: indicators[0].percentage: stands beside quantity; give only one "
                          "of the two"));
}

TEST(ReadMessage, RefusesFieldsThatNoFileCanGive) {
  EXPECT_THAT(SubmissionIssues("submit_time: 2023-01-01T00:00:00Z\n"),
              ElementsAre("f:1:14: submit_time: cannot be given in a file; leave it out"));
  google::protobuf::Struct with_map;
  EXPECT_THAT(IssuesOf("fields: {a: 1}\n", with_map),
              ElementsAre("f:1:9: fields: cannot be given in a file; leave it out"));
}

TEST(ReadMessage, CollectsEveryFaultInTheOrderOfTheFile) {
  EXPECT_THAT(SubmissionIssues("nam: a\ncoverage: x\nindicators:\n- unit: []\n- quantiti: 1\n"),
              ElementsAre(HasSubstr("f:1:1: nam"), HasSubstr("f:2:11: coverage"),
                          HasSubstr("f:4:9: indicators[0].unit"),
                          HasSubstr("f:5:3: indicators[1].quantiti")));
}

TEST(ReadMessage, CountsFaultsBeyondTheHundredth) {
  std::string text;
  for (int i = 0; i < 150; ++i) absl::StrAppend(&text, "x", i, ": 1\n");

  const std::vector<std::string> lines = SubmissionIssues(text);

  ASSERT_EQ(lines.size(), 101u);
  EXPECT_EQ(lines.back(), "f:150:1: and 50 more faults up to here");
}

TEST(ReadMessage, QuotesOnlyTheStartOfALongText) {
  const std::string text =
      absl::StrCat("revision: ", std::string(5000, 'x'), "\n", std::string(900, 'y'), ": 1\n");
  for (const std::string& line : SubmissionIssues(text)) EXPECT_LT(line.size(), 250u) << line;
}

TEST(FieldPositions, FindTheFieldOrWhatIsAroundIt) {
  const ParsedYaml parsed = ParseYaml("name: a\nindicators:\n- unit: x\n- unit: y\n");
  realization::v1::Submission message;
  FieldPositions positions;
  ASSERT_THAT(ReadMessage(parsed.root, message, positions), IsEmpty());

  EXPECT_EQ(positions.Find("indicators[1].unit"), (FilePosition{4, 3}));
  EXPECT_EQ(positions.Find("indicators[1].ratio.numerator"), (FilePosition{4, 3}));
  EXPECT_EQ(positions.Find("indicators[7].unit"), (FilePosition{2, 1}));
  EXPECT_EQ(positions.Find("coverage"), std::nullopt);
  EXPECT_EQ(positions.Find(""), std::nullopt);
}

}  // namespace
}  // namespace sakip::cli
