#include "services/scoring/domain/review/review.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/testing/status_matchers.h"
#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring::review {
namespace {

using sakip::testing::HasField;
using sakip::testing::IsOk;
using ::testing::ElementsAre;
using testing::Facts;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Claim Of(decltype(Claim::what) what) { return {std::move(what), "claim"}; }

Claim Same(FigureSource source) { return Of(Equals{std::move(source)}); }

CellRef Column(std::string column) { return {"", "", std::move(column)}; }

// One table `T` with a row `r` unless another is named.
class ReportOf {
 public:
  ReportOf& Add(std::string column, std::string printed, std::vector<Claim> claims = {},
                std::string row = "r", NumberFormat format = NumberFormat::kDecimalPoint) {
    Figure figure;
    figure.row = std::move(row);
    figure.column = std::move(column);
    figure.printed = std::move(printed);
    figure.format = format;
    figure.claims = std::make_shared<std::vector<Claim>>(std::move(claims));
    figure.path = absl::StrCat("figures[", report_.tables.back().figures.size(), "]");
    report_.tables.back().figures.push_back(std::move(figure));
    return *this;
  }
  ReportOf& Unit(std::string unit) {
    report_.tables.back().figures.back().unit = std::move(unit);
    return *this;
  }
  ReportOf& Table(std::string name) {
    report_.tables.push_back({std::move(name), {}});
    return *this;
  }

  const Report& get() const { return report_; }

  // `CODE printed computed` for each difference.
  std::vector<std::string> Found(const Facts* facts = nullptr) const {
    static const Facts kNone;
    std::optional<Scorecard> scorecard;
    if (facts != nullptr) scorecard = facts->At(4);
    const auto outcome =
        Review(report_, (facts == nullptr ? kNone : *facts).plans,
               scorecard.has_value() ? &*scorecard : nullptr, policy::DefaultPolicy());
    EXPECT_THAT(outcome, IsOk());
    if (!outcome.ok()) return {};
    std::vector<std::string> found;
    for (const Difference& difference : outcome->differences) {
      found.push_back(absl::StrCat(
          difference.finding.code, " ", difference.figure.printed, " ",
          difference.computed.has_value() ? difference.computed->ToFraction() : difference.words));
    }
    return found;
  }

