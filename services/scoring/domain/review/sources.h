// Sources finds the figures that claims refer to: in the report, in the plans, in the scorecard.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_SOURCES_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_SOURCES_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/plan/plan_index.h"
#include "services/scoring/domain/facts.h"
#include "services/scoring/domain/review/plan_figure.h"
#include "services/scoring/domain/review/report_index.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring::review {

// What a source holds.
struct SourceFigure {
  // Absent where there is no number: it is words, is not there, or cannot be computed.
  std::optional<Rational> value;
  bool there = true;
  // It was computed, and so may be printed rounded; what a document states may not.
  bool computed = false;
  std::optional<int> digits;  // Decimals that it is printed with, in the report.
  bool missed = false;        // An achievement whose target was missed.
  bool rated = false;         // It has a rating.
  std::string unit;
  std::string text;  // As people read it: `110 orang`, `AA (Sangat Memuaskan)`, `NOT_DUE`.
  std::vector<std::string> words;  // How it may be said, where it is words.
  std::string location;            // Where it stands.
  Derivation derivation;
};

// Borrows all that it is given. Thread-safe while nobody changes that. Stays where it is made.
class Sources {
 public:
  // `scorecard` is null where no claim refers to it or to the plans.
  Sources(const ReportIndex& report, const PlanHistory& plans, const Scorecard* scorecard);
  Sources(const Sources&) = delete;
  Sources& operator=(const Sources&) = delete;

  // Requires a reference that ReportIndex has checked.
  SourceFigure Find(const PrintedCell& from, const FigureSource& source) const;

  const ReportIndex& report() const { return report_; }

 private:
  SourceFigure FindIn(const PrintedCell& from, const CellRef& ref) const;
  SourceFigure FindIn(const PrintedCell& from, const PlanFigure& figure) const;
  SourceFigure FindIn(const PrintedCell& from, const ScorecardFigure& figure) const;

  void AddPlans(const PlanHistory& plans);
  void AddScores();
  void Add(const std::vector<IndicatorScore>& indicators);
  SourceFigure FindBudget(const ScorecardFigure& figure, const std::string& code) const;
  SourceFigure FindAchievement(const ScorecardFigure& figure, const std::string& code) const;

  // The revision that the scorecard was computed from; nullptr where there is none.
  template <typename Document>
  const Document* Cited(const std::vector<Document>& revisions) const;

  const ReportIndex& report_;
  const Scorecard* scorecard_;
  std::string agency_code_;
  std::optional<plan::PlanIndex> annual_plan_;
  std::optional<plan::PlanIndex> first_annual_plan_;
  PlanDocuments cited_{};
  PlanDocuments first_{};
  std::map<std::string, const IndicatorScore*> indicators_;
  std::map<std::string, const ObjectiveScore*> objectives_;
  std::map<std::string, const BudgetScore*> budgets_;
};

// `61.818181818181`: cut off after 12 digits.
std::string DigitsText(const Rational& value);

}  // namespace sakip::scoring::review

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_SOURCES_H_
