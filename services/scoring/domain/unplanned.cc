#include "services/scoring/domain/unplanned.h"

#include "absl/strings/str_cat.h"

namespace sakip::scoring {
namespace {

void NoteUnplanned(const Context& context, const std::string& code, const std::string& version,
                   absl::string_view list, About about) {
  context.findings.Add(FindingCode::kCodeNotInPlan, code,
                       {{code, Location(version, absl::StrCat(list, "[", code, "]"))},
                        {"", context.plan.plan->ref.Versioned()}},
                       "", about);
}

}  // namespace

void NoteUnplannedCodes(const Context& context) {
  for (const auto& [quarter, submission] : context.submissions.by_quarter) {
    if (quarter > context.period.quarter) break;
    const std::string version = submission.Versioned();
    for (const auto& [code, value] : submission.indicators) {
      if (!context.plan.indicators.contains(code)) {
        NoteUnplanned(context, code, version, "indicators", About::kPerformance);
      }
    }
    for (const auto& [code, value] : submission.budgets) {
      if (!context.plan.sub_activities.contains(code)) {
        NoteUnplanned(context, code, version, "budgets", About::kMoney);
      }
    }
  }
}

}  // namespace sakip::scoring
