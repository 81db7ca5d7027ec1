#include "tests/bench/province.h"

#include <iterator>
#include <random>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace sakip::bench {
namespace {

using planning::v1::PlanDocument;

constexpr size_t kObjectives = 4;
constexpr size_t kSubActivitiesOfActivity = 5;
constexpr size_t kActivitiesOfProgram = 2;

constexpr const char* kWords[] = {
    "penyediaan",   "peningkatan",  "pelayanan",     "pembinaan",     "pengelolaan",  "koordinasi",
    "pemeliharaan", "fasilitasi",   "pendataan",     "pengawasan",    "kapasitas",    "masyarakat",
    "kabupaten",    "lembaga",      "kesejahteraan", "infrastruktur", "kesehatan",    "pendidikan",
    "perencanaan",  "pemberdayaan", "dokumen",       "kewenangan",    "rehabilitasi", "penanganan"};
constexpr const char* kUnits[] = {"orang", "dokumen", "laporan", "paket", "lembaga", "unit"};

// Writes the documents of one agency and year.
class Writer {
 public:
  Writer(uint64_t seed, std::string agency, int year, size_t sub_activities)
      : random_(seed), agency_(std::move(agency)), year_(year), sub_activities_(sub_activities) {
    plan_.set_parent(agency_);
    plan_.set_request_id(absl::StrCat("import-", year_));
  }

  planning::v1::PublishPlanRequest Write() {
    WriteAgency();
    WriteStrategicPlan();
    random_.seed(random_() + static_cast<uint64_t>(year_));  // What follows is of the year.
    PlanDocument& decree = Add("keyIndicatorDecrees/", "-01-03");
    PlanDocument& annual_plan = Add("annualPlans/", "-01-01");
    PlanDocument& agreement = Add("performanceAgreements/", "-01-05");
    PlanDocument& action_plan = Add("actionPlans/", "-01-05");
    WriteAnnualPlan(*annual_plan.mutable_annual_plan(), *action_plan.mutable_action_plan());
    WriteDecree(*decree.mutable_key_indicator_decree());
    WriteAgreement(annual_plan.annual_plan(), *agreement.mutable_performance_agreement());
    return std::move(plan_);
  }

 private:
  // The documents are there from the start, so that references to them hold.
  PlanDocument& AddNamed(const std::string& id, const std::string& effective_date) {
    if (plan_.documents().empty()) plan_.mutable_documents()->Reserve(Province::kDocuments);
    PlanDocument& document = *plan_.add_documents();
    document.set_name(absl::StrCat(agency_, "/", id));
    document.set_revision(1);
    document.set_effective_date(effective_date);
    return document;
  }

  // One of the year.
  PlanDocument& Add(const char* collection, const char* day) {
    return AddNamed(absl::StrCat(collection, year_), absl::StrCat(year_, day));
  }

  uint64_t Below(uint64_t bound) { return random_() % bound; }

  std::string Name(int words) {
    std::string name(kWords[Below(std::size(kWords))]);
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
    for (int i = 1; i < words; ++i) absl::StrAppend(&name, " ", kWords[Below(std::size(kWords))]);
    return name;
  }

  static void Set(const std::string& value, const char* unit, types::v1::Measure& measure) {
    measure.set_value(value);
    measure.set_unit(unit);
  }

  static std::string ObjectiveCode(size_t i) { return absl::StrCat("S", i + 1); }
  static std::string KeyCode(size_t i) { return absl::StrCat("IKU", i + 1); }

  void WriteAgency() {
    planning::v1::Agency& agency = *plan_.mutable_agency();
    agency.set_name(agency_);
    agency.set_display_name("Dinas " + Name(3));
    agency.set_government("Pemerintah Kabupaten");
    agency.set_head_office("Kepala Dinas");
    agency.set_superior_office("Bupati");
    agency.set_revision(1);
    for (size_t i = 0; i < kObjectives; ++i) {
      planning::v1::OrgUnit& unit = *agency.add_units();
      unit.set_code(absl::StrCat("bidang-", i + 1));
      unit.set_display_name("Bidang " + Name(2));
      names_.push_back("Meningkatnya " + Name(5));
      targets_.push_back(absl::StrFormat("%d.%d", 60 + Below(40), Below(10)));
    }
  }

