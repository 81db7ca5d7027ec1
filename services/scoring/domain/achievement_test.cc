#include "services/scoring/domain/achievement.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring {
namespace {

using testing::Count;
using testing::D;
using testing::Facts;
using testing::R;
using testing::Scene;
using testing::Seen;
using testing::StateName;

Resolved Value(const char* value) {
  Resolved result;
  result.outcome = Resolved::Outcome::kValue;
  result.value = Quantity{R(value), "orang"};
  return result;
}

Resolved Without(Resolved::Outcome outcome) {
  Resolved result;
  result.outcome = outcome;
  return result;
}

class AchievementTest : public ::testing::Test {
 protected:
  Achievement Of(Level level, Formula formula, const char* t, const char* r) {
    return Achieve(scene().context(), {"x", level, formula}, Value(t), Value(r));
  }

  std::string State(const Resolved& target, const Resolved& realization) {
    return Seen(Achieve(scene().context(), {"x"}, target, realization));
  }

  Achievement MeanOf(const std::vector<Achievement>& parts, std::vector<const char*> weights = {}) {
    std::vector<Part> list;
    for (size_t i = 0; i < parts.size(); ++i) {
      list.push_back({"x", weights.empty() ? Rational(1) : R(weights[i]), &parts[i]});
    }
    return Mean(scene().context(), "S1", list);
  }

  Achievement Percent(const char* value) {
    return Of(Level::kSubActivity, Formula::kPositive, "100", value);
  }

  Achievement In(Resolved::Outcome outcome) {
    return Achieve(scene().context(), {"x"}, Value("10"), Without(outcome));
  }

  Scene& scene() {
    if (!scene_.has_value()) scene_.emplace(facts_, 4);
    return *scene_;
  }

