#include "services/scoring/domain/form/analyses.h"

#include <algorithm>
#include <string>
#include <utility>

#include "common/plan/plan_index.h"
#include "services/scoring/domain/form/head.h"
#include "services/scoring/domain/form/narratives.h"

namespace sakip::scoring::form {
namespace {

using Needs = std::vector<Need>;

bool HasNumber(const Achievement& achievement) {
  return achievement.figure.exact.has_value() && achievement.figure.state != FigureState::kMissing;
}

// Nothing is expected of what does not apply or is not due.
bool ExpectsNothing(const Achievement& achievement) {
  return achievement.figure.state == FigureState::kNotApplicable ||
         achievement.figure.state == FigureState::kNotDue;
}

// A key indicator, with what it is compared with.
struct Key {
  const ObjectiveScore& objective;
  const IndicatorScore& score;
  const IndicatorComparison& comparison;
  const std::string& unit;

  bool realized() const { return score.year.realization.has_value(); }
  bool needed() const { return realized() || !ExpectsNothing(score.year.achievement); }
};

AnalysisSubject Subject(std::string code, std::string name, bool needed, Needs needs) {
  AnalysisSubject subject{std::move(code), std::move(name), SubjectState::kNotNeeded, {}};
  if (!needed) return subject;
  subject.state = needs.empty() ? SubjectState::kComplete : SubjectState::kLacking;
  subject.needs = std::move(needs);
  return subject;
}

Presence PresenceOf(bool framed, const std::vector<AnalysisSubject>& subjects) {
  if (!framed) return Presence::kMissing;
  const auto any = [&](SubjectState state) {
    return std::any_of(subjects.begin(), subjects.end(),
                       [state](const AnalysisSubject& subject) { return subject.state == state; });
  };
  if (!any(SubjectState::kLacking)) return Presence::kPresent;
  return any(SubjectState::kComplete) ? Presence::kPartly : Presence::kEmpty;
}

class Checker {
 public:
  Checker(const YearFacts& now, const std::vector<YearFacts>& before,
          const std::vector<ReferenceValue>& references, const ScoredPeriod& latest, int quarter)
      : before_(before),
        latest_(latest),
        card_(latest.card()),
        compared_(CompareKeyIndicators(now, before, references, quarter)) {
    size_t next = 0;  // They are in the order of the plan.
    for (const ObjectiveScore& objective : card_.objectives) {
      for (const IndicatorScore& score : objective.indicators) {
        keys_.push_back({objective, score, compared_.indicators[next++],
                         latest.DefinitionOf(score.code).target.unit});
      }
    }
  }

  std::vector<Analysis> Check() const {
    std::vector<Analysis> analyses;
    const auto of_keys = [&](AnalysisKind kind, bool framed,
                             Needs (Checker::*needs)(const Key&) const) {
      std::vector<AnalysisSubject> subjects;
      for (const Key& key : keys_) {
        subjects.push_back(
            Subject(key.score.code, key.score.name, key.needed(), (this->*needs)(key)));
      }
      analyses.push_back({kind, PresenceOf(framed, subjects), std::move(subjects)});
    };
    of_keys(AnalysisKind::kTargetAndRealization, !card_.submissions.empty(),
            &Checker::RealizationNeeds);
    of_keys(AnalysisKind::kEarlierYears, HasEarlierPlan(), &Checker::EarlierNeeds);
    of_keys(AnalysisKind::kStrategicTarget, latest_.plans().strategic_plan != nullptr,
            &Checker::StrategicNeeds);
    of_keys(AnalysisKind::kNationalStandard, HasReference(), &Checker::NationalNeeds);
    of_keys(AnalysisKind::kCausesAndSolutions, SaysAnything(card_), &Checker::CauseNeeds);
    analyses.push_back(CheckEfficiency());
    analyses.push_back(CheckPrograms());
    return analyses;
  }

 private:
  bool HasEarlierPlan() const {
    return std::any_of(before_.begin(), before_.end(), [](const YearFacts& year) {
      return FindPlans(*year.plans, *year.submissions, {year.year, kQuarters}).has_value();
    });
  }

  bool HasReference() const {
    return std::any_of(keys_.begin(), keys_.end(),
                       [](const Key& key) { return !key.comparison.references.empty(); });
  }

  Needs RealizationNeeds(const Key& key) const {
    if (key.realized()) return {};
    return {{NeedKind::kRealization}};
  }

  Needs EarlierNeeds(const Key& key) const {
    Needs needs = RealizationNeeds(key);
    for (const YearFacts& year : before_) {
      const auto& years = key.comparison.years;
      const auto found = std::find_if(years.begin(), years.end(),
                                      [&](const YearComparison& y) { return y.year == year.year; });
      if (found == years.end()) {
        needs.push_back({NeedKind::kEarlierPlan, year.year});
      } else if (!found->realization.has_value()) {
        needs.push_back({NeedKind::kEarlierRealization, year.year});
      } else if (found->definition_changed) {
        needs.push_back({NeedKind::kSameDefinition, year.year});
      }
    }
    return needs;
  }

