#include "services/planning/domain/check.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/period.h"
#include "common/base/text.h"
#include "common/money/check_parts.h"
#include "services/planning/domain/document_name.h"
#include "services/planning/domain/field_check.h"

namespace sakip::planning {
namespace {

constexpr size_t kReasonCharactersMax = 2000;

// What a document's name says about its content.
void CheckNameFits(const DocumentName& name, const Content& content, const std::string& path,
                   FieldErrors& errors) {
  if (name.kind != KindOf(content)) {
    errors.Add(path + ".name", absl::StrCat("is of the collection ", CollectionOf(name.kind),
                                            ", which does not fit the content"));
    return;
  }
  const auto [first_year, last_year] = YearsOf(content);
  if (name.first_year != first_year || name.last_year != last_year) {
    errors.Add(path + ".name", "does not carry the year of the content");
  }
}

struct CheckContent {
  const std::string& path;
  FieldErrors& errors;

  void operator()(const std::monostate&) const {
    errors.Add(path + ".content",
               "is missing; one of strategic_plan, key_indicator_decree, annual_plan, "
               "performance_agreement, action_plan");
  }
  void operator()(const StrategicPlan& plan) const {
    CheckStrategicPlan(plan, path + ".strategic_plan", errors);
  }
  void operator()(const AnnualPlan& plan) const {
    CheckAnnualPlan(plan, path + ".annual_plan", errors);
  }
  void operator()(const PerformanceAgreement& agreement) const {
    CheckAgreement(agreement, path + ".performance_agreement", errors);
  }
  void operator()(const ActionPlan& plan) const {
    CheckActionPlan(plan, path + ".action_plan", errors);
  }
  void operator()(const KeyIndicatorDecree& decree) const {
    CheckDecree(decree, path + ".key_indicator_decree", errors);
  }
};

}  // namespace

void CheckDocument(const Document& document, const std::string& path, FieldErrors& errors) {
  const auto name = ParseDocumentName(document.name);
  if (!name.ok()) {
    errors.Add(path + ".name", name.status().message());
  } else if (!std::holds_alternative<std::monostate>(document.content)) {
    CheckNameFits(*name, document.content, path, errors);
  }
  CheckDate(document.effective_date, path + ".effective_date", errors);
  const absl::Status reason = CheckText(document.reason, 0, kReasonCharactersMax);
  if (!reason.ok()) errors.Add(path + ".reason", reason.message());
  std::visit(CheckContent{path, errors}, document.content);
}

void CheckAgreement(const PerformanceAgreement& agreement, const std::string& path,
                    FieldErrors& errors) {
  CheckYear(agreement.year, path + ".year", errors);
  if (!agreement.signing_date.empty()) {
    CheckDate(agreement.signing_date, path + ".signing_date", errors);
  }
  CheckNotEmpty(agreement.targets.size(), path + ".targets", errors);
  UniqueCodes indicators(errors), programs(errors);
  for (size_t i = 0; i < agreement.targets.size(); ++i) {
    const std::string target = absl::StrCat(path, ".targets", Index(i));
    indicators.Add(agreement.targets[i].first, target + ".indicator_code");
    CheckMeasure(agreement.targets[i].second, target + ".target", errors);
  }
  for (size_t i = 0; i < agreement.program_budgets.size(); ++i) {
    const AgreedBudget& agreed = agreement.program_budgets[i];
    const std::string budget = absl::StrCat(path, ".program_budgets", Index(i));
    programs.Add(agreed.program_code, budget + ".program_code");
    CheckMoney(agreed.budget, budget + ".budget", errors);
    money::CheckParts(agreed.budget_parts, budget + ".budget_parts", errors);
  }
  if (!agreement.stated_budget.empty()) {
    CheckMoney(agreement.stated_budget, path + ".stated_budget", errors);
  }
  money::CheckParts(agreement.stated_budget_parts, path + ".stated_budget_parts", errors);
}

void CheckActionPlan(const ActionPlan& plan, const std::string& path, FieldErrors& errors) {
  CheckYear(plan.year, path + ".year", errors);
  CheckNotEmpty(plan.lines.size(), path + ".lines", errors);
  UniqueCodes indicators(errors);
  for (size_t i = 0; i < plan.lines.size(); ++i) {
    const ActionLine& line = plan.lines[i];
    const std::string line_path = absl::StrCat(path, ".lines", Index(i));
    indicators.Add(line.indicator_code, line_path + ".indicator_code");
    CheckMeasure(line.year_target, line_path + ".year_target", errors);
    std::set<int> quarters;
    for (size_t j = 0; j < line.quarters.size(); ++j) {
      const auto& [quarter, target] = line.quarters[j];
      const std::string quarter_path = absl::StrCat(line_path, ".quarters", Index(j));
      if (quarter < 1 || quarter > kQuarters) {
        errors.Add(quarter_path + ".quarter", "is no quarter; 1 to 4");
      } else if (!quarters.insert(quarter).second) {
        errors.Add(quarter_path + ".quarter", absl::StrCat("repeats quarter ", quarter));
      }
      CheckMeasure(target, quarter_path + ".target", errors);
    }
  }
}

void CheckDecree(const KeyIndicatorDecree& decree, const std::string& path, FieldErrors& errors) {
  CheckYear(decree.year, path + ".year", errors);
  CheckName(decree.decree_number, path + ".decree_number", errors);
  CheckDate(decree.decree_date, path + ".decree_date", errors);
  CheckNotEmpty(decree.indicators.size(), path + ".indicators", errors);
  UniqueCodes indicators(errors);
  for (size_t i = 0; i < decree.indicators.size(); ++i) {
    const DecreedIndicator& indicator = decree.indicators[i];
    const std::string indicator_path = absl::StrCat(path, ".indicators", Index(i));
    indicators.Add(indicator.indicator_code, indicator_path + ".indicator_code");
    CheckName(indicator.display_name, indicator_path + ".display_name", errors);
    if (!indicator.objective_code.empty()) {
      CheckCode(indicator.objective_code, indicator_path + ".objective_code", errors);
    }
    if (indicator.ratio.has_value()) CheckRatio(*indicator.ratio, indicator_path, errors);
    CheckResponsibleUnits(indicator.responsible_units, indicator_path + ".responsible_units",
                          errors);
  }
}

}  // namespace sakip::planning
