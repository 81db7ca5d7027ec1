#include "tests/bench/figures_peer.h"

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "common/base/mutex.h"
#include "tests/bench/figures_sql.h"
#include "tests/bench/postgres.h"

namespace sakip::bench {
namespace {

using planning::v1::ActionPlan;
using planning::v1::AnnualPlan;
using planning::v1::Objective;
using realization::v1::IndicatorRealization;
using realization::v1::Submission;

// Appends a row of COPY.
template <typename... Values>
void AppendRow(std::string& rows, const Values&... values) {
  size_t left = sizeof...(values);
  (absl::StrAppend(&rows, values, --left > 0 ? "\t" : "\n"), ...);
}

constexpr char kNull[] = "\\N";

class Libpq final : public FiguresPeer {
 public:
  explicit Libpq(const std::string& connection) : connection_(ConnectPostgres(connection)) {
    Execute(connection_.get(), kMakeTables);
    Execute(connection_.get(), kSettings);
  }

  void Add(size_t agency, const AgencyYearData& data) override {
    const MutexLock lock(mutex_);
    for (const planning::v1::PlanDocument& document : data.plan.documents()) {
      if (document.has_annual_plan()) AddPlan(agency, document.annual_plan());
      if (document.has_action_plan()) AddTargets(agency, document.action_plan());
    }
    for (size_t i = 0; i < data.quarters.size(); ++i) {
      AddSubmission(agency, YearOf(data), i + 1, data.quarters[i]);
    }
  }

  void Finish() override {
    const MutexLock lock(mutex_);
    for (auto& [table, rows] : rows_) {
      Copy(connection_.get(), table, rows);
      rows.clear();
    }
    Execute(connection_.get(), kIndexTables);
  }

  void Compute(int year, int quarter) override {
    Execute(connection_.get(), "drop table if exists figures");
    Execute(connection_.get(), absl::Substitute(kComputeFigures, year, quarter));
  }

  Figures Of(size_t agency) override {
    Figures figures;
    for (const auto& row :
         Query(connection_.get(),
               absl::StrCat("select kind, code, figure from figures where agency = ", agency))) {
      figures[absl::StrCat(row[0], " ", row[1])] = std::atof(row[2].c_str());
    }
    return figures;
  }

 private:
  static int YearOf(const AgencyYearData& data) {
    for (const planning::v1::PlanDocument& document : data.plan.documents()) {
      if (document.has_annual_plan()) return document.annual_plan().year();
    }
    return 0;
  }

  void AddIndicator(size_t agency, int year, const Objective& objective, bool is_key,
                    const planning::v1::Indicator& indicator)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    AppendRow(rows_["indicators"], agency, year, indicator.code(), objective.code(), int{is_key},
              indicator.target().value());
  }

  void AddPlan(size_t agency, const AnnualPlan& plan) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    for (const Objective& objective : plan.objectives()) {
      for (const auto& indicator : objective.indicators()) {
        AddIndicator(agency, plan.year(), objective, /*is_key=*/true, indicator);
      }
      for (const auto& program : objective.programs()) {
        for (const auto& activity : program.activities()) {
          for (const auto& sub_activity : activity.sub_activities()) {
            AppendRow(rows_["budgets"], agency, plan.year(), sub_activity.code(), objective.code(),
                      program.code(), activity.code(), sub_activity.budget());
            for (const auto& indicator : sub_activity.indicators()) {
              AddIndicator(agency, plan.year(), objective, /*is_key=*/false, indicator);
            }
          }
        }
      }
    }
  }

  void AddTargets(size_t agency, const ActionPlan& plan) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    for (const auto& line : plan.lines()) {
      for (const auto& quarter : line.quarters()) {
        AppendRow(rows_["quarter_targets"], agency, plan.year(), line.indicator_code(),
                  quarter.quarter(), quarter.target().value());
      }
    }
  }

  void AddSubmission(size_t agency, int year, size_t quarter, const Submission& submission)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    for (const IndicatorRealization& line : submission.indicators()) {
      if (line.has_ratio()) {
        AppendRow(rows_["realizations"], agency, year, quarter, line.indicator_code(), kNull,
                  line.ratio().numerator(), line.ratio().denominator());
      } else {
        AppendRow(rows_["realizations"], agency, year, quarter, line.indicator_code(),
                  line.quantity(), kNull, kNull);
      }
    }
    for (const auto& line : submission.budgets()) {
      AppendRow(rows_["spendings"], agency, year, quarter, line.sub_activity_code(),
                line.realized());
    }
  }

  const Postgres connection_;
  Mutex mutex_;
  std::map<std::string, std::string> rows_ ABSL_GUARDED_BY(mutex_);  // By table.
};

}  // namespace

std::unique_ptr<FiguresPeer> FiguresPeer::Connect(const std::string& connection) {
  if (connection.empty()) return nullptr;
  return std::make_unique<Libpq>(connection);
}

}  // namespace sakip::bench
