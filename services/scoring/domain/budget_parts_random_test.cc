// Money by kind and source on random years, against sums made apart from the code.
//
// Each year has three sub-activities whose plan and submissions divide their money, divide it
// wrongly or not at all, in whole rupiah. The same year is submitted by quarter and to date.
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/scoring/domain/budget_parts.h"
#include "services/scoring/domain/scorecard_diff.h"
#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring {
namespace {

using testing::D;
using testing::Facts;
using testing::MakeIndicator;

constexpr uint32_t kSeed = 20231121;
constexpr int kYears = 2000;

using Amounts = std::map<std::string, int64_t>;  // Rupiah by source.

int64_t Sum(const Amounts& amounts) {
  int64_t sum = 0;
  for (const auto& [source, amount] : amounts) sum += amount;
  return sum;
}

std::vector<money::Part> ToParts(const Amounts& amounts) {
  std::vector<money::Part> parts;
  for (const auto& [source, amount] : amounts) {
    parts.push_back({{money::ExpenditureKind::kOperating, source}, D(absl::StrCat(amount))});
  }
  return parts;
}

struct Line {
  int64_t budget = 0;
  Amounts planned;
  bool submitted = false;
  int64_t realized = 0;
  Amounts spent;  // To date.

  bool IsCompared() const {
    return Sum(planned) == budget && (!submitted || Sum(spent) == realized);
  }
};

class Year {
 public:
  explicit Year(std::mt19937& random) : random_(random) {
    for (const char* code : {"a", "b", "c"}) AddLine(code);
  }

  const std::map<std::string, Line>& lines() const { return lines_; }
  const Facts& by_quarter() const { return by_quarter_; }
  const Facts& to_date() const { return to_date_; }

 private:
  int Up(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }

  // Parts that make `whole`, or make something else, or none.
  Amounts Divide(int64_t whole) {
    if (Up(4) == 0) return {};
    Amounts parts;
    for (const char* source : {"DAU", "PAD", "DBHCHT"}) {
      if (Up(2) == 0) continue;
      parts[source] = Up(static_cast<int>(whole - Sum(parts)));
    }
    if (!parts.empty() && Up(5) > 0) parts.begin()->second += whole - Sum(parts);
    return parts;
  }

  void AddLine(const std::string& code) {
    Line& line = lines_[code];
    line.budget = Up(8) == 0 ? 0 : Up(1000);
    line.planned = Divide(line.budget);
    for (Facts* facts : {&by_quarter_, &to_date_}) {
      facts->Output(MakeIndicator(code, "1"), absl::StrCat(line.budget)).budget_parts =
          ToParts(line.planned);
    }
    for (int quarter = 1; quarter <= 4; ++quarter) {
      if (Up(3) == 0) continue;
      const int64_t realized = Up(300);
      const Amounts spent = Divide(realized);
      line.submitted = true;
      line.realized += realized;
      for (const auto& [source, amount] : spent) line.spent[source] += amount;
      Submit(by_quarter_, quarter, Coverage::kQuarter, code, realized, spent);
      Submit(to_date_, quarter, Coverage::kYearToDate, code, line.realized, line.spent);
    }
  }

  static void Submit(Facts& facts, int quarter, Coverage coverage, const std::string& code,
                     int64_t realized, const Amounts& spent) {
    facts.Submit(quarter, coverage).budgets[code] = {D(absl::StrCat(realized)), {}, ToParts(spent)};
  }

  std::mt19937& random_;
  std::map<std::string, Line> lines_;
  Facts by_quarter_;
  Facts to_date_;
};

// What the agency should tell of `source`.
void ExpectPart(const std::map<std::string, Line>& lines, const BudgetPartScore& part) {
  int64_t budget = 0, realized = 0, compared_budget = 0, compared_realized = 0;
  bool compares = false, reported = false;
  for (const auto& [code, line] : lines) {
    const auto planned = line.planned.find(part.key.source), end = line.planned.end();
    const auto spent = line.spent.find(part.key.source);
    if (planned == end && spent == line.spent.end()) continue;
    const int64_t b = planned == end ? 0 : planned->second;
    const int64_t r = spent == line.spent.end() ? 0 : spent->second;
    budget += b;
    realized += r;
    if (!line.IsCompared()) continue;
    compares = true;
    compared_budget += b;
    compared_realized += r;
    reported |= line.submitted;
  }
  EXPECT_EQ(part.budget.value_or(Rational()), Rational(budget));
  EXPECT_EQ(part.realized.value_or(Rational()), Rational(realized));
  EXPECT_EQ(part.compared_budget.has_value(), compares);
  EXPECT_EQ(part.compared_budget.value_or(Rational()), Rational(compared_budget));
  EXPECT_EQ(part.compared_realized.value_or(Rational()), Rational(compared_realized));
  EXPECT_EQ(part.absorption.exact.has_value(), reported && compared_budget > 0);
  if (!part.absorption.exact.has_value()) return;
  EXPECT_EQ(*part.absorption.exact * Rational(compared_budget), Rational(compared_realized * 100));
}

TEST(BudgetParts, OfRandomYearsAreTheSumsOfTheirLines) {
  std::mt19937 random(kSeed);
  int numbers = 0, of_less = 0;
  for (int i = 0; i < kYears && !::testing::Test::HasFailure(); ++i) {
    SCOPED_TRACE(absl::StrCat("seed ", kSeed, ", year ", i));
    const Year year(random);

    const Scorecard card = year.by_quarter().At(4);

    int64_t rest_budget = 0, rest_realized = 0;
    for (const auto& [code, line] : year.lines()) {
      rest_budget += line.budget - Sum(line.planned);
      rest_realized += line.realized - Sum(line.spent);
    }
    for (const BudgetPartScore& part : card.budget.parts) {
      ExpectPart(year.lines(), part);
      numbers += part.absorption.exact.has_value() ? 1 : 0;
      of_less += part.compared_budget.has_value() && part.compared_budget != part.budget ? 1 : 0;
    }
    const UndividedBudget rest = Undivided(card.budget);
    EXPECT_EQ(rest.budget, Rational(rest_budget));
    EXPECT_EQ(rest.realized.value_or(Rational()), Rational(rest_realized));
    EXPECT_TRUE(ChangedBudgets(card, year.to_date().At(4)).empty());
  }
  // A run without any would prove little.
  EXPECT_GT(numbers, kYears / 2);
  EXPECT_GT(of_less, kYears / 10);
}

}  // namespace
}  // namespace sakip::scoring
