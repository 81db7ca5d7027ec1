#include "services/scoring/rpc/renja_evaluation_to_proto.h"

#include "absl/strings/str_cat.h"
#include "common/base/period.h"
#include "services/scoring/rpc/enums_to_proto.h"
#include "services/scoring/rpc/scorecard_to_proto.h"

namespace sakip::scoring {
namespace {

using form::Amount;
using form::CellState;
using form::Degree;
using form::Half;

v1::CellState ToProto(CellState state) {
  switch (state) {
    case CellState::kPlanned:
      return v1::CELL_STATE_PLANNED;
    case CellState::kZero:
      return v1::CELL_STATE_ZERO;
    case CellState::kProvisional:
      return v1::CELL_STATE_PROVISIONAL;
    case CellState::kFinal:
      return v1::CELL_STATE_FINAL;
    case CellState::kPartial:
      return v1::CELL_STATE_PARTIAL;
    case CellState::kNotPlanned:
      return v1::CELL_STATE_NOT_PLANNED;
    case CellState::kNotRecorded:
      return v1::CELL_STATE_NOT_RECORDED;
    case CellState::kNotDue:
      return v1::CELL_STATE_NOT_DUE;
    case CellState::kMissing:
      return v1::CELL_STATE_MISSING;
    case CellState::kNotApplicable:
      return v1::CELL_STATE_NOT_APPLICABLE;
    case CellState::kNotScored:
      return v1::CELL_STATE_NOT_SCORED;
    case CellState::kInFirstRow:
      return v1::CELL_STATE_IN_FIRST_ROW;
  }
  return v1::CELL_STATE_UNSPECIFIED;
}

v1::EarlierYear ToProto(const form::YearState& from) {
  v1::EarlierYear to;
  to.set_year(from.year);
  to.set_state(ToProto(from.state));
  return to;
}

void Write(const Amount& from, v1::FormAmount& to) {
  to.set_state(ToProto(from.state));
  if (from.value.has_value()) {
    *to.mutable_measure() = ToProto(*from.value);
    to.set_exact(from.value->value.ToFraction());
  }
  if (from.upper.has_value()) *to.mutable_upper() = ToProto(*from.upper);
  to.set_from_quarter(from.from_quarter);
  for (const int year : from.years) to.add_years(year);
  for (const form::YearState& year : from.uncounted) *to.add_uncounted_years() = ToProto(year);
}

void Write(const Degree& from, v1::FormDegree& to) {
  to.set_state(ToProto(from.state));
  if (from.figure.has_value()) *to.mutable_figure() = ToProto(*from.figure);
  to.set_met(from.met);
}

void Write(const form::Rating& from, v1::FormRating& to) {
  to.set_state(ToProto(from.degree.state));
  if (from.degree.figure.has_value()) *to.mutable_figure() = ToProto(*from.degree.figure);
  to.set_rating(from.rating);
  to.set_rating_label(from.label);
}

// A column of both halves of a row.
template <typename Part, typename Cell>
void WriteCell(const Part& performance, const Part& money, Cell& cell) {
  Write(performance, *cell.mutable_performance());
  Write(money, *cell.mutable_money());
}

void WriteCells(const Half& k, const Half& rp, v1::RenjaEvaluationRow& to) {
  WriteCell(k.strategic_target, rp.strategic_target, *to.mutable_strategic_target());
  WriteCell(k.strategic_before, rp.strategic_before, *to.mutable_strategic_realization_before());
  WriteCell(k.target, rp.target, *to.mutable_annual_target());
  for (size_t i = 0; i < k.quarters.size(); ++i) {
    WriteCell(k.quarters[i], rp.quarters[i], *to.add_quarters());
  }
  WriteCell(k.realization, rp.realization, *to.mutable_annual_realization());
  WriteCell(k.achievement, rp.achievement, *to.mutable_annual_achievement());
  WriteCell(k.strategic_realization, rp.strategic_realization, *to.mutable_strategic_realization());
  WriteCell(k.strategic_achievement, rp.strategic_achievement, *to.mutable_strategic_achievement());
}

v1::RenjaEvaluationRow ToProto(const form::Row& from) {
  v1::RenjaEvaluationRow to;
  to.set_level(sakip::scoring::ToProto(from.level));
  to.set_code(from.code);
  to.set_display_name(from.name);
  to.set_objective_code(from.objective);
  if (from.indicator.has_value()) {
    to.set_indicator_code(from.indicator->code);
    to.set_indicator_display_name(from.indicator->name);
    to.set_formula(sakip::scoring::ToProto(from.indicator->formula));
    to.set_time_aggregation(sakip::scoring::ToProto(from.indicator->time_aggregation));
  }
  WriteCells(from.performance, from.money, to);
  for (const std::string& unit : from.responsible_units) to.add_responsible_units(unit);
  *to.mutable_narrative() = ToProto(from.narrative);
  *to.mutable_node_narrative() = ToProto(from.node_narrative);
  return to;
}

void Write(const form::Mean& from, v1::FormMean& to) {
  WriteCell(from.performance, from.money, to);
  to.set_counted(from.counted);
  to.set_indicators(from.indicators);
}

}  // namespace

v1::RenjaEvaluation ToProto(const form::RenjaEvaluation& from) {
  v1::RenjaEvaluation to;
  to.set_name(absl::StrCat(from.head.agency, "/renjaEvaluations/", FormatPeriod(from.head.period)));
  to.set_agency_display_name(from.head.agency_display_name);
  *to.mutable_sources() = SourcesOf(from.head);
  if (from.strategic_plan.has_value()) {
    v1::StrategicSpan& span = *to.mutable_strategic_plan();
    span.set_document(from.strategic_plan->ref.name);
    span.set_revision(from.strategic_plan->ref.revision);
    span.set_first_year(from.strategic_plan->first_year);
    span.set_last_year(from.strategic_plan->last_year);
    span.set_log_position(from.strategic_plan->ref.log_position);
  }
  for (const form::YearState& year : from.earlier_years) *to.add_earlier_years() = ToProto(year);
  for (const form::Row& row : from.rows) *to.add_rows() = ToProto(row);
  for (const form::LevelMeans& means : from.means) {
    v1::RenjaEvaluationMean& message = *to.add_means();
    message.set_level(sakip::scoring::ToProto(means.level));
    Write(means.annual, *message.mutable_annual_achievement());
    Write(means.strategic, *message.mutable_strategic_achievement());
  }
  return to;
}

}  // namespace sakip::scoring