  Facts facts_;
  std::optional<Scene> scene_;
};

TEST_F(AchievementTest, IsClampedOnTheLevelOfObjectivesOnly) {
  facts_.Close(4);
  const Achievement key = Of(Level::kObjective, Formula::kPositive, "50", "66");
  EXPECT_EQ(Seen(key), "FINAL 100.00 AA met");
  EXPECT_EQ(*key.unclamped.exact, R("132"));
  EXPECT_EQ(key.unclamped.printed, "132.00");

  for (const Level level : {Level::kProgram, Level::kActivity, Level::kSubActivity}) {
    const Achievement output = Of(level, Formula::kPositive, "50", "66");
    EXPECT_EQ(Seen(output), "FINAL 132.00 AA met");
    EXPECT_EQ(output.unclamped.printed, "132.00");
  }
}

TEST_F(AchievementTest, IsClampedFromBelow) {
  const Achievement key = Of(Level::kObjective, Formula::kNegative, "10", "25");
  EXPECT_EQ(Seen(key), "PROVISIONAL 0.00 D missed");
  EXPECT_EQ(key.unclamped.printed, "-50.00");
  EXPECT_EQ(Seen(Of(Level::kSubActivity, Formula::kNegative, "10", "25")),
            "PROVISIONAL -50.00 D missed");
  EXPECT_EQ(*Of(Level::kObjective, Formula::kNegative, "10", "20").unclamped.exact, R("0"));
}

TEST_F(AchievementTest, ClampsAtTheBoundAndNotBeforeIt) {
  const auto clamps = [](const Achievement& achievement) {
    int count = 0;
    for (const Step& step : achievement.derivation) count += step.kind == Step::Kind::kClamp;
    return count;
  };
  EXPECT_EQ(clamps(Of(Level::kObjective, Formula::kPositive, "100", "100")), 0);
  EXPECT_EQ(clamps(Of(Level::kObjective, Formula::kPositive, "100", "100.000000001")), 1);
  EXPECT_EQ(clamps(Of(Level::kObjective, Formula::kPositive, "100", "0")), 0);
}

TEST_F(AchievementTest, FollowsTheClampOfThePolicy) {
  facts_.policy.clamps = {{Level::kObjective, {D("0"), D("120")}},
                          {Level::kSubActivity, {D("10"), D("90")}}};
  EXPECT_EQ(Seen(Of(Level::kObjective, Formula::kPositive, "10", "13")),
            "PROVISIONAL 120.00 AA met");
  EXPECT_EQ(Seen(Of(Level::kObjective, Formula::kPositive, "10", "11")),
            "PROVISIONAL 110.00 AA met");
  // Clamped below 100 it is met all the same.
  EXPECT_EQ(Seen(Of(Level::kSubActivity, Formula::kPositive, "10", "10")),
            "PROVISIONAL 90.00 AA met");
  EXPECT_EQ(Seen(Of(Level::kProgram, Formula::kPositive, "10", "15")), "PROVISIONAL 150.00 AA met");
}

TEST_F(AchievementTest, OfNinetyAgainstNinetyPointTwoIsNotMet) {
  EXPECT_EQ(Seen(Of(Level::kObjective, Formula::kPositive, "90.2", "90")),
            "PROVISIONAL 99.78 AA missed");
  EXPECT_EQ(Count(scene().Findings(), "ROUNDING_WOULD_HIDE_MISS"), 0);
}

TEST_F(AchievementTest, JustBelowABandSaysSo) {
  EXPECT_EQ(Seen(Of(Level::kObjective, Formula::kPositive, "100", "89.996")),
            "PROVISIONAL 89.996 A missed");
  EXPECT_EQ(Count(scene().Findings(), "ROUNDING_WOULD_HIDE_MISS", "x"), 1);
}

TEST_F(AchievementTest, HasEveryStateThatIsNoNumber) {
  using Outcome = Resolved::Outcome;
  EXPECT_EQ(State(Without(Outcome::kNotDue), Value("1")), "NOT_DUE");
  EXPECT_EQ(State(Without(Outcome::kNotApplicable), Value("1")), "NOT_APPLICABLE");
  EXPECT_EQ(State(Value("10"), Without(Outcome::kNotApplicable)), "NOT_APPLICABLE");
  EXPECT_EQ(State(Value("0"), Value("0")), "NOT_APPLICABLE");
  EXPECT_EQ(State(Value("10"), Without(Outcome::kNotScored)), "NOT_SCORED");
  EXPECT_EQ(State(Value("0"), Value("3")), "NOT_SCORED");
  EXPECT_EQ(State(Value("10"), Without(Outcome::kMissing)), "MISSING");
  EXPECT_EQ(State(Value("10"), Without(Outcome::kNotDue)), "NOT_DUE");
  // Without a target nothing is missing.
  EXPECT_EQ(State(Without(Outcome::kNotDue), Without(Outcome::kMissing)), "NOT_DUE");
}

TEST_F(AchievementTest, CountsMissingAsZeroFromTheCloseOfTheQuarter) {
  facts_.Close(3);
  EXPECT_EQ(State(Value("10"), Without(Resolved::Outcome::kMissing)), "MISSING");
  scene_.reset();
  facts_.Close(4);
  EXPECT_EQ(State(Value("10"), Without(Resolved::Outcome::kMissing)), "MISSING 0.00 D missed");
}

TEST_F(AchievementTest, TellsZeroProvisionalAndFinalApart) {
  EXPECT_EQ(State(Value("10"), Value("0")), "ZERO 0.00 D missed");
  EXPECT_EQ(State(Value("10"), Value("1")), "PROVISIONAL 10.00 D missed");
  scene_.reset();
  facts_.Close(4);
  EXPECT_EQ(State(Value("10"), Value("0")), "ZERO 0.00 D missed");
  EXPECT_EQ(State(Value("10"), Value("1")), "FINAL 10.00 D missed");
  // A perfect zero is a zero as well.
  EXPECT_EQ(Seen(Of(Level::kObjective, Formula::kNegative, "10", "0")), "ZERO 100.00 AA met");
}

TEST_F(AchievementTest, OfTargetZeroIsAFinding) {
  EXPECT_EQ(State(Value("0"), Value("3")), "NOT_SCORED");
  EXPECT_EQ(State(Value("0"), Value("0")), "NOT_APPLICABLE");
  const std::vector<Finding> findings = scene().Findings();
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].code, "ZERO_TARGET");
  EXPECT_EQ(findings[0].figures[0].value, "0 orang");
  EXPECT_EQ(findings[0].figures[1].value, "3 orang");
}

TEST_F(AchievementTest, WithoutANumberOfTheFormulaIsAFinding) {
  EXPECT_EQ(Seen(Of(Level::kObjective, Formula::kInverse, "10", "0")), "NOT_SCORED");
  const std::vector<Finding> findings = scene().Findings();
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].code, "FORMULA_NOT_APPLICABLE");
  EXPECT_NE(findings[0].message.find("ZERO_REALIZATION"), std::string::npos);
}

TEST_F(AchievementTest, DerivesEveryStep) {
  const Achievement key = Of(Level::kObjective, Formula::kPositive, "50", "66");
  std::string kinds;
  for (const Step& step : key.derivation) {
    absl::StrAppend(&kinds, static_cast<int>(step.kind), ":", step.result, " ");
  }
  EXPECT_EQ(kinds, "2:132 3:100 5:132.00 6:AA 5:100.00 ");
}

TEST_F(AchievementTest, MeanIsExact) {
  // IKU 1 to 4 of the Jember sample.
  const Achievement mean =
      MeanOf({Percent("100"), Of(Level::kObjective, Formula::kPositive, "90.2", "90"),
              Percent("100"), Percent("100")});
  EXPECT_EQ(*mean.figure.exact, R("45075/451"));
  EXPECT_EQ(Seen(mean), "PROVISIONAL 99.94 AA missed");
}

