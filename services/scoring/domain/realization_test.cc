#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "services/scoring/domain/formula.h"
#include "services/scoring/domain/testing/facts_builder.h"
#include "services/scoring/domain/values.h"

namespace sakip::scoring {
namespace {

using testing::Count;
using testing::D;
using testing::Facts;
using testing::MakeIndicator;
using testing::NotApplicable;
using testing::Percentage;
using testing::Quantity;
using testing::Ratio;
using testing::Scene;

constexpr Coverage kQuarter = Coverage::kQuarter;
constexpr Coverage kToDate = Coverage::kYearToDate;

struct Submitted {
  int quarter;
  RealizedIndicator value;
  Coverage coverage = kQuarter;
};

struct Answer {
  std::string text;  // `30 orang`, `MISSING`, ...
  Derivation steps;
  std::vector<Finding> findings;
};

Answer Realize(const Indicator& indicator, const std::vector<Submitted>& submitted,
               int quarter = 4) {
  Facts facts;
  facts.Key(indicator);
  for (const Submitted& s : submitted) {
    facts.Submit(s.quarter, s.coverage).indicators[indicator.code] = s.value;
  }
  Scene scene(facts, quarter);
  const Resolved result =
      RealizedToDate(scene.context(), indicator, SubmittedValues(scene.context(), indicator.code));
  constexpr const char* kOutcomes[] = {"VALUE", "NOT_DUE", "MISSING", "NOT_APPLICABLE",
                                       "NOT_SCORED"};
  const std::string text = result.value.has_value()
                               ? ExactText(result.value->value) + " " + result.value->unit
                               : kOutcomes[static_cast<int>(result.outcome)];
  return {text, result.steps, scene.Findings()};
}

Indicator With(TimeAggregation aggregation, std::string unit = "orang") {
  Indicator indicator = MakeIndicator("a", "100", std::move(unit));
  indicator.time_aggregation = aggregation;
  return indicator;
}

TEST(RealizedToDate, IsMissingWhereNothingWasSubmitted) {
  EXPECT_EQ(Realize(With(TimeAggregation::kSum), {}).text, "MISSING");
  EXPECT_EQ(Realize(With(TimeAggregation::kSum), {{3, Quantity("5")}}, 2).text, "MISSING");
}

TEST(RealizedToDate, CombinesQuartersUpToThePeriod) {
  const std::vector<Submitted> year = {
      {1, Quantity("10")}, {2, Quantity("40")}, {3, Quantity("0")}, {4, Quantity("30")}};
  EXPECT_EQ(Realize(With(TimeAggregation::kSum), year).text, "80 orang");
  EXPECT_EQ(Realize(With(TimeAggregation::kSum), year, 2).text, "50 orang");
  EXPECT_EQ(Realize(With(TimeAggregation::kLast), year, 3).text, "0 orang");
  EXPECT_EQ(Realize(With(TimeAggregation::kConstant), year).text, "30 orang");
  EXPECT_EQ(Realize(With(TimeAggregation::kAverage), year).text, "20 orang");
  EXPECT_EQ(Realize(With(TimeAggregation::kAverage), year, 3).text, "50/3 orang");
  EXPECT_EQ(Realize(With(TimeAggregation::kMax), year).text, "40 orang");
  EXPECT_EQ(Realize(With(TimeAggregation::kMin), year).text, "0 orang");
}

TEST(RealizedToDate, TakesTheValueToDateForAllBeforeIt) {
  const std::vector<Submitted> year = {
      {1, Quantity("10")}, {2, Quantity("45"), kToDate}, {3, Quantity("5")}};
  EXPECT_EQ(Realize(With(TimeAggregation::kSum), year).text, "50 orang");
  EXPECT_EQ(Realize(With(TimeAggregation::kMax), year).text, "45 orang");
  // 45 stands for two quarters.
  EXPECT_EQ(Realize(With(TimeAggregation::kAverage), year).text, "95/3 orang");
}

TEST(RealizedToDate, RecomputesQuotientsFromTheirCounts) {
  const std::vector<Submitted> year = {{1, Ratio("1", "1")}, {2, Ratio("10", "99")}};
  // The mean of the percentages would be 55.05.
  EXPECT_EQ(Realize(With(TimeAggregation::kSum, "%"), year).text, "11 %");
  EXPECT_EQ(Realize(With(TimeAggregation::kAverage, "%"), year).text, "11 %");
  EXPECT_EQ(Realize(With(TimeAggregation::kLast, "%"), year).text, "1000/99 %");
  EXPECT_EQ(Realize(With(TimeAggregation::kMax, "%"), year).text, "100 %");
  EXPECT_EQ(Realize(With(TimeAggregation::kMin, "%"), year).text, "1000/99 %");
  EXPECT_EQ(Realize(With(TimeAggregation::kSum, "%"), year).steps.back().expression,
            "(1 + 10) / (1 + 99) x 100");
}

TEST(RealizedToDate, OfAZeroDenominatorIsAFinding) {
  const Answer once = Realize(With(TimeAggregation::kLast, "%"), {{1, Ratio("0", "0")}});
  EXPECT_EQ(once.text, "NOT_SCORED");
  EXPECT_EQ(Count(once.findings, "ZERO_DENOMINATOR", "a"), 1);
  EXPECT_EQ(Realize(With(TimeAggregation::kMax, "%"), {{1, Ratio("3", "0")}}).text, "NOT_SCORED");

  // Another quarter gives the sum a denominator.
  const Answer sum =
      Realize(With(TimeAggregation::kSum, "%"), {{1, Ratio("0", "0")}, {2, Ratio("1", "4")}});
  EXPECT_EQ(sum.text, "25 %");
  EXPECT_EQ(Count(sum.findings, "ZERO_DENOMINATOR"), 0);
}

TEST(RealizedToDate, NotesEveryNumeratorAboveItsDenominator) {
  const Indicator indicator = With(TimeAggregation::kSum, "%");
  EXPECT_EQ(
      Count(Realize(indicator, {{1, Ratio("4", "4")}}).findings, "NUMERATOR_ABOVE_DENOMINATOR"), 0);
  EXPECT_EQ(
      Count(Realize(indicator, {{1, Ratio("5", "4")}}).findings, "NUMERATOR_ABOVE_DENOMINATOR"), 1);
  // The sums 6 / 8 would hide it.
  EXPECT_EQ(Count(Realize(indicator, {{1, Ratio("5", "4")}, {2, Ratio("1", "4")}}).findings,
                  "NUMERATOR_ABOVE_DENOMINATOR"),
            1);
  EXPECT_EQ(Count(Realize(With(TimeAggregation::kMax, "%"), {{1, Ratio("5", "4")}}).findings,
                  "NUMERATOR_ABOVE_DENOMINATOR"),
            1);
}

TEST(RealizedToDate, NotesWhatNobodyCanReproduce) {
  Indicator indicator = With(TimeAggregation::kLast, "%");
  EXPECT_EQ(Count(Realize(indicator, {{1, Percentage("90")}}).findings, "NOT_REPRODUCIBLE"), 0);
  indicator.is_ratio = true;
  EXPECT_EQ(Count(Realize(indicator, {{1, Ratio("90", "100")}}).findings, "NOT_REPRODUCIBLE"), 0);
  EXPECT_EQ(Count(Realize(indicator, {{1, Percentage("90")}}).findings, "NOT_REPRODUCIBLE"), 1);
  // A quantity of 90 % is a bare percentage under another name.
  EXPECT_EQ(Count(Realize(indicator, {{1, Quantity("90", "%")}}).findings, "NOT_REPRODUCIBLE"), 1);
  // Superseded by counts.
  EXPECT_EQ(Count(Realize(indicator, {{1, Percentage("90")}, {2, Ratio("9", "10")}}).findings,
                  "NOT_REPRODUCIBLE"),
            0);
}

TEST(RealizedToDate, InAnotherUnitIsAFindingAndNotScored) {
  const Answer answer = Realize(With(TimeAggregation::kSum), {{1, Quantity("185", "lembaga")}});
  EXPECT_EQ(answer.text, "NOT_SCORED");
  ASSERT_EQ(Count(answer.findings, "UNIT_DIFFERS", "a"), 1);
  EXPECT_EQ(answer.findings[0].figures[0].value, "185 lembaga");
  EXPECT_EQ(answer.findings[0].figures[1].value, "100 orang");

  EXPECT_EQ(Realize(With(TimeAggregation::kSum), {{1, Quantity("5", "ORANG")}}).text, "5 orang");
  EXPECT_EQ(Realize(With(TimeAggregation::kSum), {{1, Percentage("5")}}).text, "NOT_SCORED");
}

TEST(RealizedToDate, ReadsNoUnitThatAValueToDateStandsFor) {
  for (const TimeAggregation aggregation : {TimeAggregation::kSum, TimeAggregation::kAverage,
                                            TimeAggregation::kLast, TimeAggregation::kMax}) {
    const Answer answer = Realize(
        With(aggregation), {{1, Quantity("185", "lembaga")}, {4, Quantity("1481"), kToDate}});
    EXPECT_EQ(answer.text, "1481 orang");
    EXPECT_TRUE(answer.findings.empty());
  }
  EXPECT_EQ(
      Realize(With(TimeAggregation::kSum), {{1, Quantity("185", "lembaga")}, {4, Quantity("1481")}})
          .text,
      "NOT_SCORED");
}

TEST(RealizedToDate, TakesPercentForGrantedInQuotients) {
  RealizedIndicator ratio = Ratio("9", "10");
  ratio.unit.clear();
  EXPECT_EQ(Realize(With(TimeAggregation::kLast, "%"), {{1, ratio}}).text, "90 %");
  RealizedIndicator quantity = Quantity("9", "");
  EXPECT_EQ(Realize(With(TimeAggregation::kLast, "%"), {{1, quantity}}).text, "NOT_SCORED");
}

TEST(RealizedToDate, MayBeDeclaredNotApplicable) {
  const Answer answer = Realize(With(TimeAggregation::kSum), {{1, NotApplicable("digeser")}});
  EXPECT_EQ(answer.text, "NOT_APPLICABLE");
  EXPECT_EQ(answer.steps.back().note, Phrase::Verbatim("digeser"));
  EXPECT_EQ(answer.steps.back().log_position, 10u);
}

TEST(RealizedToDate, AQuarterNotApplicableErasesNoOther) {
  for (const TimeAggregation aggregation :
       {TimeAggregation::kSum, TimeAggregation::kLast, TimeAggregation::kAverage}) {
    EXPECT_EQ(Realize(With(aggregation), {{1, Quantity("5")}, {2, NotApplicable()}}).text,
              "5 orang");
    EXPECT_EQ(Realize(With(aggregation), {{1, NotApplicable()}, {2, Quantity("5")}}).text,
              "5 orang");
  }
  EXPECT_EQ(
      Realize(With(TimeAggregation::kSum), {{1, Quantity("5")}, {2, NotApplicable(), kToDate}})
          .text,
      "NOT_APPLICABLE");
  EXPECT_EQ(Realize(With(TimeAggregation::kSum),
                    {{1, Quantity("5")}, {2, NotApplicable(), kToDate}, {3, Quantity("7")}})
                .text,
            "7 orang");
}

int Falls(const Indicator& indicator, const std::vector<Submitted>& submitted) {
  return Count(Realize(indicator, submitted).findings, "YEAR_TO_DATE_FALLS", "a");
}

TEST(YearToDateFalls, InASum) {
  Indicator sum = With(TimeAggregation::kSum);
  EXPECT_EQ(Falls(sum, {{1, Quantity("5"), kToDate}, {2, Quantity("4"), kToDate}}), 1);
  EXPECT_EQ(Falls(sum, {{1, Quantity("5"), kToDate}, {2, Quantity("5"), kToDate}}), 0);
  EXPECT_EQ(Falls(sum, {{1, Quantity("5")}, {2, Quantity("4")}}), 0);
  // 5 and 4 make 9.
  EXPECT_EQ(Falls(sum, {{1, Quantity("5")}, {2, Quantity("4")}, {3, Quantity("8"), kToDate}}), 1);
  EXPECT_EQ(Falls(sum, {{1, Quantity("5")}, {2, Quantity("4")}, {3, Quantity("9"), kToDate}}), 0);
  sum.may_fall = true;
  EXPECT_EQ(Falls(sum, {{1, Quantity("5"), kToDate}, {2, Quantity("4"), kToDate}}), 0);
}

TEST(YearToDateFalls, InTheCountsOfAQuotient) {
  const Indicator sum = With(TimeAggregation::kSum, "%");
  EXPECT_EQ(Falls(sum, {{1, Ratio("5", "10"), kToDate}, {2, Ratio("4", "20"), kToDate}}), 1);
  EXPECT_EQ(Falls(sum, {{1, Ratio("5", "10"), kToDate}, {2, Ratio("5", "9"), kToDate}}), 1);
  EXPECT_EQ(Falls(sum, {{1, Ratio("5", "10"), kToDate}, {2, Ratio("5", "20"), kToDate}}), 0);
}

TEST(YearToDateFalls, InAMaximumAndInALastValueWhereMoreIsBetter) {
  EXPECT_EQ(Falls(With(TimeAggregation::kMax), {{1, Quantity("5")}, {2, Quantity("4"), kToDate}}),
            1);
  EXPECT_EQ(Falls(With(TimeAggregation::kMax), {{1, Quantity("5")}, {2, Quantity("4")}}), 0);

  Indicator last = With(TimeAggregation::kLast);
  EXPECT_EQ(Falls(last, {{1, Quantity("5")}, {2, Quantity("4")}}), 1);
  EXPECT_EQ(Falls(last, {{1, Quantity("5")}, {2, Quantity("5")}}), 0);
  last.formula = Formula::kNegative;
  EXPECT_EQ(Falls(last, {{1, Quantity("5")}, {2, Quantity("4")}}), 0);
  last.formula = Formula::kPositive;
  last.may_fall = true;
  EXPECT_EQ(Falls(last, {{1, Quantity("5")}, {2, Quantity("4")}}), 0);
}

TEST(YearToDateFalls, EvenWhereItIsDeclaredNotApplicableLater) {
  EXPECT_EQ(Falls(With(TimeAggregation::kSum), {{1, Quantity("5"), kToDate},
                                                {2, NotApplicable(), kToDate},
                                                {3, Quantity("4"), kToDate}}),
            1);
  EXPECT_EQ(Falls(With(TimeAggregation::kSum), {{1, Quantity("5"), kToDate},
                                                {2, Quantity("4"), kToDate},
                                                {3, NotApplicable(), kToDate}}),
            1);
}

TEST(YearToDateFalls, NeverBetweenWhatCannotBeCompared) {
  const Indicator sum = With(TimeAggregation::kSum);
  EXPECT_EQ(Falls(sum, {{1, Quantity("925", "lembaga"), kToDate}, {4, Quantity("80"), kToDate}}),
            0);
  EXPECT_EQ(Falls(sum, {{1, Quantity("100"), kToDate},
                        {2, NotApplicable(), kToDate},
                        {3, Quantity("120"), kToDate}}),
            0);
  EXPECT_EQ(
      Falls(sum,
            {{1, Quantity("100"), kToDate}, {2, NotApplicable()}, {3, Quantity("120"), kToDate}}),
      0);
  EXPECT_EQ(Falls(With(TimeAggregation::kAverage),
                  {{1, Quantity("5"), kToDate}, {2, Quantity("4"), kToDate}}),
            0);
  EXPECT_EQ(Falls(With(TimeAggregation::kMin),
                  {{1, Quantity("5"), kToDate}, {2, Quantity("4"), kToDate}}),
            0);
}

// Makes random histories of quarter values, tells each of them once by quarter and once with random
// quarters to date, and compares what the scorecards show. The seed is printed with a failure.
class CoverageProperty {
 public:
  explicit CoverageProperty(uint32_t seed) : random_(seed) {}

