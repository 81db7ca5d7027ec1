// Explaining figures, against servers with canned answers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/base/error.h"
#include "services/cli/commands/figure_argument.h"
#include "services/cli/testing_run.h"

namespace sakip::cli {
namespace {

using scoring::v1::FigureKey;
using ::testing::AllOf;
using ::testing::HasSubstr;

class RunExplainTest : public RunTest {
 protected:
  RunExplainTest() {
    auto& response = explain_.ExplainFigure_.response;
    response.mutable_read()->set_planning(12);
    response.mutable_read()->set_realization(34);
    auto& root = *response.mutable_explanation();
    root.add_texts()->set_text("Capaian tahun instansi: 99,94 %");
    root.add_steps()->add_texts()->set_text("Capaian adalah rata-rata: 100 = 100 %.");
    auto& child = *root.add_children();
    child.add_texts()->set_text("Capaian tahun sasaran S1: 100 %");
    auto& named = *child.add_children();
    named.set_left_out(true);
    named.mutable_key()->set_code("IKU1");
    named.mutable_figure()->set_value("100.00");
  }

  Outcome Explain(std::vector<std::string> more) {
    std::vector<std::string> args = {"explain", kDinsos, "--year", "2023", "--quarter", "4"};
    args.insert(args.end(), more.begin(), more.end());
    return Run(args);
  }
};

TEST_F(RunExplainTest, ShowsTheTree) {
  const Outcome outcome = Explain({"agency"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out,
            "Capaian tahun instansi: 99,94 %\n"
            "   1. Capaian adalah rata-rata: 100 = 100 %.\n"
            "  Capaian tahun sasaran S1: 100 %\n"
            "    IKU1: 100.00 (tidak dijabarkan di sini; minta tersendiri)\n");
  const auto& request = explain_.ExplainFigure_.requests.at(0);
  EXPECT_EQ(request.name(), std::string(kDinsos) + "/scorecards/2023Q4");
  EXPECT_EQ(request.figure().level(), FigureKey::LEVEL_AGENCY);
  EXPECT_EQ(request.languages(0), scoring::v1::LANGUAGE_INDONESIAN);
}

// Between two calls something may be recorded; the answers must not tell two states.
TEST_F(RunExplainTest, AsksForAllFiguresOfOneState) {
  EXPECT_EQ(Explain({"IKU1", "objective/S1:efficiency", "--lang", "en", "--depth", "2"}).code, 0);

  const auto& requests = explain_.ExplainFigure_.requests;
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_FALSE(requests[0].has_as_of());
  EXPECT_EQ(requests[0].languages(0), scoring::v1::LANGUAGE_ENGLISH);
  EXPECT_EQ(requests[0].max_depth(), 2);
  EXPECT_EQ(requests[1].as_of().positions().realization(), 34);
  EXPECT_EQ(requests[1].figure().kind(), FigureKey::KIND_EFFICIENCY);
}

TEST_F(RunExplainTest, LetsNoTextMoveTheTerminal) {
  auto& root = *explain_.ExplainFigure_.response.mutable_explanation();
  root.mutable_texts(0)->set_text("a\x1b[2J");
  root.mutable_steps(0)->mutable_texts(0)->set_text("b\x1b[2J");

  EXPECT_THAT(Explain({"agency"}).out, ::testing::Not(HasSubstr("\x1b")));
}

TEST_F(RunExplainTest, RefusesWhatIsNoFigure) {
  for (const char* figure : {"", "planet/S1", "objective/", "IKU1:colour", "agency/x", ":rating"}) {
    const Outcome outcome = Explain({figure});
    EXPECT_EQ(outcome.code, 2) << figure;
  }
  EXPECT_THAT(Explain({"IKU1:colour"}).err, HasSubstr("achievement, to-date, absorption"));
  EXPECT_EQ(Explain({"IKU1", "--prove"}).code, 2) << "no key is trusted";
  EXPECT_EQ(Explain({"IKU1", "IKU2", "--output", "json"}).code, 2);
  explain_.ExplainFigure_.error = InvalidField("figure.code", "is 'IKU9'");
  const Outcome unknown = Explain({"IKU9"});
  EXPECT_EQ(unknown.code, 1);
  EXPECT_THAT(unknown.err, AllOf(HasSubstr("IKU9"), HasSubstr("INVALID_FIELD")));
}

TEST(ParseFigure, TakesTheUsualKindOfALevel) {
  EXPECT_EQ(ParseFigure("IKU1")->level(), FigureKey::LEVEL_INDICATOR);
  EXPECT_EQ(ParseFigure("IKU1")->kind(), FigureKey::KIND_ACHIEVEMENT);
  EXPECT_EQ(ParseFigure("sub-activity/a.b-1")->code(), "a.b-1");
  EXPECT_EQ(ParseFigure("sub-activity/a.b-1")->kind(), FigureKey::KIND_ABSORPTION);
  EXPECT_EQ(ParseFigure("agency:rating-to-date")->kind(), FigureKey::KIND_RATING_TO_DATE);
}

}  // namespace
}  // namespace sakip::cli