 private:
  Report report_{{{"T", {}}}};
};

Claim Share(bool against_target = true, std::vector<FigureSource> others = {}) {
  return Of(Quotient{Column("realization"), Column("target"), std::move(others), against_target});
}

ReportOf Achievement(std::string realization, std::string target, std::string printed) {
  return ReportOf()
      .Add("target", std::move(target))
      .Add("realization", std::move(realization))
      .Add("achievement", std::move(printed), {Share()});
}

TEST(Review, LetsRightFiguresPass) {
  EXPECT_THAT(Achievement("66", "50", "132 %").Found(), IsEmpty());
  EXPECT_THAT(Achievement("783", "800", "97.88 %").Found(), IsEmpty());
  EXPECT_THAT(Achievement("0", "24", "0").Found(), IsEmpty());
}

TEST(Review, FindsEveryKindOfAQuotient) {
  EXPECT_THAT(Achievement("783", "800", "97.87 %").Found(),
              ElementsAre("PRINTED_TRUNCATED 97.87 % 783/8"));
  EXPECT_THAT(Achievement("90", "90.2", "100%").Found(),
              ElementsAre("PRINTED_ROUNDING_HIDES_MISS 100% 45000/451"));
  EXPECT_THAT(Achievement("197", "200", "98 %").Found(),
              ElementsAre("PRINTED_ROUNDED_OTHERWISE 98 % 197/2"));
  EXPECT_THAT(Achievement("68", "110", "70 %").Found(),
              ElementsAre("PRINTED_ARITHMETIC_WRONG 70 % 680/11"));
  EXPECT_THAT(Achievement("0", "0", "0").Found(), ElementsAre("PRINTED_UNDEFINED 0 "));
  EXPECT_THAT(Achievement("3", "0", "100").Found(), ElementsAre("PRINTED_UNDEFINED 100 "));
  EXPECT_THAT(Achievement("-1", "8", "-12.4 %").Found(),
              ElementsAre("PRINTED_ARITHMETIC_WRONG -12.4 % -25/2"));
}

TEST(Review, ShowsTheDerivationAndBothValues) {
  const ReportOf report = Achievement("783", "800", "97.87 %");
  const auto outcome = Review(report.get(), {}, nullptr, policy::DefaultPolicy());

  ASSERT_THAT(outcome, IsOk());
  ASSERT_EQ(outcome->differences.size(), 1u);
  const Difference& difference = outcome->differences[0];
  EXPECT_THAT(difference.finding.message, HasSubstr("783 / 800 x 100 = 97.875 %"));
  ASSERT_EQ(difference.finding.figures.size(), 2u);
  EXPECT_EQ(difference.finding.figures[0].value, "97.87 %");
  EXPECT_EQ(difference.finding.figures[0].location, "T r.achievement");
  EXPECT_EQ(difference.finding.figures[1].value, "97.875 %");
  EXPECT_EQ(difference.finding.figures[1].location, "T r.realization / T r.target");
  std::vector<std::string> steps;
  for (const Step& step : difference.derivation) {
    steps.push_back(absl::StrCat(step.expression, " = ", step.result));
  }
  EXPECT_THAT(steps, ElementsAre("783 = 783", "800 = 800", "783 / 800 x 100 = 783/8",
                                 "round(97.875, 2) = 97.88", "truncate(97.875, 2) = 97.87"));
  EXPECT_EQ(outcome->figure_count, 3);
  EXPECT_EQ(outcome->claim_count, 1);
}

TEST(Review, FindsTheBaseThatFits) {
  ReportOf report;
  report.Add("target", "110 orang").Add("realization", "68 orang").Add("plan", "100 orang");
  report.Add("other", "1000 orang").Add("money", "Rp 100", {}, "r", NumberFormat::kIndonesian);
  report.Add("achievement", "68 %", {Share(true, {Column("other"), Column("plan")})});
  report.Add("lost", "70 %", {Share(true, {Column("other"), Column("plan")})});
  report.Add("unit", "68 %", {Share(true, {Column("money")})});
  const auto outcome = Review(report.get(), {}, nullptr, policy::DefaultPolicy());

  EXPECT_THAT(report.Found(),
              ElementsAre("PRINTED_WRONG_BASE 68 % 680/11", "PRINTED_ARITHMETIC_WRONG 70 % 680/11",
                          "PRINTED_ARITHMETIC_WRONG 68 % 680/11"));
  ASSERT_THAT(outcome, IsOk());
  const Finding& finding = outcome->differences[0].finding;
  ASSERT_EQ(finding.figures.size(), 3u);
  EXPECT_EQ(finding.figures[2].location, "T r.plan");
  EXPECT_THAT(finding.message, HasSubstr("68 / 110 x 100 = 61.818181818181 %; 68 / 100 x 100"));
}

// Six budgets of which one has a digit wrong, as the agreement of the sample.
TEST(Review, FindsASumWithOneWrongDigit) {
  const auto rupiah = NumberFormat::kIndonesian;
  ReportOf report;
  report.Add("budget", "Rp. 1.000.100,-", {}, "a", rupiah);
  report.Add("budget", "Rp. 339.170.008,-", {}, "b", rupiah);
  report.Add("budget", "Rp. 340.170.188,-", {Of(Sum{{{"", "budget", {}}}, {}})}, "all", rupiah);
  EXPECT_THAT(report.Found(), ElementsAre("PRINTED_ARITHMETIC_WRONG Rp. 340.170.188,- 340170108"));

  report.Table("U").Add("budget", "340.170.188", {Of(Sum{{{"T", "", {"a", "b"}}}, {}})}, "all",
                        rupiah);
  EXPECT_THAT(report.Found().back(), "PRINTED_CONTRADICTS 340.170.188 340170108");
}

TEST(Review, AddsUpExactQuotientsAndNotRoundedOnes) {
  ReportOf report;
  report.Add("realization", "935676").Add("target", "1000000").Add("a", "93 %", {Share(false)});
  report.Add("b", "89.09 %");
  const std::vector<CellRange> a = {{"", "a", {"r"}}};
  const std::vector<CellRange> b = {{"", "b", {"r"}}};
  report.Add("decline", "4 %", {Of(Sum{a, b})});
  report.Add("shortened", "3.91 %", {Of(Sum{a, b})});

  EXPECT_THAT(report.Found(), ElementsAre("PRINTED_TRUNCATED 93 % 233919/2500",
                                          "PRINTED_ROUNDED_OTHERWISE 3.91 % 5597/1250"));
}

TEST(Review, TakesTheMeanOfExactAchievements) {
  ReportOf report;
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"80", "80"}, {"90", "90.2"}, {"15", "15"}, {"0", "0"}};
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string row = absl::StrCat("r", i);
    report.Add("realization", rows[i].first, {}, row).Add("target", rows[i].second, {}, row);
    report.Add("achievement", "100.00", {Share()}, row);
  }
  report.Add("mean", "100 %", {Of(Mean{{"", "achievement", {}}})});

  const std::vector<std::string> found = report.Found();
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0], "PRINTED_ROUNDING_HIDES_MISS 100.00 45000/451");
  EXPECT_EQ(found[1], "PRINTED_UNDEFINED 100.00 ");
  // 0 of 0 is left out: (100 + 45000/451 + 100) / 3.
  EXPECT_EQ(found[2], "PRINTED_ROUNDING_HIDES_MISS 100 % 135200/1353");
}

