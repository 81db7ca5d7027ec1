#include "services/cli/csv/scorecard_table.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "services/cli/csv/csv_table.h"

namespace sakip::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kCard[] = R"pb(
  name: "regions/35.09/agencies/dinsos/scorecards/2023Q4"
  agency_display_name: "Dinas \"Sosial\"; Kabupaten Jember"
  sources { basis: BASIS_VERIFIED policy: "policies/permenpanrb-53-2014/versions/1" }
  achievement {
    figure { state: FIGURE_STATE_FINAL value: "99.94" digits: "99.944567627494" }
    unclamped { state: FIGURE_STATE_FINAL value: "101.20" }
    rating: "AA"
    met: false
  }
  budget {
    original: "100"
    budget: "120.5"
    realized: "60"
    absorption { state: FIGURE_STATE_FINAL value: "49.79" }
  }
  efficiency {
    figure { state: FIGURE_STATE_FINAL value: "-5.00" }
    words: "cukup efisien"
  }
  objectives {
    code: "S1"
    display_name: "=HYPERLINK(\"http://x\")"
    indicators {
      code: "IKU1"
      display_name: "@SUM(A1)"
      year {
        target { value: "90.2" unit: "%" }
        realization { value: "-1.5" unit: "%" }
        achievement { figure { state: FIGURE_STATE_ZERO value: "0.00" } }
      }
      to_date { achievement { figure { state: FIGURE_STATE_NOT_DUE } } }
    }
    programs {
      code: "P1"
      display_name: "Program\nbaris dua"
      activities {
        code: "K1"
        sub_activities {
          code: "SK1"
          indicators {
            code: "O1"
            year { target { value: "60" unit: "orang" } }
          }
        }
      }
    }
    programs { code: "P2" }
  }
)pb";

// The rows that a reader of tables finds, each by the names of its columns.
std::vector<std::map<std::string, std::string>> Read(const std::string& text) {
  const ParsedCsv parsed = ParseCsv(text);
  EXPECT_THAT(parsed.issues, IsEmpty());
  std::vector<std::map<std::string, std::string>> rows;
  for (const CsvRow& row : parsed.table.rows) {
    auto& named = rows.emplace_back();
    for (size_t i = 0; i < row.fields.size(); ++i) {
      named[parsed.table.header.fields[i]] = row.fields[i];
    }
  }
  return rows;
}

class ScorecardTableTest : public ::testing::Test {
 protected:
  ScorecardTableTest() {
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kCard, &card_));
    read_.set_planning(12);
    read_.set_realization(34);
  }
  std::vector<std::map<std::string, std::string>> Rows() const {
    return Read(ScorecardTableHeader() + ScorecardTableRows(card_, read_));
  }

  scoring::v1::Scorecard card_;
  scoring::v1::LogPositions read_;
};

TEST_F(ScorecardTableTest, HasARowForEachLineWithFigures) {
  std::vector<std::string> lines;
  for (auto row : Rows()) {
    lines.push_back(row["level"] + " " + row["code"] + " of " + row["objective_code"] + "/" +
                    row["program_code"] + "/" + row["activity_code"] + "/" +
                    row["sub_activity_code"]);
  }

  EXPECT_THAT(lines,
              ElementsAre("agency regions/35.09/agencies/dinsos of ///", "objective S1 of S1///",
                          "indicator IKU1 of S1///", "program P1 of S1/P1//",
                          "activity K1 of S1/P1/K1/", "sub_activity SK1 of S1/P1/K1/SK1",
                          "indicator O1 of S1/P1/K1/SK1", "program P2 of S1/P2//"));
}

TEST_F(ScorecardTableTest, ShowsFiguresAsTheyWereSent) {
  auto rows = Rows();

  auto& agency = rows.at(0);
  EXPECT_EQ(agency["agency_name"], "Dinas \"Sosial\"; Kabupaten Jember");
  EXPECT_EQ(agency["year"] + agency["quarter"], "20234");
  EXPECT_EQ(agency["achievement"], "99.94");
  EXPECT_EQ(agency["achievement_digits"], "99.944567627494");
  EXPECT_EQ(agency["unclamped"], "101.20");
  EXPECT_EQ(agency["rating"], "AA");
  EXPECT_EQ(agency["met"], "false");
  EXPECT_EQ(agency["state"], "final");
  EXPECT_EQ(agency["budget"], "120.5");
  EXPECT_EQ(agency["absorption"], "49.79");
  EXPECT_EQ(agency["efficiency"], "-5.00") << "a number is no formula";
  EXPECT_EQ(agency["basis"], "verified");
  EXPECT_EQ(agency["planning_position"] + ":" + agency["realization_position"], "12:34");

  auto& indicator = rows.at(2);
  EXPECT_EQ(indicator["target"], "90.2");
  EXPECT_EQ(indicator["realization"], "-1.5");
  EXPECT_EQ(indicator["unit"], "%");
  EXPECT_EQ(indicator["state"], "zero");
  EXPECT_EQ(indicator["state_to_date"], "not_due");
  EXPECT_EQ(indicator["budget"], "") << "of the objective, and not of its indicator";
  EXPECT_EQ(rows.at(3)["name"], "Program\nbaris dua");
}

TEST_F(ScorecardTableTest, NoTextIsAFormula) {
  auto rows = Rows();

  EXPECT_EQ(rows.at(1)["name"], "'=HYPERLINK(\"http://x\")");
  EXPECT_EQ(rows.at(2)["name"], "'@SUM(A1)");
  for (const char* text : {"=1", "+1", "-1", "@a", "\ta", "\ra"}) {
    EXPECT_EQ(TextCell(text), std::string("'") + text);
  }
  EXPECT_EQ(TextCell("a=1"), "a=1");
  EXPECT_EQ(TextCell(""), "");
}

}  // namespace
}  // namespace sakip::cli
