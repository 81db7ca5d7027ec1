// Reviewing a printed report, against a server with canned answers.

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "common/base/error.h"
#include "services/cli/testing_run.h"

namespace sakip::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kReport[] = R"(scorecard: regions/35.09/agencies/dinsos/scorecards/2023Q4
tables:
  - name: Tabel 3.6
    columns:
      - { name: target, format: indonesian }
      - name: achievement
        format: decimal_point
        unit: "%"
        claims:
          - quotient:
              dividend: { cell: { column: realization } }
              divisor: { cell: { column: target } }
              other_divisors: [ { plan: { document: action_plan, value: target } } ]
              against_target: true
          - equals: { scorecard: { value: achievement } }
    figures:
      - { row: SK1, column: target, printed: "1.500 orang", place: l.818 }
      - { row: SK1, column: achievement, printed: "98 %", place: l.818 }
)";

constexpr char kDifference[] = R"pb(
  finding {
    code: "PRINTED_WRONG_BASE"
    severity: SEVERITY_ERROR
    subject: "SK1"
    figures { value: "68 %" location: "Tabel 3.6 SK1.achievement (l.735)" }
    figures { value: "61.818181818181 %" location: "Tabel 3.6 SK1.a / Tabel 3.6 SK1.b" }
    figures {
      value: "100 orang"
      location: "regions/35.09/agencies/dinsos/actionPlans/2023@1 lines[SK1].year_target"
    }
  }
  table: "Tabel 3.6"
  row: "SK1"
  column: "achievement"
  place: "l.735"
  printed: "68 %"
  computed_exact: "680/11"
  computed_digits: "61.818181818181"
  unit: "%"
  derivation {
    kind: KIND_FORMULA
    subject: "achievement"
    expression: "68 / 110 x 100"
    result: "680/11"
  }
)pb";

class RunReportTest : public RunTest {
 protected:
  void Answer(const char* difference) {
    auto& response = review_.ReviewReport_.response;
    ASSERT_TRUE(
        google::protobuf::TextFormat::ParseFromString(difference, response.add_differences()));
  }
};

TEST_F(RunReportTest, SendsTheFileAndAsksForTheNewest) {
  planning_log_.GetHead_.response.set_end_position(7);
  realization_log_.GetHead_.response.set_end_position(9);
  review_.ReviewReport_.response.set_figure_count(2);

  const Outcome outcome = Run({"report", "review", Write("r.yaml", kReport)});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out,
            "0 perbedaan pada 0 angka; diperiksa 0 pernyataan tentang 2 angka tercetak\n");
  const auto& request = review_.ReviewReport_.requests.at(0);
  EXPECT_EQ(request.scorecard(), "regions/35.09/agencies/dinsos/scorecards/2023Q4");
  EXPECT_EQ(request.tables(0).figures(0).printed(), "1.500 orang");
  const auto& quotient = request.tables(0).columns(1).claims(0).quotient();
  EXPECT_TRUE(quotient.against_target());
  EXPECT_EQ(quotient.other_divisors(0).plan().document(),
            scoring::v1::PlanFigure::DOCUMENT_ACTION_PLAN);
  EXPECT_EQ(request.at_least().planning(), 7);
  EXPECT_EQ(request.at_least().realization(), 9);

  Run({"report", "review", Write("r.yaml", kReport), "--no-fresh"});
  EXPECT_FALSE(review_.ReviewReport_.requests.at(1).has_at_least());
}

TEST_F(RunReportTest, ShowsDifferencesAndFails) {
  Answer(kDifference);
  Answer(R"pb(
    finding {
      code: "PRINTED_UNIT_MISSING"
      severity: SEVERITY_INFO
      figures { value: "87.6" location: "x" }
      figures { value: "26.1" location: "y" }
    }
    table: "Tabel 3.8"
    row: "SK2"
    column: "absorption"
    printed: "87.6"
  )pb");
  Answer(R"pb(
    finding {
      code: "PRINTED_CONTRADICTS"
      severity: SEVERITY_ERROR
      figures { value: "5" }
      figures {
        value: "6"
        location: "regions/35.09/agencies/dinsos/annualPlans/2023@1 sub_activities[SK2].budget"
      }
    }
    table: "Tabel 3.8"
    row: "SK2"
    column: "budget"
    printed: "5"
    computed_exact: "6"
    computed_digits: "6"
    unit: "Rp"
  )pb");

  const Outcome outcome = Run({"report", "review", Write("r.yaml", kReport)});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("Tabel 3.6\n"), HasSubstr("SK1 achievement, l.735"),
                                 HasSubstr("61,8181… %"), HasSubstr("dasar lain"),
                                 HasSubstr("68 / 110 x 100; cocok dengan"),
                                 HasSubstr("100 orang actionPlans/2023@1")));
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("Tabel 3.8\n"), HasSubstr("tanpa satuan"), HasSubstr("2 angka"),
                    HasSubstr("Rp6"), HasSubstr("annualPlans/2023@1")));
  EXPECT_THAT(outcome.out, HasSubstr("3 perbedaan pada 3 angka"));
}

TEST_F(RunReportTest, LetsNoFigureMoveTheTerminal) {
  Answer("table: \"a\\033[31m\" printed: \"b\\033[31m\" finding { code: \"c\\033[31m\" }");

  EXPECT_THAT(Run({"report", "review", Write("r.yaml", kReport)}).out, Not(HasSubstr("\x1b")));
}

TEST_F(RunReportTest, PrintsJsonForPrograms) {
  Answer(kDifference);

  const Outcome outcome = Run({"report", "review", Write("r.yaml", kReport), "--output", "json"});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("\"computedExact\": \"680/11\""));
}

TEST_F(RunReportTest, TellsWhatIsWrongAtItsPlace) {
  review_.ReviewReport_.error = InvalidField("tables[0].figures[1].printed", "is no number");

  const Outcome refused = Run({"report", "review", Write("r.yaml", kReport)});
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, HasSubstr("r.yaml:18:"));

  const std::string waits = std::string(kReport) + "at_least: { planning: 1 }\n";
  const Outcome bad = Run({"report", "review", Write("w.yaml", waits)});
  EXPECT_EQ(bad.code, 2);
  EXPECT_THAT(bad.err, HasSubstr("w.yaml:19:1: at_least: is said on the command line"));

  EXPECT_THAT(Run({"plan", "publish", Write("r.yaml", kReport)}).err,
              HasSubstr("is a printed report and not a plan; `sakipctl report review` takes it"));
  EXPECT_EQ(review_.ReviewReport_.requests.size(), 1u);
}

}  // namespace
}  // namespace sakip::cli