  void WriteStrategicPlan() {
    planning::v1::StrategicPlan& plan =
        *AddNamed(absl::StrCat("strategicPlans/", Province::kFirstYear, "-", Province::kLastYear),
                  absl::StrCat(Province::kFirstYear, "-01-01"))
             .mutable_strategic_plan();
    plan.set_first_year(Province::kFirstYear);
    plan.set_last_year(Province::kLastYear);
    planning::v1::RegionalMission& mission = *plan.add_regional_missions();
    mission.set_code("M1");
    mission.set_display_name(Name(8));
    planning::v1::RegionalGoal& regional_goal = *mission.add_goals();
    regional_goal.set_code("M1.T1");
    regional_goal.set_display_name(Name(6));
    planning::v1::RegionalObjective& regional_objective = *regional_goal.add_objectives();
    regional_objective.set_code("M1.T1.S1");
    regional_objective.set_display_name(Name(6));
    planning::v1::StrategicGoal& goal = *plan.add_goals();
    goal.set_code("T1");
    goal.set_display_name(Name(6));
    goal.set_regional_objective_code("M1.T1.S1");
    for (size_t i = 0; i < kObjectives; ++i) {
      planning::v1::StrategicObjective& objective = *goal.add_objectives();
      objective.set_code(ObjectiveCode(i));
      objective.set_display_name(names_[i]);
      planning::v1::StrategicIndicator& indicator = *objective.add_indicators();
      indicator.set_code(KeyCode(i));
      indicator.set_display_name("Persentase " + names_[i]);
      for (int year = Province::kFirstYear; year <= Province::kLastYear; ++year) {
        planning::v1::YearTarget& target = *indicator.add_targets();
        target.set_year(year);
        Set(targets_[i], "%", *target.mutable_target());
      }
    }
  }

  void WriteAnnualPlan(planning::v1::AnnualPlan& plan, planning::v1::ActionPlan& action_plan) {
    plan.set_year(year_);
    action_plan.set_year(year_);
    for (size_t i = 0; i < kObjectives; ++i) {
      planning::v1::Objective& objective = *plan.add_objectives();
      objective.set_code(ObjectiveCode(i));
      objective.set_display_name(names_[i]);
      planning::v1::Indicator& key = *objective.add_indicators();
      key.set_code(KeyCode(i));
      key.set_display_name("Persentase " + names_[i]);
      Set(targets_[i], "%", *key.mutable_target());
      key.set_time_aggregation(types::v1::TIME_AGGREGATION_LAST);
      key.mutable_ratio()->set_numerator("Jumlah yang tercapai");
      key.mutable_ratio()->set_denominator("Jumlah seluruhnya");
      planning::v1::ActionLine& line = *action_plan.add_lines();
      line.set_indicator_code(key.code());
      *line.mutable_year_target() = key.target();
    }
    for (size_t i = 0; i < sub_activities_; ++i) AddSubActivity(i, plan, action_plan);
  }

