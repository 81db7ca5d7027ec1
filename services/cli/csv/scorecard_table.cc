#include "services/cli/csv/scorecard_table.h"

#include <google/protobuf/descriptor.h>

#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "services/cli/csv/csv_table.h"
#include "services/cli/yaml/yaml_scalar.h"

namespace sakip::cli {
namespace {

using scoring::v1::Achievement;
using scoring::v1::BudgetScore;
using scoring::v1::EfficiencyScore;
using scoring::v1::Figure;
using scoring::v1::IndicatorScore;
using scoring::v1::Scorecard;

// In the order of the cells; Column counts them.
enum Column {
  kAgency,
  kAgencyName,
  kYear,
  kQuarter,
  kLevel,
  kCode,
  kName,
  kObjectiveCode,
  kProgramCode,
  kActivityCode,
  kSubActivityCode,
  kUnit,
  kTarget,
  kTargetUpper,
  kRealization,
  kState,
  kAchievement,
  kAchievementDigits,
  kUnclamped,
  kRating,
  kMet,
  kTargetToDate,
  kTargetUpperToDate,
  kRealizationToDate,
  kStateToDate,
  kAchievementToDate,
  kAchievementToDateDigits,
  kRatingToDate,
  kBudgetOriginal,
  kBudget,
  kBudgetRealized,
  kAbsorptionState,
  kAbsorption,
  kAbsorptionDigits,
  kEfficiency,
  kEfficiencyWords,
  kBasis,
  kPolicy,
  kPlanningPosition,
  kRealizationPosition,
  kColumns
};

constexpr absl::string_view kNames[] = {"agency",
                                        "agency_name",
                                        "year",
                                        "quarter",
                                        "level",
                                        "code",
                                        "name",
                                        "objective_code",
                                        "program_code",
                                        "activity_code",
                                        "sub_activity_code",
                                        "unit",
                                        "target",
                                        "target_upper",
                                        "realization",
                                        "state",
                                        "achievement",
                                        "achievement_digits",
                                        "unclamped",
                                        "rating",
                                        "met",
                                        "target_to_date",
                                        "target_upper_to_date",
                                        "realization_to_date",
                                        "state_to_date",
                                        "achievement_to_date",
                                        "achievement_to_date_digits",
                                        "rating_to_date",
                                        "budget_original",
                                        "budget",
                                        "budget_realized",
                                        "absorption_state",
                                        "absorption",
                                        "absorption_digits",
                                        "efficiency",
                                        "efficiency_words",
                                        "basis",
                                        "policy",
                                        "planning_position",
                                        "realization_position"};
static_assert(std::size(kNames) == kColumns);

// `final`, `submitted`: the value of an enum as files of plans have it.
std::string EnumText(const google::protobuf::Message& message, const char* field) {
  return ScalarText(message, *message.GetDescriptor()->FindFieldByName(field), -1);
}

// The lines of one scorecard.
class RowWriter {
 public:
  RowWriter(const Scorecard& card, const scoring::v1::LogPositions& read) : row_(kColumns) {
    const absl::string_view name = card.name();
    Text(kAgency, AgencyOf(name));
    Text(kAgencyName, card.agency_display_name());
    if (const auto period = ParsePeriod(name.substr(name.rfind('/') + 1)); period.ok()) {
      row_[kYear] = absl::StrCat(period->year);
      row_[kQuarter] = absl::StrCat(period->quarter);
    }
    row_[kBasis] = EnumText(card.sources(), "basis");
    Text(kPolicy, card.sources().policy());
    row_[kPlanningPosition] = absl::StrCat(read.planning());
    row_[kRealizationPosition] = absl::StrCat(read.realization());
  }

  std::string Write(const Scorecard& card) {
    Put(card.achievement(), card.to_date());
    Put(card.budget(), card.efficiency());
    End("agency", AgencyOf(card.name()), card.agency_display_name());
    for (const auto& objective : card.objectives()) {
      Text(kObjectiveCode, objective.code());
      Put(objective.achievement(), objective.to_date());
      WriteNode("objective", objective);
      for (const auto& program : objective.programs()) WriteProgram(program);
    }
    return std::move(text_);
  }