  void Run() {
    const auto aggregation = static_cast<TimeAggregation>(Below(6));
    Facts by_quarter, mixed;
    for (Facts* facts : {&by_quarter, &mixed}) {
      Indicator indicator = With(aggregation, "%");
      facts->Key(indicator);
      facts->Quarters("a", "100", {{1, "20"}, {2, "20"}, {3, "30"}, {4, "30"}}, "%");
      facts->Output(MakeIndicator("b", "10"), "1000");
      facts->Close(4);
    }
    const bool ratios = Below(2) == 0;
    std::vector<int> present;
    std::map<int, Rational> numerators, denominators, money;
    for (int quarter = 1; quarter <= 4; ++quarter) {
      if (Below(4) == 0) continue;
      // Multiples of 12, so that a mean of up to four is a decimal.
      const int n = Below(50) * 12, d = 1 + Below(900), spent = Below(300);
      numerators[quarter] = Rational(n);
      denominators[quarter] = Rational(d);
      money[quarter] = Rational(spent);
      Write(by_quarter.Submit(quarter), ratios, Rational(n), Rational(d), Rational(spent));
      const bool to_date = Below(2) == 0;
      const Coverage coverage = to_date ? kToDate : kQuarter;
      const bool sums = aggregation == TimeAggregation::kSum ||
                        (ratios && aggregation == TimeAggregation::kAverage);
      Submission& told = mixed.Submit(quarter, coverage);
      if (!to_date) {
        Write(told, ratios, Rational(n), Rational(d), Rational(spent));
      } else if (!ratios) {
        Write(told, false, Told(aggregation, numerators), Rational(1), Total(money));
      } else if (sums) {
        Write(told, true, Total(numerators), Total(denominators), Total(money));
      } else {
        const int best = Best(aggregation, numerators, denominators);
        Write(told, true, numerators[best], denominators[best], Total(money));
      }
    }
    for (int quarter = 1; quarter <= 4; ++quarter) Compare(by_quarter, mixed, quarter);
  }

