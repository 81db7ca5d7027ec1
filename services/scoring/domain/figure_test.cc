#include "services/scoring/domain/figure.h"

#include <gtest/gtest.h>

#include <string>

#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring {
namespace {

using testing::R;
using testing::StateName;

struct Printed {
  std::string text;
  bool extended = false;
  Derivation derivation;
};

Printed Show(const char* exact, bool rated, bool missed,
             const Policy& policy = policy::DefaultPolicy()) {
  Figure figure{FigureState::kFinal, R(exact), ""};
  Printed result;
  result.extended = PrintFigure({policy, rated, missed}, "achievement", figure, result.derivation);
  result.text = figure.printed;
  return result;
}

TEST(PrintFigure, RoundsHalfUpToTheDigitsOfThePolicy) {
  EXPECT_EQ(Show("45000/451", true, true).text, "99.78");
  EXPECT_EQ(Show("97.875", true, true).text, "97.88");
  EXPECT_EQ(Show("132", true, false).text, "132.00");
  Policy policy = policy::DefaultPolicy();
  policy.digits = 0;
  EXPECT_EQ(Show("97.5", true, true, policy).text, "98");
}

TEST(PrintFigure, AddsDigitsWhereRoundingWouldReachABetterRating) {
  EXPECT_EQ(Show("89.996", true, true).text, "89.996");
  EXPECT_TRUE(Show("89.996", true, true).extended);
  EXPECT_EQ(Show("89.994", true, true).text, "89.99");
  EXPECT_EQ(Show("90", true, true).text, "90.00");
  EXPECT_EQ(Show("89.996", false, true).text, "90.00");
}

TEST(PrintFigure, AddsDigitsWhereRoundingWouldHideAMiss) {
  EXPECT_EQ(Show("99.996", true, true).text, "99.996");
  EXPECT_EQ(Show("99.996", false, true).text, "99.996");
  EXPECT_EQ(Show("99.996", true, false).text, "100.00");
  Policy policy = policy::DefaultPolicy();
  policy.digits = 0;
  EXPECT_EQ(Show("45000/451", true, true, policy).text, "99.8");
}

TEST(PrintFigure, LeavesTheRoundingInTheDerivation) {
  const Printed plain = Show("45000/451", true, true);
  ASSERT_EQ(plain.derivation.size(), 1u);
  EXPECT_EQ(plain.derivation[0].kind, Step::Kind::kRounding);
  EXPECT_EQ(plain.derivation[0].expression, "round(45000/451, 2)");
  EXPECT_EQ(plain.derivation[0].result, "99.78");
  EXPECT_EQ(plain.derivation[0].note, PhraseCode::kHalfUp);

  const Printed extended = Show("89.996", true, true);
  EXPECT_EQ(extended.derivation[0].expression, "round(89.996, 3)");
  EXPECT_EQ(TextOf(extended.derivation[0].note, Language::kEnglish),
            "rounded to 2 digits it would read 90.00 and reach the rating boundary 90, which it "
            "does not");
}

TEST(NumberState, TellsZeroProvisionalAndFinalApart) {
  EXPECT_EQ(StateName(NumberState(R("0"), true)), "ZERO");
  EXPECT_EQ(StateName(NumberState(R("0"), false)), "ZERO");
  EXPECT_EQ(StateName(NumberState(R("-1"), false)), "PROVISIONAL");
  EXPECT_EQ(StateName(NumberState(R("1"), true)), "FINAL");
}

}  // namespace
}  // namespace sakip::scoring
