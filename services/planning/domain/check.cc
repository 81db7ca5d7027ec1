#include "services/planning/domain/check.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/base/text.h"
#include "services/planning/domain/document_name.h"
#include "services/planning/domain/field_check.h"

namespace sakip::planning {
namespace {

constexpr size_t kAgencyNameCharactersMax = 200;
constexpr size_t kReasonCharactersMax = 2000;
constexpr size_t kUnitsMax = 200;
constexpr size_t kTargetsMax = 500;
constexpr size_t kLinesMax = 10000;

void CheckCount(size_t count, size_t most, const std::string& path, FieldErrors& errors) {
  if (count >= 1 && count <= most) return;
  errors.Add(path, absl::StrCat("has ", count, "; 1 to ", most));
}

// What a document's name says about its content.
void CheckNameFits(const DocumentName& name, const Content& content, FieldErrors& errors) {
  if (name.kind != KindOf(content)) {
    errors.Add("document.name", absl::StrCat("is of the collection ", CollectionOf(name.kind),
                                             ", which does not fit the content"));
    return;
  }
  const auto [first_year, last_year] = YearsOf(content);
  if (name.first_year != first_year || name.last_year != last_year) {
    errors.Add("document.name", "does not carry the year of the content");
  }
}

struct CheckContent {
  FieldErrors& errors;

  void operator()(const std::monostate&) const {
    errors.Add("document.content",
               "is missing; one of strategic_plan, annual_plan, performance_agreement, "
               "action_plan");
  }
  void operator()(const StrategicPlan& plan) const {
    CheckStrategicPlan(plan, "document.strategic_plan", errors);
  }
  void operator()(const AnnualPlan& plan) const {
    CheckAnnualPlan(plan, "document.annual_plan", errors);
  }
  void operator()(const PerformanceAgreement& agreement) const {
    CheckAgreement(agreement, "document.performance_agreement", errors);
  }
  void operator()(const ActionPlan& plan) const {
    CheckActionPlan(plan, "document.action_plan", errors);
  }
};

}  // namespace

absl::Status CheckAgency(const Agency& agency) {
  FieldErrors errors;
  const auto name = ParseAgencyName(agency.name);
  if (!name.ok()) errors.Add("agency.name", name.status().message());
  CheckName(agency.display_name, "agency.display_name", errors, kAgencyNameCharactersMax);
  CheckName(agency.government, "agency.government", errors);
  if (agency.units.size() > kUnitsMax) {
    errors.Add("agency.units",
               absl::StrCat("has ", agency.units.size(), " units; at most ", kUnitsMax));
  }
  UniqueCodes codes(errors);
  for (size_t i = 0; i < agency.units.size(); ++i) {
    const std::string path = absl::StrCat("agency.units", Index(i));
    if (IsAgencyCode(agency.units[i].code)) {
      codes.Add(agency.units[i].code, path + ".code");
    } else {
      errors.Add(path + ".code",
                 "is no code of a unit; lower-case letters, digits and hyphens, such as rehsos");
    }
    CheckName(agency.units[i].display_name, path + ".display_name", errors);
  }
  return errors.ToStatus();
}

absl::Status CheckDocument(const Document& document) {
  FieldErrors errors;
  const auto name = ParseDocumentName(document.name);
  if (!name.ok()) {
    errors.Add("document.name", name.status().message());
  } else if (!std::holds_alternative<std::monostate>(document.content)) {
    CheckNameFits(*name, document.content, errors);
  }
  CheckDate(document.effective_date, "document.effective_date", errors);
  const absl::Status reason = CheckText(document.reason, 0, kReasonCharactersMax);
  if (!reason.ok()) errors.Add("document.reason", reason.message());
  std::visit(CheckContent{errors}, document.content);
  return errors.ToStatus();
}

void CheckAgreement(const PerformanceAgreement& agreement, const std::string& path,
                    FieldErrors& errors) {
  CheckYear(agreement.year, path + ".year", errors);
  if (!agreement.signing_date.empty()) {
    CheckDate(agreement.signing_date, path + ".signing_date", errors);
  }
  CheckCount(agreement.targets.size(), kTargetsMax, path + ".targets", errors);
  UniqueCodes indicators(errors), programs(errors);
  for (size_t i = 0; i < agreement.targets.size(); ++i) {
    const std::string target = absl::StrCat(path, ".targets", Index(i));
    indicators.Add(agreement.targets[i].first, target + ".indicator_code");
    CheckMeasure(agreement.targets[i].second, target + ".target", errors);
  }
  for (size_t i = 0; i < agreement.program_budgets.size(); ++i) {
    const std::string budget = absl::StrCat(path, ".program_budgets", Index(i));
    programs.Add(agreement.program_budgets[i].first, budget + ".program_code");
    CheckMoney(agreement.program_budgets[i].second, budget + ".budget", errors);
  }
  if (!agreement.stated_budget.empty()) {
    CheckMoney(agreement.stated_budget, path + ".stated_budget", errors);
  }
}

void CheckActionPlan(const ActionPlan& plan, const std::string& path, FieldErrors& errors) {
  CheckYear(plan.year, path + ".year", errors);
  CheckCount(plan.lines.size(), kLinesMax, path + ".lines", errors);
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

}  // namespace sakip::planning
