#include "services/scoring/domain/budget_parts.h"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/scoring/domain/absorption.h"
#include "services/scoring/domain/part_findings.h"

namespace sakip::scoring {
namespace {

using money::PartKey;
using money::PartSums;

// Why the parts of a sub-activity cannot be compared.
struct Obstacle {
  FigureState state;
  PhraseCode note;
};

std::optional<Obstacle> FindObstacle(const ToldParts& told, const BudgetScore& whole) {
  if (whole.realized.has_value() && Total(told.realized) != *whole.realized) {
    if (told.realized.empty())
      return Obstacle{FigureState::kMissing, PhraseCode::kSpendingNotDivided};
    return Obstacle{FigureState::kNotScored, PhraseCode::kSpendingPartsDiffer};
  }
  if (Total(told.planned) != whole.budget) {
    return Obstacle{FigureState::kNotScored, told.planned.empty() ? PhraseCode::kBudgetNotDivided
                                                                  : PhraseCode::kBudgetPartsDiffer};
  }
  return std::nullopt;
}

std::optional<Rational> Find(const PartSums& sums, const PartKey& key) {
  const auto it = sums.find(key);
  if (it == sums.end()) return std::nullopt;
  return it->second;
}

void AddTo(std::optional<Rational>& sum, const std::optional<Rational>& amount) {
  if (amount.has_value()) sum = sum.value_or(Rational()) + *amount;
}

// The inputs of a part and how they combine.
void Derive(const Context& context, const SubActivity& sub_activity,
            const std::vector<Spent>& spent, BudgetPartScore& score) {
  const DocumentRef& plan = context.plan.plan->ref;
  for (const money::Part& part : sub_activity.budget_parts) {
    if (part.key != score.key) continue;
    score.derivation.Add([&] {
      return InputStep("budget", part.amount,
                       Location(plan.Versioned(), PlannedAt(sub_activity.code, part.key)),
                       plan.log_position);
    });
  }
  std::vector<QuarterValue> values;
  for (const Spent& entry : spent) {
    for (const money::Part& part : entry.value->parts) {
      if (part.key != score.key) continue;
      values.push_back({entry.quarter, Rational(part.amount), entry.year_to_date()});
      score.derivation.Add(
          [&] { return SpentStep(entry, part.amount, RealizedAt(sub_activity.code, part.key)); });
    }
  }
  if (values.size() < 2) return;
  score.derivation.Add(
      [&] { return QuartersStep(values, *Combine(TimeAggregation::kSum, values)); });
}

// A part over several nodes.
struct Tally {
  BudgetPartScore score;
  size_t nodes = 0;  // That have it in force.
  size_t compared = 0;
  size_t reported = 0;
  bool spending_not_told = false;

