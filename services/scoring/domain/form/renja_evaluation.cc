#include "services/scoring/domain/form/renja_evaluation.h"

#include <utility>

#include "services/scoring/domain/form/head.h"
#include "services/scoring/domain/form/means.h"
#include "services/scoring/domain/form/money.h"
#include "services/scoring/domain/form/performance.h"
#include "services/scoring/domain/form/periods.h"

namespace sakip::scoring::form {
namespace {

// The codes of the sub-activities of a node, whatever its level.
void AddParts(const SubActivity& node, std::vector<std::string>& parts) {
  parts.push_back(node.code);
}
void AddParts(const Activity& node, std::vector<std::string>& parts) {
  for (const SubActivity& part : node.sub_activities) AddParts(part, parts);
}
void AddParts(const Program& node, std::vector<std::string>& parts) {
  for (const Activity& part : node.activities) AddParts(part, parts);
}
void AddParts(const Objective& node, std::vector<std::string>& parts) {
  for (const Program& part : node.programs) AddParts(part, parts);
}

// Walks the plan in force and its scorecard side by side: they have the same order.
class RowWriter {
 public:
  RowWriter(const Periods& periods, const Money& money) : periods_(periods), money_(money) {}

  std::vector<Row> Write() && {
    const auto& objectives = periods_.latest().plans().plan->objectives;
    const auto& scores = periods_.latest().card().objectives;
    for (size_t i = 0; i < objectives.size(); ++i) WriteObjective(objectives[i], scores[i]);
    return std::move(rows_);
  }

 private:
  // The rows of a node. `units` are those of the node itself.
  template <typename Node>
  void WriteNode(Level level, const Node& node, const std::vector<IndicatorScore>& scores,
                 const Narrative& narrative = {}, const std::vector<std::string>& units = {}) {
    Row row;
    row.level = level;
    row.code = node.code;
    row.name = node.name;
    row.objective = objective_;
    row.responsible_units = units;
    row.node_narrative = narrative;
    std::vector<std::string> parts;
    AddParts(node, parts);
    row.money = money_.Of(level, node.code, parts);
    if (node.indicators.empty()) {
      row.performance = NoPerformance();
      rows_.push_back(std::move(row));
      return;
    }
    for (size_t i = 0; i < node.indicators.size(); ++i) {
      const Indicator& indicator = node.indicators[i];
      Row& of_indicator = rows_.emplace_back(row);
      of_indicator.indicator = Row::OfIndicator{indicator.code, indicator.name, scores[i].formula,
                                                scores[i].time_aggregation};
      of_indicator.performance = PerformanceOf(periods_, indicator);
      of_indicator.narrative = scores[i].narrative;
      if (!indicator.responsible_units.empty()) {
        of_indicator.responsible_units = indicator.responsible_units;
      }
      row.money = MoneyInFirstRow();
      row.node_narrative = {};
    }
  }

  void WriteObjective(const Objective& objective, const ObjectiveScore& score) {
    objective_ = objective.code;
    WriteNode(Level::kObjective, objective, score.indicators, score.narrative);
    for (size_t i = 0; i < objective.programs.size(); ++i) {
      WriteProgram(objective.programs[i], score.programs[i]);
    }
  }

  void WriteProgram(const Program& program, const ProgramScore& score) {
    WriteNode(Level::kProgram, program, score.indicators);
    for (size_t i = 0; i < program.activities.size(); ++i) {
      WriteActivity(program.activities[i], score.activities[i]);
    }
  }

  void WriteActivity(const Activity& activity, const ActivityScore& score) {
    WriteNode(Level::kActivity, activity, score.indicators);
    for (size_t i = 0; i < activity.sub_activities.size(); ++i) {
      const SubActivity& sub_activity = activity.sub_activities[i];
      std::vector<std::string> units;
      if (!sub_activity.responsible_unit.empty()) units.push_back(sub_activity.responsible_unit);
      WriteNode(Level::kSubActivity, sub_activity, score.sub_activities[i].indicators,
                score.sub_activities[i].narrative, units);
    }
  }

  const Periods& periods_;
  const Money& money_;
  std::string objective_;  // That is being written.
  std::vector<Row> rows_;
};

void FillYears(const Periods& periods, RenjaEvaluation& evaluation) {
  const StrategicPlan* plan = periods.strategic_plan();
  if (plan == nullptr) return;
  evaluation.strategic_plan = StrategicSpan{plan->ref, plan->first_year, plan->last_year};
  for (const auto& [year, period] : periods.before()) {
    CellState state = Periods::WhyNotScored(period);
    if (period.scored()) state = period.closed() ? CellState::kFinal : CellState::kProvisional;
    evaluation.earlier_years.push_back({year, state});
  }
}

}  // namespace

std::optional<RenjaEvaluation> EvaluateRenja(const YearFacts& now,
                                             const std::vector<YearFacts>& before, int quarter) {
  const Periods periods(now, before, quarter);
  if (!periods.latest().scored()) return std::nullopt;
  const Money money(periods);
  RenjaEvaluation evaluation;
  evaluation.head = HeadOf(periods.latest().card());
  FillYears(periods, evaluation);
  evaluation.rows = RowWriter(periods, money).Write();
  evaluation.means =
      MeansOf(evaluation.rows, money, periods.latest().policy().digits, periods.latest().closed());
  return evaluation;
}

int FirstStrategicYear(const YearFacts& now, int quarter) {
  const auto plans = FindPlans(*now.plans, *now.submissions, {now.year, quarter});
  const bool has_plan = plans.has_value() && plans->strategic_plan != nullptr;
  return has_plan ? plans->strategic_plan->first_year : now.year;
}

}  // namespace sakip::scoring::form
