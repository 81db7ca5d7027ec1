// The published year of Dinas Sosial Kabupaten Jember, scored: every figure that its report prints
// wrong, cut off or rounded into a success comes out right, and its contradictions are findings.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "services/scoring/domain/simulate.h"
#include "services/scoring/testing/jember_sample.h"

namespace sakip::scoring {
namespace {

using testing::Count;
using testing::Facts;
using testing::Find;
using testing::FindingOf;
using testing::R;
using testing::Seen;
using testing::StateName;

class JemberTest : public ::testing::Test {
 protected:
  static Facts Closed() {
    Facts facts = testing::ReadJemberSample(SAKIP_SOURCE_DIR "/deploy/samples/jember-2023");
    facts.Close(4);
    return facts;
  }

  // Against the target of the year.
  std::string Year(const char* code) const { return Seen(Find(fourth_, code).year.achievement); }

  static std::map<std::string, int> Codes(const Scorecard& scorecard) {
    std::map<std::string, int> codes;
    for (const Finding& finding : scorecard.findings) ++codes[finding.code];
    return codes;
  }

  const Facts facts_ = Closed();
  const Scorecard fourth_ = facts_.At(4);
};

TEST_F(JemberTest, MeanOfTheKeyIndicatorsIsNotAHundred) {
  EXPECT_EQ(Seen(fourth_.achievement), "FINAL 99.94 AA missed");
  EXPECT_EQ(*fourth_.achievement.figure.exact, R("45075/451"));
  EXPECT_EQ(Year("IKU1"), "FINAL 100.00 AA met");
  EXPECT_EQ(Year("IKU2"), "FINAL 99.78 AA missed");
  EXPECT_EQ(Year("IKU3"), "FINAL 100.00 AA met");
}

TEST_F(JemberTest, OutputsAreWhatTheirFiguresMake) {
  EXPECT_EQ(Year("rehsos.alat_bantu"), "FINAL 61.82 B missed");         // A1, printed 68
  EXPECT_EQ(Year("dayasos.psm"), "FINAL 98.73 AA missed");              // A2, printed 98
  EXPECT_EQ(Year("linjamsos.pemantauan"), "FINAL 97.88 AA missed");     // A3, printed 97.87
  EXPECT_EQ(Year("rehsos.bimbingan_liposos"), "FINAL 132.00 AA met");   // A4
  EXPECT_EQ(Year("linjamsos.pengembangan_ekonomi"), "NOT_APPLICABLE");  // A5, printed 0
  EXPECT_EQ(Year("linjamsos.fasilitasi_bansos"), "FINAL 91.34 AA missed");
  EXPECT_EQ(Year("sekretariat.01"), "MISSING 0.00 D missed");
  // The action plan was never amended: its own 100 of the wrong base (A1).
  EXPECT_EQ(Seen(Find(fourth_, "rehsos.alat_bantu").to_date.achievement), "FINAL 68.00 B missed");
}

TEST_F(JemberTest, AbsorptionIsOfTheWholeBudget) {
  EXPECT_EQ(fourth_.budget.absorption.printed, "89.09");
  EXPECT_EQ(fourth_.budget.budget, R("60979145376"));
  EXPECT_EQ(*fourth_.budget.realized, R("54326348943"));
  EXPECT_EQ(*fourth_.budget.original, R("60063906776"));
}

TEST_F(JemberTest, YearHasTheFindingsOfTheReport) {
  const std::map<std::string, int> expected = {
      {"ACTION_PLAN_TARGET_DIFFERS", 6}, {"ACTION_PLAN_UNIT_DIFFERS", 8},
      {"AGREEMENT_BUDGET_DIFFERS", 1},   {"AGREEMENT_SUM_DIFFERS", 1},
      {"NOT_REPRODUCIBLE", 2},           {"SHARE_NOT_AS_NAMED", 1}};
  EXPECT_EQ(Codes(fourth_), expected);
  EXPECT_EQ(Count(fourth_, "AGREEMENT_BUDGET_DIFFERS", "P.tmp"), 1);  // B1
  EXPECT_EQ(FindingOf(fourth_, "AGREEMENT_SUM_DIFFERS").figures[0].value, "60979145296 Rp");
  EXPECT_EQ(FindingOf(fourth_, "SHARE_NOT_AS_NAMED").figures[1].value, "33.33 %");  // C11
  EXPECT_EQ(Count(fourth_, "ACTION_PLAN_UNIT_DIFFERS", "tmp.pemeliharaan"), 1);     // D10
}

TEST_F(JemberTest, ThirdQuarterIsScoredAgainstThePlanBeforeTheAmendment) {
  const Scorecard third = facts_.At(3);
  const std::map<std::string, int> expected = {
      {"ACTION_PLAN_TARGET_DIFFERS", 1}, {"ACTION_PLAN_UNIT_DIFFERS", 2},
      {"AGREEMENT_TOTAL_DIFFERS", 1},    {"NEXT_TARGET_PASSED", 4},
      {"REALIZED_OVER_BUDGET", 3},       {"YEAR_UNIT_DIFFERS", 6}};
  EXPECT_EQ(Codes(third), expected);
  EXPECT_EQ(StateName(third.achievement.figure.state), "NOT_DUE");
  EXPECT_EQ(third.budget.budget, R("60063906776"));  // B7
  // 925 lembaga are not 61.67 % of 1500 orang.
  EXPECT_EQ(Seen(Find(third, "dayasos.kelembagaan").year.achievement), "NOT_SCORED");
}

// The example of domain-rules.md, section 2: what the fourth objective is when its indicator is
// counted as its name says, and what the second is when 90.2 is met.
TEST_F(JemberTest, WhatIfTheIndicatorsWereCountedAsTheirNamesSay) {
  const auto simulate = [&](const Changes& changes) {
    const YearOfFacts changed =
        ApplyChanges({facts_.plans, facts_.submissions}, changes, {testing::kYear, 4}).value();
    return *Score(changed.plans, changed.submissions, facts_.policy, {testing::kYear, 4});
  };
  Changes changes;
  QuarterChange& fourth = changes.quarters.emplace_back();
  fourth.quarter = 4;
  fourth.indicators = {{"IKU2", testing::Percentage("90.2")}};
  fourth.withdrawn = {"IKU4"};
  const Scorecard as_listed = simulate(changes);  // C11: 2 of the 6 of the report's list.
  EXPECT_EQ(Seen(Find(as_listed, "IKU2").year.achievement), "FINAL 100.00 AA met");
  EXPECT_EQ(Seen(as_listed.objectives[3].achievement), "FINAL 33.33 C missed");
  EXPECT_EQ(*as_listed.achievement.figure.exact, R("250/3"));  // (3 x 100 + 100/3) / 4

  // By the annual plan the supporting program promises that all of its budget is spent: 1 of 6.
  changes.targets = {{"P.penunjang", 0, testing::D("100"), {}}};
  fourth.indicators.push_back({"P.penunjang", testing::Percentage("89.09")});
  EXPECT_EQ(Seen(simulate(changes).objectives[3].achievement), "FINAL 16.67 D missed");
}

}  // namespace
}  // namespace sakip::scoring