 private:
  void WriteProgram(const scoring::v1::ProgramScore& program) {
    Text(kProgramCode, program.code());
    WriteNode("program", program);
    for (const auto& activity : program.activities()) {
      Text(kActivityCode, activity.code());
      WriteNode("activity", activity);
      for (const auto& sub_activity : activity.sub_activities()) {
        Text(kSubActivityCode, sub_activity.code());
        WriteNode("sub_activity", sub_activity);
        row_[kSubActivityCode].clear();
      }
      row_[kActivityCode].clear();
    }
    row_[kProgramCode].clear();
  }

  // What nodes of all levels have: a line of its own, then one an indicator.
  template <typename Node>
  void WriteNode(absl::string_view level, const Node& node) {
    Put(node.budget(), node.efficiency());
    End(level, node.code(), node.display_name());
    for (const IndicatorScore& indicator : node.indicators()) {
      Put(indicator);
      End("indicator", indicator.code(), indicator.display_name());
    }
  }

  void Put(const IndicatorScore& indicator) {
    const scoring::v1::PeriodScore& year = indicator.year();
    const scoring::v1::PeriodScore& to_date = indicator.to_date();
    const std::string& unit = year.target().unit();
    Text(kUnit, unit.empty() ? to_date.target().unit() : unit);
    row_[kTarget] = year.target().value();
    row_[kTargetUpper] = year.target_upper().value();
    row_[kRealization] = year.realization().value();
    row_[kTargetToDate] = to_date.target().value();
    row_[kTargetUpperToDate] = to_date.target_upper().value();
    row_[kRealizationToDate] = to_date.realization().value();
    Put(year.achievement(), to_date.achievement());
  }

  void Put(const Achievement& year, const Achievement& to_date) {
    PutFigure(year.figure(), kState);
    row_[kUnclamped] = year.unclamped().value();
    Text(kRating, year.rating());
    if (!year.figure().value().empty()) row_[kMet] = year.met() ? "true" : "false";
    PutFigure(to_date.figure(), kStateToDate);
    Text(kRatingToDate, to_date.rating());
  }

  void Put(const BudgetScore& budget, const EfficiencyScore& efficiency) {
    row_[kBudgetOriginal] = budget.original();
    row_[kBudget] = budget.budget();
    row_[kBudgetRealized] = budget.realized();
    PutFigure(budget.absorption(), kAbsorptionState);
    row_[kEfficiency] = efficiency.figure().value();
    Text(kEfficiencyWords, efficiency.words());
  }

  // Into three columns that begin with `state`.
  void PutFigure(const Figure& figure, Column state) {
    row_[state] = EnumText(figure, "state");
    row_[state + 1] = figure.value();
    row_[state + 2] = figure.digits();
  }

  void Text(Column column, absl::string_view text) { row_[column] = TextCell(text); }

  // Ends the line, and empties what the next may not have.
  void End(absl::string_view level, absl::string_view code, absl::string_view name) {
    row_[kLevel] = std::string(level);
    Text(kCode, code);
    Text(kName, name);
    text_ += WriteCsvRow(row_);
    for (int column = kUnit; column < kBasis; ++column) row_[static_cast<size_t>(column)].clear();
  }

  std::vector<std::string> row_;
  std::string text_;
};

}  // namespace

std::string ScorecardTableHeader() {
  std::vector<std::string> names;
  for (const absl::string_view name : kNames) names.emplace_back(name);
  return WriteCsvRow(names);
}

std::string ScorecardTableRows(const Scorecard& card, const scoring::v1::LogPositions& read) {
  return RowWriter(card, read).Write(card);
}

std::string TextCell(absl::string_view text) {
  const bool formula =
      !text.empty() && absl::string_view("=+-@\t\r").find(text.front()) != absl::string_view::npos;
  return absl::StrCat(formula ? "'" : "", text);
}

}  // namespace sakip::cli