  // Objectives take turns with the activities.
  void AddSubActivity(size_t i, planning::v1::AnnualPlan& plan,
                      planning::v1::ActionPlan& action_plan) {
    const size_t number = i / kSubActivitiesOfActivity;
    const size_t program_number = number / kActivitiesOfProgram;
    planning::v1::Objective& objective =
        *plan.mutable_objectives(static_cast<int>(program_number % kObjectives));
    if (i % (kSubActivitiesOfActivity * kActivitiesOfProgram) == 0) {
      planning::v1::Program& program = *objective.add_programs();
      program.set_code(absl::StrCat("P", program_number + 1));
      program.set_display_name("Program " + Name(4));
      program.set_nomenclature_code(absl::StrFormat("1.06.%02d", program_number % 99 + 1));
    }
    planning::v1::Program& program = *objective.mutable_programs(objective.programs_size() - 1);
    if (i % kSubActivitiesOfActivity == 0) {
      planning::v1::Activity& activity = *program.add_activities();
      activity.set_code(absl::StrCat("K", number + 1));
      activity.set_display_name(Name(7));
      activity.set_nomenclature_code(
          absl::StrFormat("%s.2.%02d", program.nomenclature_code(), program.activities_size()));
    }
    planning::v1::Activity& activity = *program.mutable_activities(program.activities_size() - 1);
    planning::v1::SubActivity& sub_activity = *activity.add_sub_activities();
    sub_activity.set_code(absl::StrCat("SK", i + 1));
    sub_activity.set_display_name(Name(9));
    sub_activity.set_nomenclature_code(
        absl::StrFormat("%s.%04d", activity.nomenclature_code(), activity.sub_activities_size()));
    sub_activity.set_budget(absl::StrCat(1'000'000 + Below(5'000'000'000)));
    sub_activity.set_outcome(Name(6));
    sub_activity.set_responsible_unit(absl::StrCat("bidang-", program_number % kObjectives + 1));
    AddOutput(sub_activity, action_plan);
  }

  void AddOutput(planning::v1::SubActivity& sub_activity, planning::v1::ActionPlan& action_plan) {
    planning::v1::Indicator& indicator = *sub_activity.add_indicators();
    indicator.set_code(sub_activity.code());
    indicator.set_display_name("Jumlah " + sub_activity.code() + " " + Name(10));
    const char* unit = kUnits[Below(std::size(kUnits))];
    const uint64_t of_quarter = 1 + Below(500);
    Set(absl::StrCat(of_quarter * 4), unit, *indicator.mutable_target());
    planning::v1::ActionLine& line = *action_plan.add_lines();
    line.set_indicator_code(indicator.code());
    *line.mutable_year_target() = indicator.target();
    for (int quarter = 1; quarter <= 4; ++quarter) {
      planning::v1::QuarterTarget& target = *line.add_quarters();
      target.set_quarter(quarter);
      Set(absl::StrCat(of_quarter), unit, *target.mutable_target());
    }
  }

  void WriteDecree(planning::v1::KeyIndicatorDecree& decree) {
    decree.set_year(year_);
    decree.set_decree_number(absl::StrCat("800/", Below(10'000), "/", year_));
    decree.set_decree_date(absl::StrCat(year_, "-01-03"));
    for (size_t i = 0; i < kObjectives; ++i) {
      planning::v1::KeyIndicator& indicator = *decree.add_indicators();
      indicator.set_indicator_code(KeyCode(i));
      indicator.set_display_name("Persentase " + names_[i]);
      indicator.set_objective_code(ObjectiveCode(i));
      indicator.mutable_ratio()->set_numerator("Jumlah yang tercapai");
      indicator.mutable_ratio()->set_denominator("Jumlah seluruhnya");
      indicator.add_responsible_units(absl::StrCat("bidang-", i + 1));
      indicator.set_data_source(absl::StrCat("Bidang ", i + 1));
    }
  }

  void WriteAgreement(const planning::v1::AnnualPlan& plan,
                      planning::v1::PerformanceAgreement& agreement) {
    agreement.set_year(year_);
    agreement.set_first_party("Kepala Dinas");
    agreement.set_second_party("Bupati");
    agreement.set_signing_date(absl::StrCat(year_, "-01-05"));
    uint64_t total = 0;
    for (const planning::v1::Objective& objective : plan.objectives()) {
      planning::v1::AgreedTarget& target = *agreement.add_targets();
      target.set_indicator_code(objective.indicators(0).code());
      *target.mutable_target() = objective.indicators(0).target();
      for (const planning::v1::Program& program : objective.programs()) {
        uint64_t budget = 0;
        for (const planning::v1::Activity& activity : program.activities()) {
          for (const planning::v1::SubActivity& sub_activity : activity.sub_activities()) {
            budget += std::stoull(sub_activity.budget());
          }
        }
        planning::v1::AgreedBudget& agreed = *agreement.add_program_budgets();
        agreed.set_program_code(program.code());
        agreed.set_budget(absl::StrCat(budget));
        agreed.set_funding_source("APBD");
        total += budget;
      }
    }
    agreement.set_stated_budget(absl::StrCat(total));
  }

  std::mt19937_64 random_;
  const std::string agency_;
  const int year_;
  const size_t sub_activities_;
  planning::v1::PublishPlanRequest plan_;
  std::vector<std::string> names_;    // Of objectives.
  std::vector<std::string> targets_;  // Of key indicators, percent.
};

}  // namespace

std::string Province::AgencyName(size_t agency) const {
  return absl::StrFormat("regions/35.%02d/agencies/opd-%04d", agency % kRegencies + 1, agency);
}

planning::v1::PublishPlanRequest Province::Plan(size_t agency, int year) const {
  return Writer(seed_ + agency, AgencyName(agency), year, sub_activities_).Write();
}

}  // namespace sakip::bench
