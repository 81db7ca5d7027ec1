// Documents that every check accepts; a test changes one thing and names the field that is then
// wrong. Values.
#ifndef SAKIP_SERVICES_PLANNING_DOMAIN_TESTING_DOCUMENT_BUILDER_H_
#define SAKIP_SERVICES_PLANNING_DOMAIN_TESTING_DOCUMENT_BUILDER_H_

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "common/base/error.h"
#include "services/planning/domain/check.h"
#include "services/planning/domain/document.h"

namespace sakip::planning {

inline Indicator ValidIndicator(std::string code) {
  Indicator indicator;
  indicator.code = std::move(code);
  indicator.display_name = "Jumlah orang";
  indicator.target = Measure{"90.2", "orang"};
  return indicator;
}

inline SubActivity ValidSubActivity(const std::string& code) {
  return {code, "Penyediaan alat bantu", {ValidIndicator(code + ".1")}, "1000000"};
}

// One node a level, two sub-activities: S1, P1, K1, SK1 and SK2, with indicators IKU1, P1.1, K1.1,
// SK1.1 and SK2.1.
inline Document ValidAnnualPlan() {
  Document document;
  document.name = "regions/35.09/agencies/dinsos/annualPlans/2023";
  document.effective_date = "2023-01-01";
  AnnualPlan plan;
  plan.year = 2023;
  Activity activity{"K1", "Rehabilitasi dasar", {ValidIndicator("K1.1")}, {}};
  activity.sub_activities = {ValidSubActivity("SK1"), ValidSubActivity("SK2")};
  Program program{"P1", "Rehabilitasi sosial", {ValidIndicator("P1.1")}, {activity}};
  plan.objectives = {{"S1", "Kesejahteraan sosial", {ValidIndicator("IKU1")}, {program}}};
  document.content = plan;
  return document;
}

inline Document ValidStrategicPlan() {
  Document document;
  document.name = "regions/35.09/agencies/dinsos/strategicPlans/2021-2026";
  document.effective_date = "2021-09-01";
  StrategicIndicator indicator{"IKU1", "PSKS yang berdaya", {}};
  indicator.targets = {{2021, Measure{"80", "%"}}, {2026, Measure{"95", "%"}}};
  StrategicPlan plan{2021, 2026, {}};
  StrategicGoal goal{"T1", "Tujuan", {}, {}};
  goal.objectives = {{"S1", "Sasaran", {indicator}}};
  plan.goals = {goal};
  document.content = plan;
  return document;
}

inline Document ValidAgreement() {
  Document document;
  document.name = "regions/35.09/agencies/dinsos/performanceAgreements/2023";
  document.effective_date = "2023-01-02";
  PerformanceAgreement agreement;
  agreement.year = 2023;
  agreement.signing_date = "2023-01-02";
  agreement.targets = {{"IKU1", Measure{"90.2", "%"}}, {"IKU2", Measure{"1", "orang"}}};
  agreement.program_budgets = {{"P1", "1000000"}, {"P2", "0"}};
  agreement.stated_budget = "1000000.50";
  document.content = agreement;
  return document;
}

inline Document ValidActionPlan() {
  Document document;
  document.name = "regions/35.09/agencies/dinsos/actionPlans/2023";
  document.effective_date = "2023-01-02";
  const Measure target{"15", "orang"};
  ActionPlan plan;
  plan.year = 2023;
  plan.lines = {{"SK1.1", Measure{"60", "orang"}, {{1, target}, {4, target}}},
                {"IKU1", Measure{"90.2", "%"}, {}}};
  document.content = plan;
  return document;
}

inline AnnualPlan& Plan(Document& document) { return std::get<AnnualPlan>(document.content); }
inline Objective& TheObjective(Document& document) { return Plan(document).objectives[0]; }
inline Program& TheProgram(Document& document) { return TheObjective(document).programs[0]; }
inline Activity& TheActivity(Document& document) { return TheProgram(document).activities[0]; }
inline SubActivity& FirstSubActivity(Document& document) {
  return TheActivity(document).sub_activities[0];
}
inline Indicator& KeyIndicator(Document& document) { return TheObjective(document).indicators[0]; }
inline StrategicPlan& Strategic(Document& document) {
  return std::get<StrategicPlan>(document.content);
}
inline StrategicIndicator& TheStrategicIndicator(Document& document) {
  return Strategic(document).goals[0].objectives[0].indicators[0];
}
inline PerformanceAgreement& Agreement(Document& document) {
  return std::get<PerformanceAgreement>(document.content);
}
inline ActionPlan& Action(Document& document) { return std::get<ActionPlan>(document.content); }

inline absl::Status CheckDocument(const Document& document) {
  FieldErrors errors;
  CheckDocument(document, "document", errors);
  return errors.ToStatus();
}

inline absl::Status CheckAgency(const Agency& agency) {
  FieldErrors errors;
  CheckAgency(agency, errors);
  return errors.ToStatus();
}

// The paths at fault, in the order found.
inline std::vector<std::string> WrongFields(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : FieldViolations(status)) fields.push_back(violation.field);
  return fields;
}

inline std::vector<std::string> WrongFields(const Document& document) {
  return WrongFields(CheckDocument(document));
}

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_DOMAIN_TESTING_DOCUMENT_BUILDER_H_
