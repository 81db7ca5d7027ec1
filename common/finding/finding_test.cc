#include "common/finding/finding.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace sakip {
namespace {

TEST(FindingCodes, HaveStableDistinctNamesAndBothSentences) {
  std::set<std::string> names;
  const int last = static_cast<int>(FindingCode::kZeroTarget);
  for (int i = 0; i <= last; ++i) {
    const auto code = static_cast<FindingCode>(i);
    EXPECT_TRUE(names.insert(std::string(FindingCodeName(code))).second);
    Findings findings;
    findings.Add(code, "x", {});
    const Finding finding = std::move(findings).Take()[0];
    EXPECT_EQ(finding.code, FindingCodeName(code));
    EXPECT_FALSE(finding.message.empty());
    EXPECT_FALSE(finding.message_indonesian.empty());
    EXPECT_NE(finding.message, finding.message_indonesian);
  }
  EXPECT_TRUE(names.contains("UNIT_DIFFERS"));
  EXPECT_TRUE(names.contains("ZERO_TARGET"));
}

TEST(MakeFinding, CutsALongFigureBetweenCharacters) {
  std::string longest;
  for (size_t i = 0; i < kFigureCharactersMax; ++i) longest += "\u00E9";
  const Finding finding =
      MakeFinding(FindingCode::kNameDiffers, "a", {{longest, "x"}, {longest + "\u00E9z", "y"}});
  EXPECT_EQ(finding.figures[0].value, longest);
  EXPECT_EQ(finding.figures[1].value, longest + " ...");
}

TEST(Findings, CountTheSameCodeOnTheSameSubjectOnce) {
  Findings findings;
  findings.Add(FindingCode::kZeroTarget, "a", {{"1", "first"}});
  findings.Add(FindingCode::kZeroTarget, "a", {{"2", "second"}});
  findings.Add(FindingCode::kZeroTarget, "b", {});
  findings.Add(FindingCode::kUnitDiffers, "a", {});

  const std::vector<Finding> taken = std::move(findings).Take();
  ASSERT_EQ(taken.size(), 3u);
  EXPECT_EQ(taken[1].figures[0].location, "first");
}

TEST(Findings, KeepMoneyApartFromPerformance) {
  Findings findings;
  findings.Add(FindingCode::kYearToDateFalls, "a", {{"1", "indicators"}});
  findings.Add(FindingCode::kYearToDateFalls, "a", {{"2", "budgets"}}, "", About::kMoney);
  findings.Add(FindingCode::kYearToDateFalls, "a", {{"3", "budgets"}}, "", About::kMoney);

  const std::vector<Finding> taken = std::move(findings).Take();
  ASSERT_EQ(taken.size(), 2u);
  EXPECT_EQ(taken[0].figures[0].value, "1");
  EXPECT_EQ(taken[1].figures[0].value, "2");
}

TEST(Findings, AreOrderedByGravityThenCodeThenSubject) {
  Findings findings;
  findings.Add(FindingCode::kNextTargetPassed, "a", {});
  findings.Add(FindingCode::kZeroTarget, "b", {});
  findings.Add(FindingCode::kZeroTarget, "a", {});
  findings.Add(FindingCode::kNotReproducible, "a", {});
  findings.Add(FindingCode::kUnitDiffers, "z", {});

  std::string order;
  for (const Finding& finding : std::move(findings).Take()) {
    order += finding.code + "/" + finding.subject + " ";
  }
  EXPECT_EQ(order,
            "UNIT_DIFFERS/z ZERO_TARGET/a ZERO_TARGET/b NOT_REPRODUCIBLE/a NEXT_TARGET_PASSED/a ");
}

TEST(Findings, PutTheDetailAfterBothSentences) {
  Findings findings;
  findings.Add(FindingCode::kFormulaNotApplicable, "a", {}, "RANGE_INVALID");
  const Finding finding = std::move(findings).Take()[0];
  EXPECT_TRUE(finding.message.ends_with(": RANGE_INVALID"));
  EXPECT_TRUE(finding.message_indonesian.ends_with(": RANGE_INVALID"));
}

}  // namespace
}  // namespace sakip