TEST(Review, CountsRows) {
  ReportOf report;
  for (const char* row : {"a", "b", "c"}) {
    report.Add("target", "10", {}, row).Add("realization", row[0] == 'a' ? "10" : "9", {}, row);
  }
  const CellRange rows{"", "realization", {}};
  report.Add("all", "3", {Of(Count{rows, Count::Relation::kAll, "", false})});
  report.Add("more", "5", {Of(Count{rows, Count::Relation::kAll, "", false})});
  report.Add("above", "1", {Of(Count{rows, Count::Relation::kAbove, "target", false})});
  report.Add("below", "2", {Of(Count{rows, Count::Relation::kBelow, "target", false})});
  report.Add("met", "100 %", {Of(Count{rows, Count::Relation::kAtLeast, "target", true})});

  EXPECT_THAT(report.Found(),
              ElementsAre("PRINTED_ARITHMETIC_WRONG 5 3", "PRINTED_ARITHMETIC_WRONG 1 0",
                          "PRINTED_ARITHMETIC_WRONG 100 % 100/3"));
}

TEST(Review, ComparesWhatIsRepeatedDigitByDigit) {
  ReportOf report;
  report.Add("a", "64.8 %").Add("same", "64.80", {Same(Column("a"))});
  report.Add("cut", "64 %", {Same(Column("a"))}).Add("round", "65 %", {Same(Column("a"))});
  report.Add("other", "66 %", {Same(Column("a"))}).Add("unit", "64.8 orang", {Same(Column("a"))});
  report.Add("b", "94 %").Add("longer", "94.2", {Same(Column("b"))});

  EXPECT_THAT(report.Found(),
              ElementsAre("PRINTED_TRUNCATED 64 % 324/5", "PRINTED_ROUNDED_OTHERWISE 65 % 324/5",
                          "PRINTED_CONTRADICTS 66 % 324/5", "PRINTED_UNIT_DIFFERS 64.8 orang 324/5",
                          "PRINTED_ROUNDED_OTHERWISE 94.2 94"));
}

TEST(Review, FindsWhatIsMoreThanItCanBe) {
  ReportOf report;
  report.Add("all", "1233 orang").Add("few", "1233 orang", {Of(AtMost{Column("all")})});
  report.Add("many", "1481 orang", {Of(AtMost{Column("all")})});

  EXPECT_THAT(report.Found(), ElementsAre("PRINTED_CONTRADICTS 1481 orang 1233"));
}

TEST(Review, TellsAMissingUnitOnceAColumn) {
  ReportOf report;
  report.Add("a", "87.6", {}, "r1").Unit("%").Add("a", "90 %", {}, "r2").Unit("%");
  report.Add("a", "26.1", {}, "r3").Unit("%").Add("a", "5 orang", {}, "r4").Unit("%");
  const auto outcome = Review(report.get(), {}, nullptr, policy::DefaultPolicy());

  EXPECT_THAT(report.Found(),
              ElementsAre("PRINTED_UNIT_MISSING 87.6 ", "PRINTED_UNIT_DIFFERS 5 orang "));
  ASSERT_THAT(outcome, IsOk());
  ASSERT_EQ(outcome->differences[0].finding.figures.size(), 2u);
  EXPECT_EQ(outcome->differences[0].finding.figures[1].location, "T r3.a");
}

class ReviewOfAgency : public ::testing::Test {
 protected:
  ReviewOfAgency() {
    facts_.Key(testing::MakeIndicator("IKU2", "90.2", "%"));
    facts_.Output(testing::MakeIndicator("SK1", "110"), "1000");
    facts_.Quarters("SK1", "100", {{4, "100"}});
    Submission& submission = facts_.Submit(4, Coverage::kYearToDate);
    submission.indicators["IKU2"] = testing::Percentage("90");
    submission.indicators["SK1"] = testing::Quantity("68");
    submission.budgets["SK1"].realized = testing::D("648");
    facts_.Close(4);
    facts_.Revise(absl::CivilDay(2023, 6, 1));
    facts_.plans.annual_plans.front().objectives[0].indicators[0].target.value = testing::D("95");
  }