 private:
  int Below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random_); }

  static Rational Total(const std::map<int, Rational>& values) {
    Rational sum;
    for (const auto& [quarter, value] : values) sum = sum + value;
    return sum;
  }

  // The value to date, computed without the code under test.
  static Rational Told(TimeAggregation aggregation, const std::map<int, Rational>& values) {
    Rational result = values.rbegin()->second;
    if (aggregation == TimeAggregation::kSum) return Total(values);
    if (aggregation == TimeAggregation::kAverage) {
      return *Divide(Total(values), Rational(static_cast<int64_t>(values.size())));
    }
    for (const auto& [quarter, value] : values) {
      if (aggregation == TimeAggregation::kMax) result = std::max(result, value);
      if (aggregation == TimeAggregation::kMin) result = std::min(result, value);
    }
    return result;
  }

  // The quarter whose quotient is that to date.
  static int Best(TimeAggregation aggregation, const std::map<int, Rational>& numerators,
                  const std::map<int, Rational>& denominators) {
    int best = numerators.rbegin()->first;
    for (const auto& [quarter, n] : numerators) {
      const Rational value = *Divide(n, denominators.at(quarter));
      const Rational of_best = *Divide(numerators.at(best), denominators.at(best));
      if (aggregation == TimeAggregation::kMax && value > of_best) best = quarter;
      if (aggregation == TimeAggregation::kMin && value < of_best) best = quarter;
    }
    return best;
  }

