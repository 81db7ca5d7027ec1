#include "services/cli/csv/plan_table.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace sakip::cli {
namespace {

using planning::v1::PlanDocument;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// All that is required, and a column for each kind of thing that is not.
constexpr char kHeader[] =
    "objective_code;objective_name;program_code;program_name;activity_code;activity_name;"
    "sub_activity_code;sub_activity_name;budget;part_kind;part_source;part_amount;indicator_code;"
    "indicator_name;target;unit;formula;target_upper;responsible_units\n";
constexpr char kObjective[] = "S1;Sasaran;;;;;;;;;;;IKU1;Persentase;90,2;%;;;a b\n";
constexpr char kSubActivity[] =
    "S1;;P1;Program;K1;Kegiatan;K1.1;Sub;Rp25.000,-;operating;DAU;20.000;out;Jumlah;1.813;orang;"
    "range;2.000;\n";
constexpr char kMore[] = "S1;;P1;;K1;;K1.1;;;capital;DBHCHT;5.000;out2;Jumlah lain;5;unit;;;\n";

std::vector<std::string> Lines(const ReadTable& read) {
  std::vector<std::string> lines;
  for (const FileIssue& issue : read.issues) lines.push_back(FormatIssue("rkt.csv", issue));
  return lines;
}

std::vector<std::string> AnnualPlanIssues(absl::string_view text) {
  PlanDocument document;
  return Lines(
      ReadPlanTable(text, PlanTableKind::kAnnualPlan, NumberFormat::kIndonesian, document));
}

std::vector<std::string> ActionPlanIssues(absl::string_view text) {
  PlanDocument document;
  return Lines(
      ReadPlanTable(text, PlanTableKind::kActionPlan, NumberFormat::kIndonesian, document));
}

TEST(ReadPlanTable, ReadsEveryLevelOfAnAnnualPlan) {
  PlanDocument document;
  const ReadTable read =
      ReadPlanTable(absl::StrCat(kHeader, kObjective, kSubActivity, kMore),
                    PlanTableKind::kAnnualPlan, NumberFormat::kIndonesian, document);

  ASSERT_THAT(Lines(read), IsEmpty());
  ASSERT_EQ(document.annual_plan().objectives_size(), 1);
  const auto& objective = document.annual_plan().objectives(0);
  EXPECT_EQ(objective.display_name(), "Sasaran");
  EXPECT_EQ(objective.indicators(0).target().value(), "90.2");
  EXPECT_THAT(objective.indicators(0).responsible_units(), ElementsAre("a", "b"));
  const auto& sub = objective.programs(0).activities(0).sub_activities(0);
  EXPECT_EQ(sub.budget(), "25000");
  ASSERT_EQ(sub.budget_parts_size(), 2);
  EXPECT_EQ(sub.budget_parts(1).expenditure_kind(), types::v1::EXPENDITURE_KIND_CAPITAL);
  EXPECT_EQ(sub.budget_parts(1).amount(), "5000");
  ASSERT_EQ(sub.indicators_size(), 2);
  EXPECT_EQ(sub.indicators(0).target_upper().value(), "2000");
  EXPECT_EQ(sub.indicators(0).target_upper().unit(), "orang");
  EXPECT_EQ(sub.indicators(1).code(), "out2");
}

TEST(ReadPlanTable, KnowsTheCellOfEachField) {
  PlanDocument document;
  const ReadTable read =
      ReadPlanTable(absl::StrCat(kHeader, kObjective, kSubActivity, kMore),
                    PlanTableKind::kAnnualPlan, NumberFormat::kIndonesian, document);
  const std::string sub = "annual_plan.objectives[0].programs[0].activities[0].sub_activities[0]";

  EXPECT_EQ(read.positions.Find(sub + ".budget"), (FilePosition{3, 9}));
  EXPECT_EQ(read.positions.Find(sub + ".indicators[1].target.value"), (FilePosition{4, 15}));
  EXPECT_EQ(read.positions.Find(sub + ".budget_parts[1].amount"), (FilePosition{4, 12}));
  // What has no cell stands where the thing that it is of begins.
  EXPECT_EQ(read.positions.Find(sub + ".display_name"), (FilePosition{3, 8}));
  EXPECT_EQ(read.positions.Find("annual_plan.objectives[0].programs[0].nomenclature_code"),
            (FilePosition{3, 3}));
}

TEST(ReadPlanTable, ReadsTheQuartersOfAnActionPlan) {
  PlanDocument document;
  const ReadTable read = ReadPlanTable(
      "indicator_code,year_target,unit,tw1,tw2,tw3,tw4,quarter_unit,# nama\n"
      "out,1813,orang,,500,,1313,,Jumlah\n"
      "tmp,100,%,15,,,,TMP,Makam\n",
      PlanTableKind::kActionPlan, NumberFormat::kPlain, document);

  ASSERT_THAT(Lines(read), IsEmpty());
  ASSERT_EQ(document.action_plan().lines_size(), 2);
  const auto& line = document.action_plan().lines(0);
  EXPECT_EQ(line.year_target().value(), "1813");
  ASSERT_EQ(line.quarters_size(), 2);
  EXPECT_EQ(line.quarters(1).quarter(), 4);
  EXPECT_EQ(line.quarters(1).target().value(), "1313");
  EXPECT_EQ(line.quarters(1).target().unit(), "orang");
  EXPECT_EQ(document.action_plan().lines(1).quarters(0).target().unit(), "TMP");
  EXPECT_EQ(read.positions.Find("action_plan.lines[0].quarters[1].target.value"),
            (FilePosition{2, 7}));
}

TEST(ReadPlanTable, NamesWrongColumns) {
  EXPECT_THAT(
      ActionPlanIssues("indicator_code;year_target;unit;tw1;tw2;tw3;tw4;quarter_units;tw1;\n"),
      ElementsAre(HasSubstr("rkt.csv:1:8: quarter_units: is no column; the nearest is "
                            "quarter_unit"),
                  "rkt.csv:1:9: tw1: is given twice; keep one",
                  HasSubstr("rkt.csv:1:10: the column has no name")));
  EXPECT_THAT(ActionPlanIssues("indicator_code;target;tw1;tw2;tw3;tw4\nx;1;2;3;4;5\n"),
              ElementsAre("rkt.csv:1:1: the column year_target is missing from the header",
                          "rkt.csv:1:1: the column unit is missing from the header",
                          HasSubstr("rkt.csv:1:2: target: is no column; the nearest is")));
}

TEST(ReadPlanTable, AnErrorOfASpreadsheetIsNoRemark) {
  EXPECT_THAT(
      ActionPlanIssues("#REF!;indicator_code;year_target;unit;tw1;tw2;tw3;tw4;#nama;# nama;#\n"),
      ElementsAre(HasSubstr("rkt.csv:1:1: begins with `#REF!`, which looks like an error of the"),
                  HasSubstr("rkt.csv:1:9: begins with `#nama`, which is no remark")));
}

TEST(ReadPlanTable, TellsEveryWrongCellAtOnceByRowAndColumn) {
  EXPECT_THAT(
      AnnualPlanIssues(absl::StrCat(
          kHeader, "S1;Sasaran;;;;;;;;;;;IKU1;Persentase;90.2;%;positif;;\n",
          "S1;;P1;Program;K1;Kegiatan;K1.1;Sub;25000.00;belanja;;;out;Jumlah;5;orang;;;\n")),
      ElementsAre(HasSubstr("rkt.csv:2:15: target: is `90.2`; it takes an Indonesian number"),
                  HasSubstr("rkt.csv:2:17: formula: is `positif`; it takes positive, negative"),
                  HasSubstr("rkt.csv:3:9: budget: is `25000.00`; it takes an Indonesian number"),
                  HasSubstr("rkt.csv:3:10: part_kind: is `belanja`; it takes operating, "
                            "capital, contingency or transfer")));
}

TEST(ReadPlanTable, RefusesRowsWhoseCodesDoNotSayWhatTheyAreAbout) {
  EXPECT_THAT(
      AnnualPlanIssues(absl::StrCat(kHeader, ";Sasaran;;;;;;;;;;;IKU1;Persentase;90,2;%;;;\n",
                                    "S1;;P1;Program;;;K1.1;Sub;5;;;;;;;;;;\n",
                                    "S1;;;Program;;;;;5;;;7;IKU2;Persen;1;%;;;\n")),
      ElementsAre("rkt.csv:2:1: objective_code: is missing",
                  "rkt.csv:3:5: activity_code: is missing; the row gives sub_activity_code",
                  "rkt.csv:4:4: program_name: is given, but no program_code that it is of",
                  "rkt.csv:4:9: budget: is given, but no sub_activity_code that it is of",
                  "rkt.csv:4:12: part_amount: is given, but no sub_activity_code that it is of"));
}

TEST(ReadPlanTable, SaysWhetherEveryRowIsInTheList) {
  const auto is_whole = [](const std::string& rows) {
    PlanDocument document;
    return ReadPlanTable(absl::StrCat(kHeader, kObjective, rows), PlanTableKind::kAnnualPlan,
                         NumberFormat::kIndonesian, document)
        .whole;
  };
  EXPECT_TRUE(is_whole(kSubActivity));
  EXPECT_TRUE(is_whole("S1;;P1;Program;;;;;;;;;out;Jumlah;1.8;orang;;;\n"));
  EXPECT_FALSE(is_whole("S1;;P1\n"));
  EXPECT_FALSE(is_whole("S1;;;;K1;Kegiatan;;;;;;;;;;;;;\n"));
}

TEST(ReadPlanTable, RefusesACodeThatIsGivenTwiceForDifferentThings) {
  EXPECT_THAT(AnnualPlanIssues(
                  absl::StrCat(kHeader, kObjective, kSubActivity,
                               "S1;;P1;;K1;;K1.1;Lain;Rp25.000,-;;;;out2;Jumlah lain;5;unit;;;\n",
                               "S1;;P1;Program;K1;;K1.1;Sub;;;;;;;;;;;\n")),
              ElementsAre("rkt.csv:4:8: sub_activity_name: is not what row 3 says",
                          "rkt.csv:4:9: budget: stands in row 3 too; give it once",
                          "rkt.csv:5:7: sub_activity_code: says nothing that row 3 does not; "
                          "remove it"));
}

TEST(ReadPlanTable, SaysWhatIsWrongWithTheFileItself) {
  EXPECT_THAT(AnnualPlanIssues(absl::StrCat(kHeader, "S1;Sasaran\n")),
              ElementsAre(HasSubstr("rkt.csv:2:2: the row has 2 fields and the header 19")));
  EXPECT_THAT(AnnualPlanIssues(""), ElementsAre(HasSubstr("rkt.csv:1:1: is empty")));
}

TEST(ReadPlanTable, CountsFaultsBeyondTheHundredth) {
  std::string text = "indicator_code;year_target;unit;tw1;tw2;tw3;tw4\n";
  for (int i = 0; i < 150; ++i) absl::StrAppend(&text, "i", i, ";x;orang;;;;\n");

  const std::vector<std::string> lines = ActionPlanIssues(text);

  ASSERT_EQ(lines.size(), 101u);
  EXPECT_EQ(lines.back(), "rkt.csv:151:2: and 50 more faults up to here");
}

TEST(WritePlanTable, IsReadAsTheSameList) {
  PlanDocument document;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        annual_plan {
          objectives {
            code: "S1"
            display_name: "Sasaran; \"satu\""
            indicators {
              code: "IKU1"
              display_name: "P"
              target { value: "90.2" unit: "%" }
              formula: FORMULA_SHARE_MET
              time_aggregation: TIME_AGGREGATION_LAST
              unit_aggregation: UNIT_AGGREGATION_RATIO_OF_SUMS
              may_fall: true
              weight: "2"
              ratio { numerator: "a" denominator: "b" }
              not_applicable_reason: "r"
              responsible_units: "u1"
              responsible_units: "u2"
              data_source: "d"
              legal_basis: "l"
              children: "out"
              children: "out2"
            }
            indicators { code: "IKU2" display_name: "Q" }
            programs {
              code: "P1"
              display_name: "Program"
              nomenclature_code: "1.06.04"
              indicators {
                code: "P1"
                display_name: "R"
                target { value: "5" unit: "x" }
              }
              activities {
                code: "K1"
                display_name: "Kegiatan"
                sub_activities {
                  code: "K1.1"
                  display_name: "Sub"
                  budget: "25000.50"
                  outcome: "hasil"
                  responsible_unit: "u1"
                  budget_parts { expenditure_kind: EXPENDITURE_KIND_CAPITAL amount: "1" }
                  budget_parts { funding_source: "DAU" amount: "2" }
                  indicators {
                    code: "out"
                    display_name: "Jumlah"
                    target { value: "1" unit: "x" }
                    target_upper { value: "2" unit: "x" }
                  }
                }
              }
            }
            programs { code: "P2" display_name: "Program" }
          }
        })pb",
      &document));

  PlanDocument again;
  const ReadTable read = ReadPlanTable(WritePlanTable(document), PlanTableKind::kAnnualPlan,
                                       NumberFormat::kPlain, again);

  EXPECT_THAT(Lines(read), IsEmpty());
  EXPECT_EQ(again.DebugString(), document.DebugString());
}

TEST(EmptyPlanTable, HasEveryColumnAndReadsAsNoRows) {
  for (const PlanTableKind kind : {PlanTableKind::kAnnualPlan, PlanTableKind::kActionPlan}) {
    PlanDocument document;
    const ReadTable read =
        ReadPlanTable(EmptyPlanTable(kind), kind, NumberFormat::kIndonesian, document);

    EXPECT_THAT(Lines(read), IsEmpty());
    EXPECT_EQ(read.columns.size(), ColumnsOf(kind).size());
    EXPECT_TRUE(document.annual_plan().objectives().empty());
  }
}

}  // namespace
}  // namespace sakip::cli
