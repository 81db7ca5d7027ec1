#include "services/scoring/domain/budget.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/plan/quarters.h"
#include "services/scoring/domain/absorption.h"
#include "services/scoring/domain/budget_parts.h"

namespace sakip::scoring {
namespace {

void NoteOverBudget(const Context& context, absl::string_view code, const BudgetScore& score) {
  if (!score.realized.has_value() || *score.realized <= score.budget) return;
  context.findings.Add(FindingCode::kRealizedOverBudget, code,
                       {{Rupiah(*score.realized), "realized"},
                        {Rupiah(score.budget), Location(context.plan.plan->ref.Versioned(),
                                                        absl::StrCat("budget of ", code))}},
                       "", About::kMoney);
}

// What counts: money adds up, and a value to date stands for all before it.
std::vector<Spent> Counting(const std::vector<Spent>& submitted) {
  size_t first = submitted.empty() ? 0 : submitted.size() - 1;
  while (first > 0 && !submitted[first].year_to_date()) --first;
  return {submitted.begin() + static_cast<ptrdiff_t>(first), submitted.end()};
}

void NoteFall(const Context& context, const std::string& code,
              const std::vector<Spent>& submitted) {
  Rational before;
  for (const Spent& entry : submitted) {
    const Rational value(entry.value->realized);
    const bool to_date = entry.year_to_date();
    if (to_date && value < before) {
      context.findings.Add(FindingCode::kYearToDateFalls, code,
                           {{Rupiah(value), Location(entry.submission->Versioned(),
                                                     absl::StrCat("budgets[", code, "].realized"))},
                            {Rupiah(before), "realized through the quarter before"}},
                           "", About::kMoney);
    }
    before = to_date ? value : before + value;
  }
}

}  // namespace

std::vector<Spent> SubmittedMoney(const Context& context, const std::string& code) {
  std::vector<Spent> entries;
  entries.reserve(context.submissions.by_quarter.size());
  for (const auto& [quarter, submission] : context.submissions.by_quarter) {
    if (quarter > context.period.quarter) break;
    const auto it = submission.budgets.find(code);
    if (it != submission.budgets.end()) entries.push_back({quarter, &submission, &it->second});
  }
  return entries;
}

BudgetScore ScoreBudget(const Context& context, const SubActivity& sub_activity,
                        const std::vector<Spent>& submitted) {
  const std::string& code = sub_activity.code;
  BudgetScore score;
  score.derivation = context.NewDerivation();
  score.budget = Rational(sub_activity.budget);
  const auto original = context.original_plan.sub_activities.find(code);
  if (original != context.original_plan.sub_activities.end()) {
    score.original = Rational(original->second->budget);
  }
  score.derivation.Add([&] {
    const DocumentRef& plan = context.plan.plan->ref;
    return InputStep("budget", sub_activity.budget,
                     Location(plan.Versioned(), absl::StrCat("sub_activities[", code, "].budget")),
                     plan.log_position);
  });
  const std::vector<Spent> spent = Counting(submitted);
  std::vector<QuarterValue> values;
  for (const Spent& entry : spent) {
    values.push_back({entry.quarter, Rational(entry.value->realized), entry.year_to_date()});
    score.derivation.Add([&] {
      return SpentStep(entry, entry.value->realized, absl::StrCat("budgets[", code, "].realized"));
    });
  }
  NoteFall(context, code, submitted);
  if (const auto realized = Combine(TimeAggregation::kSum, values); realized.has_value()) {
    if (values.size() > 1) {
      score.derivation.Add([&] { return QuartersStep(values, *realized); });
    }
    score.realized = *realized;
  }
  NoteOverBudget(context, code, score);
  score.absorption =
      Absorption(context.policy, context.closed(), score.budget, score.realized, score.derivation);
  score.parts = ScoreParts(context, sub_activity, spent, score);
  return score;
}

BudgetScore SumBudgets(const Context& context, absl::string_view code,
                       const std::vector<const BudgetScore*>& nodes, OriginalBudget original) {
  BudgetScore score =
      SumBudgets(context.policy, context.closed(), nodes, std::move(original), context.derivations);
  NoteOverBudget(context, code, score);
  return score;
}

BudgetScore SumBudgets(const Policy& policy, bool closed,
                       const std::vector<const BudgetScore*>& nodes, OriginalBudget original,
                       Derivations derivations) {
  BudgetScore score;
  score.derivation = Derivation(derivations);
  score.original = std::move(original.total);
  size_t reported = 0;
  for (const BudgetScore* node : nodes) {
    score.budget = score.budget + node->budget;
    if (!node->realized.has_value()) continue;
    ++reported;
    score.realized = score.realized.value_or(Rational()) + *node->realized;
  }
  score.derivation.Add([&] { return SumStep("budget", nodes.size(), score.budget); });
  if (score.realized.has_value()) {
    score.derivation.Add([&] {
      Phrase without;
      if (reported < nodes.size()) {
        without = {PhraseCode::kPartsWithoutReport, {absl::StrCat(nodes.size() - reported)}};
      }
      return SumStep("realized", reported, *score.realized, std::move(without));
    });
  }
  score.absorption = Absorption(policy, closed, score.budget, score.realized, score.derivation);
  score.parts = SumParts(policy, closed, nodes, original.parts, derivations);
  return score;
}

}  // namespace sakip::scoring