  // A figure of the row `code` that equals `value` of the scorecard.
  std::vector<std::string> Compared(std::string code, ScorecardFigure::Value value,
                                    std::string printed,
                                    NumberFormat format = NumberFormat::kDecimalPoint) {
    ReportOf report;
    report.Add("x", std::move(printed), {Same(ScorecardFigure{value, "", false})}, std::move(code),
               format);
    return report.Found(&facts_);
  }

  Facts facts_;
};

TEST_F(ReviewOfAgency, ComparesWithTheScorecard) {
  using Value = ScorecardFigure::Value;
  EXPECT_THAT(Compared("IKU2", Value::kTarget, "90.2 %"), IsEmpty());
  EXPECT_THAT(Compared("IKU2", Value::kTarget, "90 %"),
              ElementsAre("PRINTED_ROUNDED_OTHERWISE 90 % 451/5"));
  EXPECT_THAT(Compared("IKU2", Value::kRealization, "90 %"), IsEmpty());
  EXPECT_THAT(Compared("IKU2", Value::kAchievement, "99.78"), IsEmpty());
  EXPECT_THAT(Compared("IKU2", Value::kAchievement, "100 %"),
              ElementsAre("PRINTED_ROUNDING_HIDES_MISS 100 % 45000/451"));
  EXPECT_THAT(Compared("S1", Value::kAchievement, "99.7"),
              ElementsAre("PRINTED_TRUNCATED 99.7 45000/451"));
  EXPECT_THAT(Compared("dinsos", Value::kAchievement, "98"),
              ElementsAre("PRINTED_CONTRADICTS 98 45000/451"));
  EXPECT_THAT(Compared("SK1", Value::kAbsorption, "64.8"), IsEmpty());
  EXPECT_THAT(Compared("dinsos", Value::kBudget, "1001"),
              ElementsAre("PRINTED_CONTRADICTS 1001 1000"));
  EXPECT_THAT(Compared("P1", Value::kRealized, "648"), IsEmpty());
  EXPECT_THAT(Compared("nothing", Value::kTarget, "1"), ElementsAre("PRINTED_SOURCE_MISSING 1 "));
}

TEST_F(ReviewOfAgency, ComparesWithTheTargetThroughTheQuarterWhereAsked) {
  using Value = ScorecardFigure::Value;
  const auto compared = [&](Value value, std::string printed) {
    ReportOf report;
    report.Add("x", std::move(printed), {Same(ScorecardFigure{value, "", true})}, "SK1");
    return report.Found(&facts_);
  };

  EXPECT_THAT(compared(Value::kTarget, "100 orang"), IsEmpty());
  EXPECT_THAT(compared(Value::kTarget, "110 orang"),
              ElementsAre("PRINTED_CONTRADICTS 110 orang 100"));
  EXPECT_THAT(compared(Value::kAchievement, "68 %"), IsEmpty());
}

TEST_F(ReviewOfAgency, ComparesRatingsInAnyOfTheirForms) {
  const auto rating = ScorecardFigure::Value::kRating;
  for (const char* words :
       {"AA", "sangat memuaskan", "AA (Sangat Memuaskan)", " Sangat Memuaskan"}) {
    EXPECT_THAT(Compared("IKU2", rating, words, NumberFormat::kText), IsEmpty()) << words;
  }
  EXPECT_THAT(Compared("IKU2", rating, "Baik", NumberFormat::kText),
              ElementsAre("PRINTED_CONTRADICTS Baik AA (Sangat Memuaskan)"));
}

TEST_F(ReviewOfAgency, ComparesWithThePlansThatTheScorecardRead) {
  using Document = PlanFigure::Document;
  const auto compared = [&](PlanFigure figure, std::string row, std::string printed) {
    ReportOf report;
    report.Add("x", std::move(printed), {Same(std::move(figure))}, std::move(row));
    return report.Found(&facts_);
  };
  const auto target = PlanFigure::Value::kTarget;
  const auto budget = PlanFigure::Value::kBudget;

  EXPECT_THAT(compared({Document::kAnnualPlan, target, "", 0, false}, "IKU2", "90.2 %"), IsEmpty());
  EXPECT_THAT(compared({Document::kAnnualPlan, target, "", 0, true}, "IKU2", "90.2 %"),
              ElementsAre("PRINTED_CONTRADICTS 90.2 % 95"));
  EXPECT_THAT(compared({Document::kActionPlan, target, "SK1", 0, false}, "r", "110 orang"),
              ElementsAre("PRINTED_CONTRADICTS 110 orang 100"));
  EXPECT_THAT(compared({Document::kAnnualPlan, budget, "", 0, false}, "dinsos", "1000"), IsEmpty());
  EXPECT_THAT(compared({Document::kAgreement, budget, "", 0, false}, "dinsos", "1000"),
              ElementsAre("PRINTED_SOURCE_MISSING 1000 "));
  EXPECT_THAT(compared({Document::kStrategicPlan, target, "", 2026, false}, "IKU2", "90.4"),
              ElementsAre("PRINTED_SOURCE_MISSING 90.4 "));
}