TEST_F(AchievementTest, MeanIsOfExactValuesNotOfPrintedOnes) {
  // Printed 66.67 and 66.67 would make 66.67; three thirds of 200 make exactly 200 / 3.
  const Achievement part = Of(Level::kObjective, Formula::kPositive, "3", "2");
  EXPECT_EQ(*MeanOf({part, part, part}).figure.exact, R("200/3"));
  // Two parts printed 90.00 whose mean is below 90.
  const Achievement mean = MeanOf({Percent("90.0001"), Percent("89.9998")});
  EXPECT_EQ(Seen(mean), "PROVISIONAL 89.99995 A missed");
}

TEST_F(AchievementTest, MeanGoesByWeight) {
  const std::vector<Achievement> parts = {Percent("100"), Percent("40")};
  EXPECT_EQ(*MeanOf(parts).figure.exact, R("70"));
  EXPECT_EQ(*MeanOf(parts, {"3", "1"}).figure.exact, R("85"));
  EXPECT_EQ(*MeanOf(parts, {"0.5", "1.5"}).figure.exact, R("55"));
  EXPECT_EQ(MeanOf(parts, {"3", "1"}).derivation[0].expression, "(3 x 100 + 1 x 40) / 4");
  EXPECT_EQ(MeanOf(parts).derivation[0].expression, "(100 + 40) / 2");
  EXPECT_EQ(Seen(MeanOf(parts, {"0", "0"})), "NOT_SCORED");
}

TEST_F(AchievementTest, MeanLeavesOutWhatIsNoNumber) {
  using Outcome = Resolved::Outcome;
  for (const Outcome outcome :
       {Outcome::kMissing, Outcome::kNotApplicable, Outcome::kNotScored, Outcome::kNotDue}) {
    const Achievement mean = MeanOf({Percent("100"), In(outcome), Percent("50")});
    EXPECT_EQ(*mean.figure.exact, R("75"));
    EXPECT_EQ(mean.derivation[0].note, Phrase(PhraseCode::kPartsWithNumber, {"2", "3"}));
  }
}

TEST_F(AchievementTest, MeanOfAWeightedPartThatLeavesDividesByTheOthers) {
  const Achievement mean = MeanOf(
      {Percent("80"), In(Resolved::Outcome::kNotApplicable), Percent("50")}, {"1", "7", "2"});
  EXPECT_EQ(*mean.figure.exact, R("60"));
}

TEST_F(AchievementTest, MeanCountsZeroAndClosedMissingParts) {
  EXPECT_EQ(*MeanOf({Percent("100"), Percent("0")}).figure.exact, R("50"));
  scene_.reset();
  facts_.Close(4);
  const Achievement missing = In(Resolved::Outcome::kMissing);
  EXPECT_EQ(Seen(MeanOf({Percent("100"), missing})), "FINAL 50.00 CC missed");
  EXPECT_EQ(Seen(MeanOf({missing, missing})), "MISSING 0.00 D missed");
  EXPECT_EQ(Seen(MeanOf({missing, Percent("0")})), "ZERO 0.00 D missed");
}

TEST_F(AchievementTest, MeanIsMetWhereEveryPartThatIsDueAndAppliesIs) {
  using Outcome = Resolved::Outcome;
  EXPECT_TRUE(MeanOf({Percent("100"), Percent("150")}).met);
  EXPECT_FALSE(MeanOf({Percent("99"), Percent("150")}).met);
  EXPECT_TRUE(MeanOf({Percent("100"), In(Outcome::kNotApplicable)}).met);
  EXPECT_TRUE(MeanOf({Percent("100"), In(Outcome::kNotDue)}).met);
  EXPECT_FALSE(MeanOf({Percent("100"), In(Outcome::kMissing)}).met);
  EXPECT_FALSE(MeanOf({Percent("100"), In(Outcome::kNotScored)}).met);
}

TEST_F(AchievementTest, MeanWithoutNumbersIsTheGravestState) {
  using Outcome = Resolved::Outcome;
  const Achievement missing = In(Outcome::kMissing), not_scored = In(Outcome::kNotScored),
                    not_due = In(Outcome::kNotDue), not_applicable = In(Outcome::kNotApplicable);
  EXPECT_EQ(Seen(MeanOf({})), "NOT_APPLICABLE");
  EXPECT_EQ(Seen(MeanOf({not_applicable})), "NOT_APPLICABLE");
  EXPECT_EQ(Seen(MeanOf({not_applicable, not_due})), "NOT_DUE");
  EXPECT_EQ(Seen(MeanOf({not_due, not_scored, not_applicable})), "NOT_SCORED");
  EXPECT_EQ(Seen(MeanOf({not_scored, missing, not_due})), "MISSING");
}

TEST_F(AchievementTest, MeanNeverReadsBetterThanItIs) {
  const Achievement mean = MeanOf({Percent("100"), Percent("100"), Percent("99.99")});
  EXPECT_EQ(Seen(mean), "PROVISIONAL 99.997 AA missed");
  EXPECT_EQ(Count(scene().Findings(), "ROUNDING_WOULD_HIDE_MISS", "S1"), 1);
}

}  // namespace
}  // namespace sakip::scoring
