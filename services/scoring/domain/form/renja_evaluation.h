// EvaluateRenja makes Formulir E.81 (Permendagri 86/2017): the results of an annual work plan
// beside the strategic plan, every cell a pair of performance and money.
//
// Pure: the same facts give an equal form. The shapes follow sakip.scoring.v1.RenjaEvaluation,
// whose comments say what each part means.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_FORM_RENJA_EVALUATION_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_FORM_RENJA_EVALUATION_H_

#include <optional>
#include <string>
#include <vector>

#include "services/scoring/domain/form/cell.h"
#include "services/scoring/domain/scorecard.h"
#include "services/scoring/domain/scored_period.h"

namespace sakip::scoring::form {

// A percentage with its predikat, or why there is none.
struct Rating {
  Degree degree;
  std::string rating;
  std::string label;
};

struct Mean {
  Rating performance;
  Rating money;
  int counted = 0;     // Of the degrees of performance.
  int indicators = 0;  // Rows that have an indicator.
};

struct LevelMeans {
  Level level = Level::kObjective;
  Mean annual;
  Mean strategic;
};

struct Row {
  Level level = Level::kObjective;
  std::string code;
  std::string name;
  std::string objective;  // Its code.
  // Absent of a row without an indicator.
  struct OfIndicator {
    std::string code;
    std::string name;
    Formula formula = Formula::kPositive;
    TimeAggregation time_aggregation = TimeAggregation::kSum;
  };
  std::optional<OfIndicator> indicator;
  Half performance;
  Half money;
  std::vector<std::string> responsible_units;
  Narrative narrative;
  Narrative node_narrative;
};

struct StrategicSpan {
  DocumentRef ref;
  int first_year = 0;
  int last_year = 0;
};

struct RenjaEvaluation {
  Scorecard head;  // Without figures: whose it is, when, and what it was computed from.
  std::optional<StrategicSpan> strategic_plan;
  std::vector<YearState> earlier_years;
  std::vector<Row> rows;
  std::vector<LevelMeans> means;
};

// Absent where no annual plan is in force at the end of the quarter, or an event of the year cannot
// be read. `before` holds years before `now`, ascending, among them those from
// FirstStrategicYear on.
std::optional<RenjaEvaluation> EvaluateRenja(const YearFacts& now,
                                             const std::vector<YearFacts>& before, int quarter);

// The first year of the strategic plan in force at the end of the quarter; the year itself where
// there is none.
int FirstStrategicYear(const YearFacts& now, int quarter);

}  // namespace sakip::scoring::form

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_FORM_RENJA_EVALUATION_H_
