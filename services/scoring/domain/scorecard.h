// A computed scorecard, as values. The shapes follow sakip.scoring.v1.Scorecard, whose comments say
// what each part means.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_SCORECARD_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_SCORECARD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/period.h"
#include "common/exact/rational.h"
#include "common/finding/finding.h"
#include "common/money/part.h"
#include "services/scoring/domain/derivation.h"
#include "services/scoring/domain/facts.h"

namespace sakip::scoring {

using exact::Rational;

enum class FigureState {
  kNotDue,
  kMissing,
  kNotApplicable,
  kNotScored,
  kZero,
  kProvisional,
  kFinal
};

// A percentage. `exact` is absent where the state is no number.
struct Figure {
  FigureState state = FigureState::kNotDue;
  std::optional<Rational> exact;
  std::string printed;
};

struct Achievement {
  Figure figure;
  Figure unclamped;
  std::string rating;
  std::string rating_label;
  bool met = false;
  Derivation derivation;
};

// A target or a realization: exact, for computing, and as text, for print.
struct Quantity {
  Rational value;
  std::string unit;
};

// The counts that a quotient is made of.
struct Counts {
  Rational numerator;
  Rational denominator;
};

struct PeriodScore {
  std::optional<Quantity> target;
  std::optional<Quantity> target_upper;
  std::optional<Quantity> realization;
  std::optional<Counts> counts;  // Where `realization` is their quotient x 100.
  Achievement achievement;
};

struct IndicatorScore {
  std::string code;
  std::string name;
  Formula formula = Formula::kPositive;
  TimeAggregation time_aggregation = TimeAggregation::kSum;
  Rational weight{1};
  PeriodScore to_date;
  PeriodScore year;
  Narrative narrative;
};

// The money of one kind and source, rupiah.
struct BudgetPartScore {
  money::PartKey key;
  // As far as plans and submissions tell them; absent where they do not.
  std::optional<Rational> original;
  std::optional<Rational> budget;
  std::optional<Rational> realized;
  // What the absorption is of: the same money on both sides. Absent where nothing can be compared.
  std::optional<Rational> compared_budget;
  std::optional<Rational> compared_realized;
  Figure absorption;
  Derivation derivation;
};

struct BudgetScore {
  std::optional<Rational> original;  // Rupiah, as the two below.
  Rational budget;
  std::optional<Rational> realized;
  Figure absorption;
  Derivation derivation;
  bool known = true;  // False where no plan could be read: `budget` then says nothing.
  std::vector<BudgetPartScore> parts = {};  // In the order of kind and source.
};

struct EfficiencyScore {
  policy::EfficiencyMethod method = policy::EfficiencyMethod::kNone;
  Figure figure;
  std::string words;
  std::optional<Figure> scaled;  // The efficiency value of PMK 214/2017.
  Derivation derivation;
};

struct SubActivityScore {
  std::string code;
  std::string name;
  std::vector<IndicatorScore> indicators;
  Achievement achievement;  // As of a program.
  BudgetScore budget;
  std::string outcome;
  Narrative narrative;
  EfficiencyScore efficiency;
};

struct ActivityScore {
  std::string code;
  std::string name;
  std::vector<IndicatorScore> indicators;
  Achievement achievement;  // As of a program.
  std::vector<SubActivityScore> sub_activities;
  BudgetScore budget;
  EfficiencyScore efficiency;
};

struct ProgramScore {
  std::string code;
  std::string name;
  std::vector<IndicatorScore> indicators;
  Achievement achievement;  // Mean of its own indicators of the year: what its efficiency rests on.
  std::vector<ActivityScore> activities;
  BudgetScore budget;
  EfficiencyScore efficiency;
};

struct ObjectiveScore {
  std::string code;
  std::string name;
  Achievement achievement;
  Achievement to_date;
  std::vector<IndicatorScore> indicators;
  std::vector<ProgramScore> programs;
  BudgetScore budget;
  Narrative narrative;
  EfficiencyScore efficiency;
};

struct SubmissionRef {
  std::string name;
  uint32_t revision = 0;
  std::string content_digest;
  uint64_t log_position = 0;
  bool illustrative = false;
  bool verified = false;
  bool simulated = false;
};

// Where a region published the policy.
struct PolicyRef {
  std::string legal_basis;
  int first_year = 0;
  uint64_t log_position = 0;
};

// When a quarter was due and submitted.
struct QuarterTimes {
  int quarter = 1;
  Timeliness times;
  int days_late = 0;  // Begun days from the due time on; 0 where it was not late.
};

struct Scorecard {
  std::string agency;
  std::string agency_display_name;
  Period period;
  bool closed = false;  // No more can be submitted for the quarter.
  Basis basis = Basis::kSubmitted;
  std::string policy;
  std::optional<PolicyRef> region_policy;  // Absent of a built-in policy.
  std::vector<DocumentRef> documents;
  std::vector<SubmissionRef> submissions;
  std::vector<QuarterTimes> times;
  Achievement achievement;
  Achievement to_date;
  std::vector<ObjectiveScore> objectives;
  BudgetScore budget;
  EfficiencyScore efficiency;
  std::vector<Finding> findings;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_SCORECARD_H_
