// Explanations of the sample and of facts with every rule: no number is left unexplained.
#include "services/scoring/domain/explain/explanation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/testing/status_matchers.h"
#include "services/scoring/domain/explain/figure_text.h"
#include "services/scoring/domain/own_policy.h"
#include "services/scoring/domain/plans_in_force.h"
#include "services/scoring/testing/jember_sample.h"

namespace sakip::scoring::explain {
namespace {

using sakip::testing::HasField;
using sakip::testing::IsOk;
using scoring::testing::D;
using scoring::testing::Facts;
using scoring::testing::MakeIndicator;
using scoring::testing::NotApplicable;
using scoring::testing::Percentage;
using scoring::testing::Quantity;
using scoring::testing::Ratio;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The fourth quarter of some facts, to be explained.
class Year {
 public:
  explicit Year(Facts facts, int quarter = 4)
      : facts_(std::move(facts)), card_(facts_.At(quarter)), index_(card_) {
    const auto plans = FindPlans(facts_.plans, facts_.submissions, card_.period);
    plan_ = plans->plan;
  }

  absl::StatusOr<Explanation> Tell(FigureLevel level, const std::string& code, FigureKind kind,
                                   const Bounds& bounds = {}) const {
    return Explain({card_, facts_.policy, *plan_}, {{level, code}, kind}, bounds);
  }

  const Scorecard& card() const { return card_; }