  static Decimal ToDecimal(const Rational& value) { return D(value.Truncated(9)); }

  static void Write(Submission& submission, bool ratio, const Rational& n, const Rational& d,
                    const Rational& spent) {
    RealizedIndicator value = Quantity("0", "%");
    value.kind = ratio ? RealizedIndicator::Kind::kRatio : RealizedIndicator::Kind::kQuantity;
    value.value = ToDecimal(n);
    value.numerator = ToDecimal(n);
    value.denominator = ToDecimal(d);
    submission.indicators["a"] = value;
    submission.budgets["b"].realized = ToDecimal(spent);
  }

  static std::string Shown(const PeriodScore& score) {
    const std::string value =
        score.realization.has_value() ? score.realization->value.ToFraction() : "none";
    return value + " " + testing::Seen(score.achievement);
  }

  static void Compare(const Facts& a, const Facts& b, int quarter) {
    const Scorecard one = a.At(quarter), two = b.At(quarter);
    EXPECT_EQ(Shown(testing::Find(one, "a").to_date), Shown(testing::Find(two, "a").to_date));
    EXPECT_EQ(Shown(testing::Find(one, "a").year), Shown(testing::Find(two, "a").year));
    EXPECT_EQ(testing::Seen(one.achievement), testing::Seen(two.achievement));
    EXPECT_EQ(one.budget.realized, two.budget.realized);
    EXPECT_EQ(one.budget.absorption.printed, two.budget.absorption.printed);
    EXPECT_EQ(testing::Count(one, "YEAR_TO_DATE_FALLS"), testing::Count(two, "YEAR_TO_DATE_FALLS"));
  }

  std::mt19937 random_;
};

TEST(Coverage, ByQuarterAndToDateGiveEqualScorecards) {
  const uint32_t seed = 20230104;
  for (uint32_t i = 0; i < 600; ++i) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed + i);
    CoverageProperty(seed + i).Run();
    if (HasFailure()) break;
  }
}

}  // namespace
}  // namespace sakip::scoring
