#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "tests/bench/province.h"

namespace sakip::bench {
namespace {

using planning::v1::AnnualPlan;
using realization::v1::IndicatorRealization;
using realization::v1::Submission;

// One line in so many has a narrative.
constexpr uint64_t kLinesPerNarrative = 10;

const AnnualPlan& AnnualPlanOf(const planning::v1::PublishPlanRequest& plan) {
  for (const planning::v1::PlanDocument& document : plan.documents()) {
    if (document.has_annual_plan()) return document.annual_plan();
  }
  SAKIP_CHECK(false);
}

// Writes the lines of one submission.
class Writer {
 public:
  Writer(uint64_t seed, Submission& submission) : random_(seed), submission_(submission) {}

  void Write(const AnnualPlan& plan) {
    for (const planning::v1::Objective& objective : plan.objectives()) {
      for (const planning::v1::Indicator& indicator : objective.indicators()) AddRatio(indicator);
      for (const planning::v1::Program& program : objective.programs()) {
        for (const planning::v1::Activity& activity : program.activities()) {
          for (const auto& sub_activity : activity.sub_activities()) Add(sub_activity);
        }
      }
      realization::v1::ObjectiveNarrative& narrative = *submission_.add_objectives();
      narrative.set_objective_code(objective.code());
      narrative.mutable_narrative()->set_success_factors(absl::StrCat(
          "Dukungan semua bidang pada ", objective.display_name(), " di triwulan ini"));
    }
  }

 private:
  uint64_t Below(uint64_t bound) { return random_() % bound; }

  // Around the target of a key indicator.
  void AddRatio(const planning::v1::Indicator& indicator) {
    const uint64_t denominator = 100 + Below(900);
    IndicatorRealization& line = *submission_.add_indicators();
    line.set_indicator_code(indicator.code());
    line.mutable_ratio()->set_numerator(absl::StrCat(denominator * (60 + Below(41)) / 100));
    line.mutable_ratio()->set_denominator(absl::StrCat(denominator));
    line.set_unit(indicator.target().unit());
  }

  // Between 60 % and 120 % of a quarter of the year's target, and less than that of the money.
  void Add(const planning::v1::SubActivity& sub_activity) {
    for (const planning::v1::Indicator& indicator : sub_activity.indicators()) {
      IndicatorRealization& line = *submission_.add_indicators();
      line.set_indicator_code(indicator.code());
      line.set_quantity(
          absl::StrCat(std::stoull(indicator.target().value()) * (60 + Below(60)) / 400));
      line.set_unit(indicator.target().unit());
      if (Below(kLinesPerNarrative) == 0) {
        line.mutable_narrative()->set_constraints("Terkendala: " + indicator.display_name());
        line.mutable_narrative()->set_follow_up("Dijadwalkan ulang pada triwulan berikutnya");
      }
    }
    realization::v1::BudgetRealization& money = *submission_.add_budgets();
    money.set_sub_activity_code(sub_activity.code());
    money.set_realized(absl::StrCat(std::stoull(sub_activity.budget()) * (60 + Below(40)) / 400));
  }

  std::mt19937_64 random_;
  Submission& submission_;
};

}  // namespace

Submission Province::Submission(size_t agency, const planning::v1::PublishPlanRequest& plan,
                                int quarter) const {
  const AnnualPlan& annual_plan = AnnualPlanOf(plan);
  realization::v1::Submission submission;
  submission.set_name(
      absl::StrCat(AgencyName(agency), "/submissions/", annual_plan.year(), "Q", quarter));
  submission.set_coverage(realization::v1::Submission::COVERAGE_QUARTER);
  submission.set_source("Laporan bidang");
  const auto period = static_cast<uint64_t>(annual_plan.year() * 4 + quarter);
  Writer(seed_ + agency * 1000 + period, submission).Write(annual_plan);
  return submission;
}

}  // namespace sakip::bench