 private:
  const Facts facts_;
  const Scorecard card_;
  const FigureIndex index_;
  const AnnualPlan* plan_;
};

Year Jember() {
  Facts facts = scoring::testing::ReadJemberSample(SAKIP_SOURCE_DIR "/deploy/samples/jember-2023");
  facts.Close(4);
  return Year(std::move(facts));
}

// Every kind of step, formula and combination that the sample does not have.
Facts Everything() {
  Facts facts;
  const auto add = [&](const char* code, TimeAggregation aggregation) -> Indicator& {
    Indicator& indicator = facts.Key(MakeIndicator(code, "80", "%"));
    indicator.time_aggregation = aggregation;
    return indicator;
  };
  add("MEAN", TimeAggregation::kAverage).weight = D("2.5");
  add("MOST", TimeAggregation::kMax);
  add("LAST", TimeAggregation::kLast).formula = Formula::kNegative;
  add("NONE", TimeAggregation::kLast);
  Indicator& range = add("RANGE", TimeAggregation::kLast);
  range.formula = Formula::kRange;
  range.target_upper = plan::Measure{D("95"), "%"};
  add("FREE", TimeAggregation::kLast).not_applicable_reason = "digeser";
  Indicator& share = add("SHARE", TimeAggregation::kLast);
  share.formula = Formula::kShareMet;
  share.children = {"MEAN", "SK1", "NOWHERE"};
  facts.Output(MakeIndicator("SK1", "100"), "1000");
  facts.Output(MakeIndicator("SK2", "100"), "500");
  facts.activity().sub_activities.back().indicators.push_back(MakeIndicator("SK2b", "100"));
  facts.Output(MakeIndicator("SK3", "100"), "700");  // Nothing is said of it.
  facts.policy.clamps = {{Level::kObjective, {D("0"), D("100")}}};
  for (int quarter = 1; quarter <= 4; ++quarter) {
    Submission& submission = facts.Submit(quarter);
    submission.indicators["MEAN"] = Percentage(absl::StrCat(70 + quarter));
    submission.indicators["MOST"] = Ratio(absl::StrCat(50 + quarter), "90");
    submission.indicators["LAST"] = Percentage("99");
    submission.indicators["NONE"] = NotApplicable("dihapus");
    submission.indicators["RANGE"] = Percentage("97");
    submission.indicators["SK1"] = Quantity("20");
    submission.indicators["SK2"] = Quantity(quarter == 4 ? "-90" : "10");
    submission.indicators["SK2b"] = Quantity("30");
    submission.budgets["SK1"].realized = D("211");
    submission.budgets["SK2"].realized = D("17");
  }
  facts.Close(4);
  return facts;
}

std::vector<std::string> Numbers(const std::string& text) {
  static const std::regex kNumber(R"(-?\d+(\.\d+)?(/\d+)?)");
  std::vector<std::string> numbers;
  for (std::sregex_iterator it(text.begin(), text.end(), kNumber), end; it != end; ++it) {
    numbers.push_back(it->str());
  }
  return numbers;
}

void AddNumbers(const std::string& text, std::set<std::string>& known) {
  for (std::string& number : Numbers(text)) known.insert(std::move(number));
}

// Numbers that a formula brings: per cent, the bounds of PMK 214/2017, and counts, which are told
// by how many children and steps there are.
bool IsConstant(const Step& step, const std::string& number) {
  static const std::set<std::string> kConstants = {"0", "100", "-20", "20", "50"};
  if (kConstants.contains(number)) return true;
  const bool counts = step.kind == Step::Kind::kMean || step.kind == Step::Kind::kAggregation;
  return counts && number.size() == 1;
}

// Fails for each number of a step that nothing explains; returns how many were looked at.
int CheckNumbers(const Explanation& explanation) {
  int checked = 0;
  std::set<std::string> known;
  for (const Explanation& child : explanation.children) {
    if (child.figure.exact.has_value()) AddNumbers(ExactText(*child.figure.exact), known);
    AddNumbers(child.figure.printed, known);
    for (const ExplainedStep& step : child.steps) AddNumbers(step.step.result, known);
    checked += CheckNumbers(child);
  }
  if (explanation.key.kind == FigureKind::kRating && explanation.figure.exact.has_value()) {
    AddNumbers(ExactText(*explanation.figure.exact), known);
  }
  for (const auto& [step, sources] : explanation.steps) {
    for (const EventSource& source : sources) AddNumbers(source.value, known);
    std::vector<std::string> numbers = Numbers(absl::StrReplaceAll(step.expression, {{"+-", ""}}));
    // The last one is the digits of a rounding, which may have had to add some, or the sum of the
    // weights of a mean.
    const bool sums_up = step.kind == Step::Kind::kRounding || step.kind == Step::Kind::kMean;
    if (sums_up) numbers.pop_back();
    for (const std::string& number : numbers) {
      ++checked;
      EXPECT_TRUE(known.contains(number) || IsConstant(step, number))
          << TitleText(explanation, Language::kEnglish) << ": " << step.subject << " = "
          << step.expression << ": " << number;
    }
    AddNumbers(step.result, known);
  }
  return checked;
}

// Calls `visit` with every figure that the card has.
template <typename Visit>
void ForEachFigure(const Year& year, Visit visit) {
  std::vector<ItemKey> items = {{FigureLevel::kAgency, ""}};
  const auto add = [&](const auto& indicators) {
    for (const IndicatorScore& i : indicators) items.emplace_back(FigureLevel::kIndicator, i.code);
  };
  for (const ObjectiveScore& objective : year.card().objectives) {
    items.emplace_back(FigureLevel::kObjective, objective.code);
    add(objective.indicators);
    for (const ProgramScore& program : objective.programs) {
      items.emplace_back(FigureLevel::kProgram, program.code);
      for (const ActivityScore& activity : program.activities) {
        items.emplace_back(FigureLevel::kActivity, activity.code);
        for (const SubActivityScore& sub : activity.sub_activities) {
          items.emplace_back(FigureLevel::kSubActivity, sub.code);
          add(sub.indicators);
        }
      }
    }
  }
  for (const auto& [level, code] : items) {
    for (int kind = 0; kind <= static_cast<int>(FigureKind::kRatingToDate); ++kind) {
      const auto explanation = year.Tell(level, code, static_cast<FigureKind>(kind));
      if (explanation.ok()) visit(*explanation);
    }
  }
}

std::vector<std::string> Codes(const std::vector<Explanation>& children) {
  std::vector<std::string> codes;
  for (const Explanation& child : children) codes.push_back(child.key.item.second);
  return codes;
}

TEST(Explain, LeavesNoNumberOfTheSampleUnexplained) {
  int checked = 0;
  ForEachFigure(Jember(), [&](const Explanation& e) { checked += CheckNumbers(e); });
  EXPECT_GT(checked, 1000);
}

TEST(Explain, LeavesNoNumberUnexplainedWhateverTheRules) {
  Facts facts = Everything();
  int checked = 0;
  ForEachFigure(Year(facts), [&](const Explanation& e) { checked += CheckNumbers(e); });
  facts.policy.efficiency.method = policy::EfficiencyMethod::kPmk214Of2017;
  ForEachFigure(Year(facts), [&](const Explanation& e) { checked += CheckNumbers(e); });
  EXPECT_GT(checked, 200);
}

TEST(Explain, GoesFromTheAgencyDownToTheEvents) {
  const auto agency = Jember().Tell(FigureLevel::kAgency, "", FigureKind::kAchievement);

  ASSERT_THAT(agency, IsOk());
  EXPECT_EQ(agency->figure.printed, "99.94");
  EXPECT_THAT(Codes(agency->children), ElementsAre("S1", "S2", "S3", "S4"));
  const Explanation& second = agency->children[1].children.at(0);
  EXPECT_EQ(second.key.item.second, "IKU2");
  ASSERT_GE(second.steps.size(), 4u);
  const EventSource& target = second.steps[0].sources.at(0);
  EXPECT_EQ(target.log, Log::kPlanning);
  EXPECT_EQ(target.name, "regions/35.09/agencies/dinsos/annualPlans/2023");
  EXPECT_EQ(target.revision, 2u);
  EXPECT_EQ(target.path, "indicators[IKU2].target");
  EXPECT_EQ(target.value, "90.2");
  const EventSource& realization = second.steps[1].sources.at(0);
  EXPECT_EQ(realization.log, Log::kRealization);
  EXPECT_EQ(realization.name, "regions/35.09/agencies/dinsos/submissions/2023Q4");
  EXPECT_EQ(realization.value, "90");
}

TEST(Explain, FillsInTheNumbersOfSums) {
  const auto agency = Jember().Tell(FigureLevel::kAgency, "", FigureKind::kAbsorption);

  ASSERT_THAT(agency, IsOk());
  const Step& budget = agency->steps.at(0).step;
  EXPECT_TRUE(budget.words.empty());
  EXPECT_EQ(budget.result, "60979145376");
  EXPECT_EQ(Numbers(budget.expression).size(), agency->children.size());
  // Program, activity, sub-activity, and there the submissions.
  const Explanation& sub = agency->children.at(0).children.at(0).children.at(0).children.at(0);
  EXPECT_EQ(sub.key.item.first, FigureLevel::kSubActivity);
  EXPECT_EQ(sub.steps.at(0).sources.at(0).path,
            absl::StrCat("sub_activities[", sub.key.item.second, "].budget"));
}

TEST(Explain, RestsARatingOnItsAchievementAndThePolicy) {
  const auto rating = Jember().Tell(FigureLevel::kIndicator, "IKU2", FigureKind::kRating);

  ASSERT_THAT(rating, IsOk());
  EXPECT_EQ(rating->rating, "AA");
  ASSERT_EQ(rating->steps.size(), 1u);
  EXPECT_EQ(rating->steps[0].sources.at(0).path, "rating_scale.bands[AA].lower");
  EXPECT_EQ(rating->steps[0].sources.at(0).value, "90");
  EXPECT_EQ(rating->steps[0].sources.at(0).log, Log::kNone) << "a built-in policy is in no log";
  ASSERT_EQ(rating->children.size(), 1u);
  EXPECT_EQ(rating->children[0].key.kind, FigureKind::kAchievement);
}

TEST(Explain, NamesTheWeightsOfAMean) {
  const auto mean =
      Year(Everything()).Tell(FigureLevel::kObjective, "S1", FigureKind::kAchievement);

  ASSERT_THAT(mean, IsOk());
  const std::vector<EventSource>& weights = mean->steps.at(0).sources;
  ASSERT_EQ(weights.size(), 1u);
  EXPECT_EQ(weights[0].path, "indicators[MEAN].weight");
  EXPECT_EQ(weights[0].value, "2.5");
}

TEST(Explain, ExplainsWhatAShareCounts) {
  const auto share =
      Year(Everything()).Tell(FigureLevel::kIndicator, "SHARE", FigureKind::kAchievement);

  ASSERT_THAT(share, IsOk());
  EXPECT_THAT(Codes(share->children), ElementsAre("MEAN", "SK1"));
}

TEST(Explain, NamesWhatIsBeyondTheDepthOrTheLimits) {
  const Year year = Jember();
  const auto one = year.Tell(FigureLevel::kAgency, "", FigureKind::kAchievement, {.depth = 1});
  ASSERT_THAT(one, IsOk());
  EXPECT_FALSE(one->left_out);
  const Explanation& objective = one->children.at(1);
  EXPECT_FALSE(objective.left_out);
  const Explanation& named = objective.children.at(0);
  EXPECT_TRUE(named.left_out);
  EXPECT_EQ(named.key.item.second, "IKU2");
  EXPECT_EQ(named.figure.printed, "99.78");
  EXPECT_THAT(named.steps, IsEmpty());

  const auto few = year.Tell(FigureLevel::kAgency, "", FigureKind::kAbsorption, {.figures = 3});
  EXPECT_FALSE(few->children.at(1).left_out);
  EXPECT_TRUE(few->children.at(2).left_out) << "the nearest come first";
  const auto small =
      year.Tell(FigureLevel::kAgency, "", FigureKind::kAbsorption, {.step_bytes = 1});
  EXPECT_FALSE(small->steps.empty()) << "the figure itself always";
  EXPECT_TRUE(small->children.at(0).left_out);
}

TEST(Explain, RefusesFiguresThatAreNotThere) {
  const Year year = Jember();
  const auto elsewhere = year.Tell(FigureLevel::kIndicator, "S1", FigureKind::kAchievement);
  EXPECT_THAT(elsewhere, HasField("figure.code"));
  EXPECT_THAT(std::string(elsewhere.status().message()),
              ::testing::HasSubstr("it is the code of: objective"));
  EXPECT_THAT(year.Tell(FigureLevel::kIndicator, "IKU9", FigureKind::kAchievement),
              HasField("figure.code"));
  for (const FigureKind kind : {FigureKind::kAbsorption, FigureKind::kEfficiency}) {
    EXPECT_THAT(year.Tell(FigureLevel::kIndicator, "IKU1", kind), HasField("figure.kind"));
  }
  const std::string program = year.card().objectives.at(0).programs.at(0).code;
  for (const FigureKind kind :
       {FigureKind::kToDate, FigureKind::kRating, FigureKind::kRatingToDate}) {
    EXPECT_THAT(year.Tell(FigureLevel::kProgram, program, kind), HasField("figure.kind"));
  }
  EXPECT_THAT(year.Tell(FigureLevel::kProgram, program, FigureKind::kEfficiency), IsOk());
}

// An agency as large as any may be: the answer stays small enough to be sent.
TEST(Explain, BoundsALargeTree) {
  Facts facts;
  Submission& submission = facts.Submit(4);
  for (int i = 0; i < 10000; ++i) {
    const std::string code = absl::StrCat("SK", i);
    facts.Output(MakeIndicator(code, "100"), "1000");
    submission.budgets[code].realized = D("999");
  }
  const auto agency =
      Year(std::move(facts)).Tell(FigureLevel::kAgency, "", FigureKind::kAbsorption);

  ASSERT_THAT(agency, IsOk());
  const Explanation& activity = agency->children.at(0).children.at(0).children.at(0);
  ASSERT_EQ(activity.children.size(), 10000u);
  EXPECT_FALSE(activity.children.front().left_out);
  EXPECT_TRUE(activity.children.back().left_out);
}

}  // namespace
}  // namespace sakip::scoring::explain
