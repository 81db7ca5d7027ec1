#include "services/scoring/domain/review/sources.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/base/period.h"

namespace sakip::scoring::review {
namespace {

constexpr int kDigits = 12;

using Value = ScorecardFigure::Value;

const char* Name(Value value) {
  switch (value) {
    case Value::kTarget:
      return "target";
    case Value::kRealization:
      return "realization";
    case Value::kAchievement:
      return "achievement";
    case Value::kRating:
      return "rating";
    case Value::kBudget:
      return "budget";
    case Value::kRealized:
      return "realized";
    case Value::kAbsorption:
      return "absorption";
  }
  return "";
}

const char* Name(FigureState state) {
  switch (state) {
    case FigureState::kNotDue:
      return "NOT_DUE";
    case FigureState::kMissing:
      return "MISSING";
    case FigureState::kNotApplicable:
      return "NOT_APPLICABLE";
    case FigureState::kNotScored:
      return "NOT_SCORED";
    case FigureState::kZero:
      return "ZERO";
    case FigureState::kProvisional:
      return "PROVISIONAL";
    case FigureState::kFinal:
      return "FINAL";
  }
  return "";
}

SourceFigure NotThere(std::string location) {
  SourceFigure result;
  result.there = false;
  result.location = std::move(location);
  return result;
}

// An input of a derivation: what was read and where.
Derivation InputOf(const SourceFigure& figure, absl::string_view subject) {
  return {{Step::Kind::kInput, std::string(subject), figure.text, figure.text, figure.unit,
           figure.location}};
}

SourceFigure Amount(const Rational& value, std::string unit, std::string location,
                    absl::string_view subject) {
  SourceFigure result;
  result.value = value;
  result.unit = std::move(unit);
  result.text = absl::StrCat(ExactText(value), " ", result.unit);
  result.location = std::move(location);
  result.derivation = InputOf(result, subject);
  return result;
}

// A percentage of the scorecard.
SourceFigure Percentage(const scoring::Figure& figure, std::string location,
                        const Derivation& derivation) {
  SourceFigure result;
  result.value = figure.exact;
  result.computed = true;
  result.unit = "%";
  result.text =
      figure.exact.has_value() ? absl::StrCat(DigitsText(*figure.exact), " %") : Name(figure.state);
  result.location = std::move(location);
  result.derivation = derivation;
  return result;
}

}  // namespace

std::string DigitsText(const Rational& value) { return value.Truncated(kDigits); }

Sources::Sources(const ReportIndex& report, const PlanHistory& plans, const Scorecard* scorecard)
    : report_(report), scorecard_(scorecard) {
  if (scorecard == nullptr) return;
  agency_code_ = scorecard->agency.substr(scorecard->agency.rfind('/') + 1);
  AddPlans(plans);
  AddScores();
}

template <typename Document>
const Document* Sources::Cited(const std::vector<Document>& revisions) const {
  // Of several revisions the scorecard cites that in force at the end of the quarter first.
  for (const DocumentRef& cited : scorecard_->documents) {
    for (const Document& revision : revisions) {
      const DocumentRef& ref = revision.ref;
      if (ref.name == cited.name && ref.revision == cited.revision) return &revision;
    }
  }
  return nullptr;
}

void Sources::AddPlans(const PlanHistory& plans) {
  const auto first = [](const auto& revisions) {
    return revisions.empty() ? nullptr : &revisions.front();
  };
  if (const AnnualPlan* plan = Cited(plans.annual_plans)) annual_plan_.emplace(*plan);
  if (const AnnualPlan* plan = first(plans.annual_plans)) first_annual_plan_.emplace(*plan);
  const auto or_null = [](const std::optional<plan::PlanIndex>& index) {
    return index.has_value() ? &*index : nullptr;
  };
  cited_ = {or_null(annual_plan_), Cited(plans.action_plans), Cited(plans.agreements),
            Cited(plans.strategic_plans)};
  first_ = {or_null(first_annual_plan_), first(plans.action_plans), first(plans.agreements),
            first(plans.strategic_plans)};
}

void Sources::AddScores() {
  for (const ObjectiveScore& objective : scorecard_->objectives) {
    objectives_[objective.code] = &objective;
    budgets_[objective.code] = &objective.budget;
    Add(objective.indicators);
    for (const ProgramScore& program : objective.programs) {
      budgets_[program.code] = &program.budget;
      Add(program.indicators);
      for (const ActivityScore& activity : program.activities) {
        budgets_[activity.code] = &activity.budget;
        Add(activity.indicators);
        for (const SubActivityScore& sub_activity : activity.sub_activities) {
          budgets_[sub_activity.code] = &sub_activity.budget;
          Add(sub_activity.indicators);
        }
      }
    }
  }
  budgets_[agency_code_] = &scorecard_->budget;
}

void Sources::Add(const std::vector<IndicatorScore>& indicators) {
  for (const IndicatorScore& indicator : indicators) indicators_[indicator.code] = &indicator;
}

SourceFigure Sources::Find(const PrintedCell& from, const FigureSource& source) const {
  return std::visit([&](const auto& figure) { return FindIn(from, figure); }, source);
}

SourceFigure Sources::FindIn(const PrintedCell& from, const CellRef& ref) const {
  const PrintedCell* cell = report_.Find(from, ref);
  SAKIP_CHECK(cell != nullptr);
  SourceFigure result;
  if (cell->number.has_value()) {
    result.value = cell->number->value;
    result.digits = cell->number->digits;
  } else {
    result.words = {cell->figure->printed};
  }
  result.unit = cell->Unit();
  result.text = cell->Text();
  result.location = cell->Location();
  result.derivation = InputOf(result, cell->figure->column);
  return result;
}

SourceFigure Sources::FindIn(const PrintedCell& from, const PlanFigure& figure) const {
  SAKIP_CHECK(scorecard_ != nullptr);
  const std::string& code = figure.code.empty() ? from.figure->row : figure.code;
  const PlanDocuments& documents = figure.first_revision ? first_ : cited_;
  const int year = figure.year == 0 ? scorecard_->period.year : figure.year;
  const FoundInPlan found = figure.value == PlanFigure::Value::kTarget
                                ? FindPlanTarget(documents, figure.document, code, year)
                                : FindPlanBudget(documents, figure.document, code, agency_code_);
  if (!found.value.has_value()) return NotThere(found.location);
  const bool is_target = figure.value == PlanFigure::Value::kTarget;
  SourceFigure result =
      Amount(*found.value, found.unit, found.location, is_target ? "target" : "budget");
  result.derivation.steps().front().log_position = found.log_position;
  return result;
}

SourceFigure Sources::FindIn(const PrintedCell& from, const ScorecardFigure& figure) const {
  SAKIP_CHECK(scorecard_ != nullptr);
  const std::string& code = figure.code.empty() ? from.figure->row : figure.code;
  SourceFigure result;
  switch (figure.value) {
    case Value::kBudget:
    case Value::kRealized:
    case Value::kAbsorption:
      result = FindBudget(figure, code);
      break;
    case Value::kTarget:
    case Value::kRealization:
    case Value::kAchievement:
    case Value::kRating:
      result = FindAchievement(figure, code);
      break;
  }
  result.location =
      absl::StrCat(scorecard_->agency, "/scorecards/", FormatPeriod(scorecard_->period), " ", code,
                   figure.to_date ? ".to_date." : ".", Name(figure.value));
  for (Step& step : result.derivation.steps()) {
    if (step.source.empty() && step.kind == Step::Kind::kInput) step.source = result.location;
  }
  return result;
}

SourceFigure Sources::FindBudget(const ScorecardFigure& figure, const std::string& code) const {
  const auto it = budgets_.find(code);
  if (it == budgets_.end()) return NotThere("");
  const BudgetScore& budget = *it->second;
  if (figure.value == Value::kBudget) return Amount(budget.budget, "Rp", "", "budget");
  if (figure.value == Value::kAbsorption) {
    return Percentage(budget.absorption, "", budget.derivation);
  }
  if (!budget.realized.has_value()) return NotThere("");
  return Amount(*budget.realized, "Rp", "", "realized");
}

SourceFigure Sources::FindAchievement(const ScorecardFigure& figure,
                                      const std::string& code) const {
  const auto indicator = indicators_.find(code);
  const auto objective = objectives_.find(code);
  const PeriodScore* period = nullptr;
  const Achievement* achievement = nullptr;
  if (indicator != indicators_.end()) {
    period = figure.to_date ? &indicator->second->to_date : &indicator->second->year;
    achievement = &period->achievement;
  } else if (objective != objectives_.end()) {
    achievement = figure.to_date ? &objective->second->to_date : &objective->second->achievement;
  } else if (code == agency_code_) {
    achievement = figure.to_date ? &scorecard_->to_date : &scorecard_->achievement;
  }

  if (figure.value == Value::kTarget || figure.value == Value::kRealization) {
    if (period == nullptr) return NotThere("");
    const bool of_target = figure.value == Value::kTarget;
    const std::optional<Quantity>& quantity = of_target ? period->target : period->realization;
    if (!quantity.has_value()) return NotThere("");
    SourceFigure result = Amount(quantity->value, quantity->unit, "", Name(figure.value));
    result.computed = !of_target;
    return result;
  }
  if (achievement == nullptr) return NotThere("");
  SourceFigure result = Percentage(achievement->figure, "", achievement->derivation);
  result.missed = !achievement->met;
  result.rated = true;
  if (figure.value == Value::kAchievement) return result;
  if (achievement->rating.empty()) return NotThere("");
  result.value.reset();
  result.unit.clear();
  result.text = absl::StrCat(achievement->rating, " (", achievement->rating_label, ")");
  result.words = {achievement->rating, achievement->rating_label, result.text};
  return result;
}

}  // namespace sakip::scoring::review