  void Add(const BudgetPartScore& part) {
    const bool compares = part.compared_budget.has_value();
    if (!compares && part.absorption.state == FigureState::kNotApplicable) return;
    ++nodes;
    compared += compares ? 1 : 0;
    reported += part.compared_realized.has_value() ? 1 : 0;
    spending_not_told |= part.absorption.state == FigureState::kMissing;
    AddTo(score.budget, part.budget);
    AddTo(score.realized, part.realized);
    AddTo(score.compared_budget, part.compared_budget);
    AddTo(score.compared_realized, part.compared_realized);
  }
};

// What a sum leaves out of what is told.
Phrase LeftOut(const std::optional<Rational>& told, const Rational& compared) {
  if (!told.has_value() || *told == compared) return {};
  return {PhraseCode::kRestNotCompared, {ExactText(*told)}};
}

void Absorb(const Policy& policy, bool closed, Tally& tally) {
  BudgetPartScore& score = tally.score;
  if (tally.nodes == 0) {
    score.absorption =
        NoAbsorption(FigureState::kNotApplicable, PhraseCode::kNoBudgetInForce, score.derivation);
    return;
  }
  if (tally.compared == 0) {
    score.absorption =
        tally.spending_not_told
            ? NoAbsorption(FigureState::kMissing, PhraseCode::kSpendingNotDivided, score.derivation)
            : NoAbsorption(FigureState::kNotScored, PhraseCode::kNothingComparable,
                           score.derivation);
    return;
  }
  score.derivation.Add([&] {
    return SumStep("budget", tally.compared, *score.compared_budget,
                   LeftOut(score.budget, *score.compared_budget));
  });
  if (score.compared_realized.has_value()) {
    score.derivation.Add([&] {
      return SumStep("realized", tally.reported, *score.compared_realized,
                     LeftOut(score.realized, *score.compared_realized));
    });
  }
  score.absorption =
      Absorption(policy, closed, *score.compared_budget, score.compared_realized, score.derivation);
}

}  // namespace

Step InputStep(std::string subject, const Decimal& amount, std::string source,
               uint64_t log_position) {
  std::string text = amount.ToString();
  return {Step::Kind::kInput, std::move(subject), text, text, "Rp",
          std::move(source),  log_position};
}

Step SpentStep(const Spent& spent, const Decimal& amount, const std::string& path) {
  Step step = InputStep("realized", amount, Location(spent.submission->Versioned(), path),
                        spent.submission->log_position);
  if (spent.year_to_date()) step.note = PhraseCode::kYearToDate;
  return step;
}

Step QuartersStep(absl::Span<const QuarterValue> values, const Rational& sum) {
  return {Step::Kind::kAggregation,
          "realized",
          CombinedText(TimeAggregation::kSum, values),
          ExactText(sum),
          "Rp",
          "",
          0,
          PhraseCode::kQuartersAddUp};
}

std::vector<BudgetPartScore> ScoreParts(const Context& context, const SubActivity& sub_activity,
                                        const std::vector<Spent>& spent, const BudgetScore& whole) {
  const ToldParts told = CollectParts(context, sub_activity, spent);
  std::set<PartKey> keys;
  for (const PartSums* sums : {&told.original, &told.planned, &told.realized}) {
    for (const auto& [key, amount] : *sums) keys.insert(key);
  }
  if (keys.empty()) return {};
  NoteParts(context, sub_activity, spent, told, whole);
  const std::optional<Obstacle> obstacle = FindObstacle(told, whole);
  std::vector<BudgetPartScore> parts;
  for (const PartKey& key : keys) {
    BudgetPartScore& score = parts.emplace_back();
    score.key = key;
    score.derivation = context.NewDerivation();
    score.original = Find(told.original, key);
    score.budget = Find(told.planned, key);
    score.realized = Find(told.realized, key);
    Derive(context, sub_activity, spent, score);
    if (obstacle.has_value()) {
      score.absorption = NoAbsorption(obstacle->state, obstacle->note, score.derivation);
      continue;
    }
    // Where all is divided, what is not told of a part is nothing.
    score.budget = score.compared_budget = score.budget.value_or(Rational());
    if (whole.realized.has_value()) {
      score.realized = score.compared_realized = score.realized.value_or(Rational());
    }
    score.absorption = Absorption(context.policy, context.closed(), *score.compared_budget,
                                  score.compared_realized, score.derivation);
  }
  return parts;
}

std::vector<BudgetPartScore> SumParts(const Policy& policy, bool closed,
                                      const std::vector<const BudgetScore*>& nodes,
                                      const PartSums& original, Derivations derivations) {
  std::map<PartKey, Tally> tallies;
  for (const auto& [key, amount] : original) tallies[key].score.original = amount;
  for (const BudgetScore* node : nodes) {
    for (const BudgetPartScore& part : node->parts) tallies[part.key].Add(part);
  }
  std::vector<BudgetPartScore> parts;
  for (auto& [key, tally] : tallies) {
    tally.score.key = key;
    tally.score.derivation = Derivation(derivations);
    Absorb(policy, closed, tally);
    parts.push_back(std::move(tally.score));
  }
  return parts;
}

UndividedBudget Undivided(const BudgetScore& whole) {
  UndividedBudget rest{whole.original, whole.budget, whole.realized};
  const auto take = [](std::optional<Rational>& from, const std::optional<Rational>& part) {
    if (from.has_value() && part.has_value()) from = *from - *part;
  };
  for (const BudgetPartScore& part : whole.parts) {
    take(rest.original, part.original);
    take(rest.realized, part.realized);
    rest.budget = rest.budget - part.budget.value_or(Rational());
  }
  return rest;
}

}  // namespace sakip::scoring
