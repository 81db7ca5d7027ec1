#include "services/scoring/domain/part_findings.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/plan/self_check.h"

namespace sakip::scoring {
namespace {

using money::PartKey;

bool Tells(const Spent& entry, const PartKey& key) {
  for (const money::Part& part : entry.value->parts) {
    if (part.key == key) return true;
  }
  return false;
}

// `path` in every submission that `counts`: an amount to date may stand in several.
template <typename Counts>
std::string InSubmissions(const std::vector<Spent>& spent, const std::string& path, Counts counts) {
  std::vector<std::string> versions;
  for (const Spent& entry : spent) {
    if (counts(entry)) versions.push_back(entry.submission->Versioned());
  }
  return Location(absl::StrJoin(versions, ", "), path);
}

void NoteSum(const Context& context, const std::string& code, const std::vector<Spent>& spent,
             const ToldParts& told, const BudgetScore& whole) {
  const Rational sum = Total(told.realized);
  if (told.realized.empty() || sum == *whole.realized) return;
  const std::string path = absl::StrCat("budgets[", code, "].realized");
  const auto any = [](const Spent&) { return true; };
  context.findings.Add(
      FindingCode::kRealizedPartsDiffer, code,
      {{Rupiah(sum), InSubmissions(spent, absl::StrCat("sum of ", path, "_parts"), any)},
       {Rupiah(*whole.realized), InSubmissions(spent, path, any)}},
      "", About::kMoney);
}

}  // namespace

ToldParts CollectParts(const Context& context, const SubActivity& sub_activity,
                       const std::vector<Spent>& spent) {
  ToldParts told;
  const auto original = context.original_plan.sub_activities.find(sub_activity.code);
  if (original != context.original_plan.sub_activities.end()) {
    AddParts(original->second->budget_parts, told.original);
  }
  AddParts(sub_activity.budget_parts, told.planned);
  for (const Spent& entry : spent) AddParts(entry.value->parts, told.realized);
  return told;
}

std::string PlannedAt(const std::string& code, const PartKey& key) {
  return absl::StrCat("sub_activities[", code, "].budget_parts[", key.Text(), "].amount");
}

std::string RealizedAt(const std::string& code, const PartKey& key) {
  return absl::StrCat("budgets[", code, "].realized_parts[", key.Text(), "].amount");
}

void NoteParts(const Context& context, const SubActivity& sub_activity,
               const std::vector<Spent>& spent, const ToldParts& told, const BudgetScore& whole) {
  const std::string& code = sub_activity.code;
  const DocumentRef& plan = context.plan.plan->ref;
  plan::NoteParts(plan, absl::StrCat("sub_activities[", code, "].budget"), code, whole.budget,
                  sub_activity.budget_parts, context.findings);
  NoteSum(context, code, spent, told, whole);
  std::vector<FindingFigure> unplanned, over;
  for (const auto& [key, realized] : told.realized) {
    const auto planned = told.planned.find(key);
    const bool is_planned = planned != told.planned.end();
    // A plan without parts says nothing about them.
    if (told.planned.empty() || realized <= (is_planned ? planned->second : Rational())) continue;
    std::vector<FindingFigure>& figures = is_planned ? over : unplanned;
    // Clang 14 captures no name of a structured binding.
    const auto tells = [&key = key](const Spent& entry) { return Tells(entry, key); };
    figures.push_back({Rupiah(realized), InSubmissions(spent, RealizedAt(code, key), tells)});
    figures.push_back({is_planned ? Rupiah(planned->second) : "",
                       Location(plan.Versioned(), PlannedAt(code, key))});
  }
  const auto add = [&](FindingCode finding, std::vector<FindingFigure> figures) {
    if (figures.empty()) return;
    context.findings.Add(finding, code, std::move(figures), "", About::kMoney);
  };
  add(FindingCode::kRealizedPartNotPlanned, std::move(unplanned));
  add(FindingCode::kRealizedPartOverBudget, std::move(over));
}

}  // namespace sakip::scoring
