#include "services/scoring/domain/budget.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/plan/quarters.h"
#include "services/scoring/domain/figure.h"

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

void SetState(BudgetScore& score, FigureState state, Phrase note) {
  score.absorption = NoNumber(state);
  score.derivation.push_back(StateStep("absorption", PhraseCode::kNoNumber, std::move(note)));
}

void Absorb(const Policy& policy, bool closed, BudgetScore& score) {
  if (!score.realized.has_value()) {
    SetState(score, FigureState::kMissing, PhraseCode::kNoRealizedBudget);
    return;
  }
  const auto share = Divide(*score.realized, score.budget);
  if (!share.ok()) {
    const bool nothing = score.realized->is_zero();
    SetState(score, nothing ? FigureState::kNotApplicable : FigureState::kNotScored,
             nothing ? PhraseCode::kBudgetAndRealizedZero : PhraseCode::kSpentWithoutBudget);
    return;
  }
  const Rational percent = *share * Rational(100);
  score.absorption = {NumberState(percent, closed), percent, ""};
  score.derivation.push_back(
      {Step::Kind::kFormula, "absorption",
       absl::StrCat(ExactText(*score.realized), " / ", ExactText(score.budget), " x 100"),
       ExactText(percent), "%"});
  const Print print{policy, /*rated=*/false, *score.realized < score.budget};
  PrintFigure(print, "absorption", score.absorption, score.derivation);
}

Step SumStep(std::string subject, size_t parts, const Rational& sum) {
  Step step{Step::Kind::kAggregation, std::move(subject), "", ExactText(sum), "Rp"};
  step.words = {PhraseCode::kSumOfParts, {absl::StrCat(parts)}};
  return step;
}

struct Entry {
  int quarter;
  const Submission* submission;
  const RealizedBudget* value;
};

std::vector<Entry> Entries(const Context& context, const std::string& code) {
  std::vector<Entry> entries;
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
  score.budget = Rational(sub_activity.budget);
  const auto original = context.original_plan.sub_activities.find(code);
  if (original != context.original_plan.sub_activities.end()) {
    score.original = Rational(original->second->budget);
  }
  const std::string budget_text = sub_activity.budget.ToString();
  const DocumentRef& plan = context.plan.plan->ref;
  score.derivation.push_back(
      {Step::Kind::kInput, "budget", budget_text, budget_text, "Rp",
       Location(plan.Versioned(), absl::StrCat("sub_activities[", code, "].budget")),
       plan.log_position});
  std::vector<QuarterValue> values;
  for (const Entry& entry : Entries(context, code)) {
    const bool to_date = entry.submission->coverage == Coverage::kYearToDate;
    const std::string text = entry.value->realized.ToString();
    values.push_back({entry.quarter, Rational(entry.value->realized), to_date});
    score.derivation.push_back(
        {Step::Kind::kInput, "realized", text, text, "Rp",
         Location(entry.submission->Versioned(), absl::StrCat("budgets[", code, "].realized")),
         entry.submission->log_position, to_date ? PhraseCode::kYearToDate : PhraseCode::kNone});
  }
  NoteFall(context, code);
  if (const auto realized = Combine(TimeAggregation::kSum, values); realized.has_value()) {
    if (values.size() > 1) {
      score.derivation.push_back({Step::Kind::kAggregation, "realized", realized->expression,
                                  ExactText(realized->value), "Rp", "", 0,
                                  PhraseCode::kQuartersAddUp});
    }
    score.realized = realized->value;
  }
  NoteOverBudget(context, code, score);
  Absorb(context.policy, context.closed(), score);
  return score;
}

BudgetScore SumBudgets(const Context& context, absl::string_view code,
                       const std::vector<const BudgetScore*>& parts,
                       std::optional<Rational> original) {
  BudgetScore score = SumBudgets(context.policy, context.closed(), parts, std::move(original));
  NoteOverBudget(context, code, score);
  return score;
}

BudgetScore SumBudgets(const Policy& policy, bool closed,
                       const std::vector<const BudgetScore*>& parts,
                       std::optional<Rational> original) {
  BudgetScore score;
  score.original = std::move(original);
  size_t reported = 0;
  for (const BudgetScore* part : parts) {
    score.budget = score.budget + part->budget;
    if (!part->realized.has_value()) continue;
    ++reported;
    score.realized = score.realized.value_or(Rational()) + *part->realized;
  }
  score.derivation.push_back(SumStep("budget", parts.size(), score.budget));
  if (score.realized.has_value()) {
    score.derivation.push_back(SumStep("realized", reported, *score.realized));
    if (reported < parts.size()) {
      score.derivation.back().note = {PhraseCode::kPartsWithoutReport,
                                      {absl::StrCat(parts.size() - reported)}};
    }
  }
  Absorb(policy, closed, score);
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