TEST_F(ReviewOfAgency, TriesTheTargetsOfOtherDocumentsAsBases) {
  const PlanFigure action_plan{PlanFigure::Document::kActionPlan, PlanFigure::Value::kTarget, "", 0,
                               false};
  ReportOf report;
  report.Add("target", "110 orang", {}, "SK1").Add("realization", "68 orang", {}, "SK1");
  report.Add("achievement", "68 %",
             {Share(true, {action_plan}),
              Same(ScorecardFigure{ScorecardFigure::Value::kAchievement, "", false})},
             "SK1");

  // The scorecard has the same 61.82, which counts once.
  EXPECT_THAT(report.Found(&facts_), ElementsAre("PRINTED_WRONG_BASE 68 % 680/11"));
}

TEST(ReviewChecks, KnowsWhetherAScorecardIsNeeded) {
  const ScorecardFigure score;
  EXPECT_FALSE(NeedsScorecard(Achievement("1", "2", "50").get()));
  EXPECT_TRUE(NeedsScorecard(ReportOf().Add("a", "1", {Same(score)}).get()));
  EXPECT_TRUE(NeedsScorecard(ReportOf().Add("a", "1", {Of(AtMost{score})}).get()));
  EXPECT_TRUE(NeedsScorecard(ReportOf().Add("a", "1", {Share(true, {score})}).get()));
}

TEST(ReviewChecks, RefusesReportsThatDoNotHoldTogether) {
  const auto refusal = [](const ReportOf& report) {
    return Review(report.get(), {}, nullptr, policy::DefaultPolicy()).status();
  };
  EXPECT_THAT(refusal(ReportOf().Add("a", "97,87")), HasField("figures[0].printed"));
  EXPECT_THAT(refusal(ReportOf().Add("a", "1").Add("a", "2")), HasField("figures[1]"));
  EXPECT_THAT(refusal(ReportOf().Add("a", "1").Table("T").Add("a", "1", {}, "s")),
              HasField("tables"));
  EXPECT_THAT(refusal(ReportOf().Add("a", "1", {Same(Column("b"))})), HasField("claim.equals"));
  EXPECT_THAT(refusal(ReportOf().Add("a", "1", {Same(Column("a"))})), HasField("claim.equals"));
  EXPECT_THAT(refusal(ReportOf().Add("a", "1", {Share()})), HasField("claim.quotient.dividend"));
  EXPECT_THAT(refusal(ReportOf().Add("a", "1", {Of(Mean{{"", "b", {}}})})), HasField("claim.mean"));
  EXPECT_THAT(refusal(ReportOf().Add("a", "1", {Of(Sum{{{"", "", {"s"}}}, {}})})),
              HasField("claim.sum.add[0]"));
  const Count count{{"", "b", {}}, Count::Relation::kAbove, "c", false};
  EXPECT_THAT(refusal(ReportOf().Add("b", "1").Add("a", "1", {Of(count)})),
              HasField("claim.count.other_column"));
  ReportOf words;
  words.Add("w", "baik", {}, "r", NumberFormat::kText).Add("a", "1", {Same(Column("w"))});
  EXPECT_THAT(refusal(words), HasField("claim.equals"));
}

TEST(ReviewChecks, RefusesMoreReferencesThanItsLimit) {
  ReportOf report;
  for (int i = 0; i < 150; ++i) {
    report.Add("a", "1", {Of(Sum{{{"", "", {}}}, {}})}, absl::StrCat("r", i));
  }
  EXPECT_THAT(Review(report.get(), {}, nullptr, policy::DefaultPolicy()).status(),
              HasField("tables"));

  // A range that finds nothing is looked for all the same.
  const Sum nothing{std::vector<CellRange>(kReferencesMax + 1, {"", "none", {}}), {}};
  EXPECT_THAT(
      Review(ReportOf().Add("a", "1", {Of(nothing)}).get(), {}, nullptr, policy::DefaultPolicy())
          .status(),
      HasField("tables"));
}

}  // namespace
}  // namespace sakip::scoring::review
