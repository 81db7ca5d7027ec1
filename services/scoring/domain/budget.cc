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

std::vector<Spent> SpentOn(const Context& context, const std::string& code) {
  std::vector<Spent> entries;
  for (const auto& [quarter, submission] : context.submissions.by_quarter) {
    if (quarter > context.period.quarter) break;
    const auto it = submission.budgets.find(code);
    if (it == submission.budgets.end()) continue;
    // Money adds up: a value to date stands for all before it.
    if (submission.coverage == Coverage::kYearToDate) entries.clear();
    entries.push_back({quarter, &submission, &it->second});
  }
  return entries;
}

void NoteFall(const Context& context, const std::string& code) {
  Rational before;
  for (const auto& [quarter, submission] : context.submissions.by_quarter) {
    if (quarter > context.period.quarter) break;
    const auto it = submission.budgets.find(code);
    if (it == submission.budgets.end()) continue;
    const Rational value(it->second.realized);
    const bool to_date = submission.coverage == Coverage::kYearToDate;
    if (to_date && value < before) {
      context.findings.Add(FindingCode::kYearToDateFalls, code,
                           {{Rupiah(value), Location(submission.Versioned(),
                                                     absl::StrCat("budgets[", code, "].realized"))},
                            {Rupiah(before), "realized through the quarter before"}},
                           "", About::kMoney);
    }
    before = to_date ? value : before + value;
  }
}

}  // namespace

BudgetScore ScoreBudget(const Context& context, const SubActivity& sub_activity) {
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
  const std::vector<Spent> spent = SpentOn(context, code);
  std::vector<QuarterValue> values;
  for (const Spent& entry : spent) {
    values.push_back({entry.quarter, Rational(entry.value->realized), entry.year_to_date()});
    score.derivation.Add([&] {
      return SpentStep(entry, entry.value->realized, absl::StrCat("budgets[", code, "].realized"));
    });
  }
  NoteFall(context, code);
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

Narrative BudgetNarrative(const Context& context, const std::string& sub_activity_code) {
  Narrative latest;
  for (const auto& [quarter, submission] : context.submissions.by_quarter) {
    if (quarter > context.period.quarter) break;
    const auto it = submission.budgets.find(sub_activity_code);
    if (it != submission.budgets.end()) latest = it->second.narrative;
  }
  return latest;
}

}  // namespace sakip::scoring