  Needs StrategicNeeds(const Key& key) const {
    Needs needs = RealizationNeeds(key);
    if (latest_.plans().strategic_plan == nullptr) {
      needs.push_back({NeedKind::kStrategicPlan});
    } else if (!key.comparison.final_target.has_value()) {
      needs.push_back({NeedKind::kStrategicTarget});
    } else if (key.comparison.final_target->reached.state == FigureState::kNotScored) {
      needs.push_back({NeedKind::kComparableTarget});
    }
    return needs;
  }

  Needs NationalNeeds(const Key& key) const {
    Needs needs = RealizationNeeds(key);
    bool any = false, comparable = false;
    for (const ReferenceComparison& reference : key.comparison.references) {
      any = any || reference.national;
      comparable =
          comparable || (reference.national && plan::SameUnit(reference.value.unit, key.unit));
    }
    if (!any) {
      needs.push_back({NeedKind::kNationalValue});
    } else if (!comparable) {
      needs.push_back({NeedKind::kComparableNationalValue});
    }
    return needs;
  }

  Needs CauseNeeds(const Key& key) const {
    const auto told = [&](std::string Narrative::*part) {
      return Says(key.score.narrative.*part) || Says(key.objective.narrative.*part);
    };
    Needs needs;
    if (key.score.year.achievement.met) {
      if (!told(&Narrative::success_factors)) needs.push_back({NeedKind::kSuccessFactors});
      return needs;
    }
    if (!told(&Narrative::constraints)) needs.push_back({NeedKind::kConstraints});
    if (!told(&Narrative::follow_up)) needs.push_back({NeedKind::kFollowUp});
    return needs;
  }

  Analysis CheckEfficiency() const {
    const bool has_method = latest_.policy().efficiency.method != policy::EfficiencyMethod::kNone;
    std::vector<AnalysisSubject> subjects;
    for (const ObjectiveScore& objective : card_.objectives) {
      Needs needs;
      if (!has_method) needs.push_back({NeedKind::kEfficiencyMethod});
      if (!HasNumber(objective.achievement)) needs.push_back({NeedKind::kAchievement});
      if (!objective.budget.realized.has_value()) needs.push_back({NeedKind::kRealizedBudget});
      if (needs.empty() && !objective.efficiency.figure.exact.has_value()) {
        needs.push_back({NeedKind::kEfficiency});
      }
      subjects.push_back(Subject(objective.code, objective.name,
                                 !ExpectsNothing(objective.achievement), std::move(needs)));
    }
    const bool framed = has_method && card_.budget.realized.has_value();
    return {AnalysisKind::kEfficiency, PresenceOf(framed, subjects), std::move(subjects)};
  }

  Analysis CheckPrograms() const {
    std::vector<AnalysisSubject> subjects;
    bool framed = false;
    for (const ObjectiveScore& objective : card_.objectives) {
      framed = framed || !objective.programs.empty();
      if (objective.programs.empty()) {
        subjects.push_back(
            Subject(objective.code, objective.name, /*needed=*/true, {{NeedKind::kProgram}}));
      }
      for (const ProgramScore& program : objective.programs) {
        subjects.push_back(
            Subject(program.code, program.name, /*needed=*/true, ProgramNeeds(program)));
      }
    }
    return {AnalysisKind::kSupportingPrograms, PresenceOf(framed, subjects), std::move(subjects)};
  }

  static bool AnyAchieved(const std::vector<IndicatorScore>& indicators) {
    return std::any_of(indicators.begin(), indicators.end(), [](const IndicatorScore& score) {
      return HasNumber(score.year.achievement);
    });
  }

  static Needs ProgramNeeds(const ProgramScore& program) {
    bool achieved = AnyAchieved(program.indicators);
    for (const ActivityScore& activity : program.activities) {
      achieved = achieved || AnyAchieved(activity.indicators);
      for (const SubActivityScore& part : activity.sub_activities) {
        achieved = achieved || AnyAchieved(part.indicators);
      }
    }
    Needs needs;
    if (!achieved) needs.push_back({NeedKind::kAchievement});
    if (!program.budget.realized.has_value()) needs.push_back({NeedKind::kRealizedBudget});
    if (!SaysAnything(program)) needs.push_back({NeedKind::kProgramNarrative});
    return needs;
  }

  const std::vector<YearFacts>& before_;
  const ScoredPeriod& latest_;
  const Scorecard& card_;
  const Comparisons compared_;
  std::vector<Key> keys_;
};

}  // namespace

std::optional<Analyses> CheckAnalyses(const YearFacts& now, const std::vector<YearFacts>& before,
                                      const std::vector<ReferenceValue>& references, int quarter) {
  const ScoredPeriod latest(now, quarter);
  if (!latest.scored()) return std::nullopt;
  const Checker checker(now, before, references, latest, quarter);
  return Analyses{HeadOf(latest.card()), checker.Check()};
}

}  // namespace sakip::scoring::form
