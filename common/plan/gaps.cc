#include "common/plan/gaps.h"

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/plan/plan_index.h"
#include "common/plan/self_check.h"

namespace sakip::plan {
namespace {

// A text in a finding, where it stands.
FindingFigure At(const DocumentRef& ref, const std::string& value, const std::string& path) {
  return {value, Location(ref.Versioned(), path)};
}

// `a, b`, and where they are many the first of them: `a, b ... and 30 more`.
template <typename Texts>
std::string Listed(const Texts& texts) {
  constexpr size_t kListedBytesMax = 200;
  std::string listed;
  size_t left = texts.size();
  for (const std::string& text : texts) {
    if (!listed.empty() && listed.size() + text.size() > kListedBytesMax) {
      return absl::StrCat(listed, " ... and ", left, " more");
    }
    absl::StrAppend(&listed, listed.empty() ? "" : ", ", text);
    --left;
  }
  return listed;
}

std::string Path(absl::string_view list, const std::string& code) {
  return absl::StrCat(list, "[", code, "]");
}

// A node to which nothing leads down.
template <typename Node, typename Children>
void NoteChildless(const DocumentRef& ref, absl::string_view list, const Node& node,
                   const Children& children, FindingCode code, Findings& findings) {
  if (children.empty()) findings.Add(code, node.code, {At(ref, node.name, Path(list, node.code))});
}

// One annual plan, by itself and against the other documents of its year.
class OfAnnualPlan {
 public:
  OfAnnualPlan(const AnnualPlan& plan, Findings& findings) : plan_(plan), findings_(findings) {}

  void NoteTree() {
    std::map<std::string, std::string> names;  // Of sub-activities, with the code of the first.
    Rational total;
    for (const Objective& objective : plan_.objectives) {
      NoteChildless(plan_.ref, "objectives", objective, objective.programs,
                    FindingCode::kObjectiveWithoutProgram, findings_);
      for (const Program& program : objective.programs) {
        NoteChildless(plan_.ref, "programs", program, program.activities,
                      FindingCode::kProgramWithoutActivity, findings_);
        for (const Activity& activity : program.activities) {
          NoteChildless(plan_.ref, "activities", activity, activity.sub_activities,
                        FindingCode::kActivityWithoutSubActivity, findings_);
          for (const SubActivity& sub_activity : activity.sub_activities) {
            NoteSubActivity(sub_activity, names);
            total = total + Rational(sub_activity.budget);
          }
        }
      }
    }
    const Rational budget =
        plan_.stated_budget.has_value() ? Rational(*plan_.stated_budget) : total;
    NoteParts(plan_.ref, "stated_budget", plan_.ref.name, budget, plan_.stated_budget_parts,
              findings_);
  }

  void NoteStrategicPlan(const StrategicPlan& strategic_plan) {
    std::map<std::string, const StrategicObjective*> known;
    for (const StrategicGoal& goal : strategic_plan.goals) {
      for (const StrategicObjective& objective : goal.objectives)
        known[objective.code] = &objective;
    }
    for (const Objective& objective : plan_.objectives) {
      const auto it = known.find(objective.code);
      if (it == known.end()) {
        findings_.Add(FindingCode::kObjectiveNotTraced, objective.code,
                      {At(plan_.ref, objective.name, Path("objectives", objective.code)),
                       {"", Location(strategic_plan.ref.Versioned(), "has no such objective")}});
        continue;
      }
      NoteName(objective.code, {strategic_plan.ref, it->second->name, "objectives"},
               {plan_.ref, objective.name, "objectives"});
      for (const StrategicIndicator& promised : it->second->indicators) {
        for (const Indicator& indicator : objective.indicators) {
          if (indicator.code != promised.code) continue;
          NoteName(indicator.code, {strategic_plan.ref, promised.name, "indicators"},
                   {plan_.ref, indicator.name, "indicators"});
        }
      }
    }
  }

  void NoteAgreement(const Agreement& agreement) {
    std::set<std::string> agreed;
    for (const auto& [code, target] : agreement.targets) agreed.insert(code);
    for (const Objective& objective : plan_.objectives) {
      for (const Indicator& indicator : objective.indicators) {
        if (agreed.contains(indicator.code)) continue;
        findings_.Add(
            FindingCode::kAgreementTargetMissing, indicator.code,
            {{"", Location(agreement.ref.Versioned(), "has no such target")}, Target(indicator)});
      }
    }
  }

  void NoteActionPlan(const ActionPlan& action_plan) {
    const ActionIndex lines(&action_plan);
    const auto note = [&](const std::vector<Indicator>& indicators) {
      for (const Indicator& indicator : indicators) {
        if (lines.Find(indicator.code) != nullptr) continue;
        findings_.Add(
            FindingCode::kActionPlanLineMissing, indicator.code,
            {{"", Location(action_plan.ref.Versioned(), "has no such line")}, Target(indicator)});
      }
    };
    // What programs and activities promise follows from these.
    for (const Objective& objective : plan_.objectives) {
      note(objective.indicators);
      for (const Program& program : objective.programs) {
        for (const Activity& activity : program.activities) {
          for (const SubActivity& sub : activity.sub_activities) note(sub.indicators);
        }
      }
    }
  }

  void NoteDecree(const KeyIndicatorDecree& decree) {
    std::map<std::string, const KeyIndicator*> decreed;
    for (const KeyIndicator& indicator : decree.indicators) decreed[indicator.code] = &indicator;
    for (const Objective& objective : plan_.objectives) {
      for (const Indicator& indicator : objective.indicators) {
        const auto it = decreed.find(indicator.code);
        if (it == decreed.end()) {
          findings_.Add(
              FindingCode::kKeyIndicatorNotDecreed, indicator.code,
              {{"", Location(decree.ref.Versioned(), "has no such indicator")}, Target(indicator)});
          continue;
        }
        NoteDecreed(decree, *it->second, objective, indicator);
        decreed.erase(it);
      }
    }
    for (const auto& [code, indicator] : decreed) {
      findings_.Add(FindingCode::kKeyIndicatorNotPlanned, code,
                    {At(decree.ref, indicator->name, Path("indicators", code)),
                     {"", Location(plan_.ref.Versioned(), "has no such key indicator")}});
    }
  }

 private:
  // What a document calls something.
  struct Named {
    const DocumentRef& ref;
    const std::string& name;
    absl::string_view list;
  };

  void NoteName(const std::string& code, const Named& a, const Named& b) {
    if (absl::EqualsIgnoreCase(a.name, b.name)) return;
    findings_.Add(FindingCode::kNameDiffers, code,
                  {At(a.ref, a.name, Path(a.list, code)), At(b.ref, b.name, Path(b.list, code))});
  }

  void NoteSubActivity(const SubActivity& sub_activity, std::map<std::string, std::string>& names) {
    const std::string path = Path("sub_activities", sub_activity.code);
    const auto [first, is_new] = names.emplace(sub_activity.name, sub_activity.code);
    if (!is_new) {
      findings_.Add(FindingCode::kNameRepeated, sub_activity.code,
                    {At(plan_.ref, sub_activity.name, Path("sub_activities", first->second)),
                     At(plan_.ref, sub_activity.name, path)});
    }
    NoteParts(plan_.ref, path + ".budget", sub_activity.code, Rational(sub_activity.budget),
              sub_activity.budget_parts, findings_);
  }

  void NoteDecreed(const KeyIndicatorDecree& decree, const KeyIndicator& decreed,
                   const Objective& objective, const Indicator& planned) {
    const std::string path = Path("indicators", decreed.code);
    NoteName(decreed.code, {decree.ref, decreed.name, "indicators"},
             {plan_.ref, planned.name, "indicators"});
    if (decreed.ratio.has_value() && (!planned.is_ratio || *decreed.ratio != planned.ratio)) {
      findings_.Add(FindingCode::kKeyIndicatorFormulaDiffers, decreed.code,
                    {At(decree.ref, Quotient(*decreed.ratio), path + ".ratio"),
                     planned.is_ratio || planned.children.empty()
                         ? At(plan_.ref, Quotient(planned.ratio), path + ".ratio")
                         : At(plan_.ref, Listed(planned.children), path + ".children")});
    }
    if (decreed.data_source.empty()) {
      findings_.Add(FindingCode::kKeyIndicatorSourceMissing, decreed.code,
                    {At(decree.ref, "", path + ".data_source")});
    }
    const std::set<std::string> responsible(decreed.responsible_units.begin(),
                                            decreed.responsible_units.end());
    const std::set<std::string> doing = UnitsOf(objective);
    if (responsible.empty() || doing.empty() || responsible == doing) return;
    findings_.Add(FindingCode::kKeyIndicatorUnitsDiffer, decreed.code,
                  {At(decree.ref, Listed(responsible), path + ".responsible_units"),
                   At(plan_.ref, Listed(doing),
                      absl::StrCat("sub_activities of ", Path("objectives", objective.code)))});
  }

  // The units that carry out what serves an objective.
  static std::set<std::string> UnitsOf(const Objective& objective) {
    std::set<std::string> units;
    for (const Program& program : objective.programs) {
      for (const Activity& activity : program.activities) {
        for (const SubActivity& sub : activity.sub_activities) {
          if (!sub.responsible_unit.empty()) units.insert(sub.responsible_unit);
        }
      }
    }
    return units;
  }

  // Empty where there is none.
  static std::string Quotient(const RatioDefinition& ratio) {
    if (ratio.denominator.empty()) return "";
    return absl::StrCat(ratio.numerator, " / ", ratio.denominator);
  }

  FindingFigure Target(const Indicator& indicator) const {
    return At(plan_.ref, Text(indicator.target), Path("indicators", indicator.code) + ".target");
  }

  const AnnualPlan& plan_;
  Findings& findings_;
};

void NoteTargets(const DocumentRef& ref, const std::vector<StrategicIndicator>& indicators,
                 Findings& findings) {
  for (const StrategicIndicator& indicator : indicators) {
    if (!indicator.targets.empty()) continue;
    findings.Add(FindingCode::kIndicatorWithoutTarget, indicator.code,
                 {At(ref, indicator.name, Path("indicators", indicator.code))});
  }
}

}  // namespace

void NoteGaps(const PlanYear& year, Findings& findings) {
  if (year.annual_plan == nullptr) return;
  OfAnnualPlan of(*year.annual_plan, findings);
  of.NoteTree();
  if (year.strategic_plan != nullptr) of.NoteStrategicPlan(*year.strategic_plan);
  if (year.agreement != nullptr) of.NoteAgreement(*year.agreement);
  if (year.action_plan != nullptr) of.NoteActionPlan(*year.action_plan);
  if (year.decree != nullptr) of.NoteDecree(*year.decree);
}

void NoteStrategicGaps(const StrategicPlan& plan, Findings& findings) {
  for (const RegionalMission& mission : plan.missions) {
    for (const RegionalGoal& goal : mission.goals) {
      NoteTargets(plan.ref, goal.indicators, findings);
      for (const StrategicObjective& objective : goal.objectives) {
        NoteTargets(plan.ref, objective.indicators, findings);
      }
    }
  }
  for (const StrategicGoal& goal : plan.goals) {
    NoteTargets(plan.ref, goal.indicators, findings);
    if (goal.regional_objective.empty()) {
      findings.Add(FindingCode::kGoalNotTraced, goal.code,
                   {At(plan.ref, goal.name, Path("goals", goal.code))});
    }
    for (const StrategicObjective& objective : goal.objectives) {
      NoteTargets(plan.ref, objective.indicators, findings);
    }
  }
}

}  // namespace sakip::plan
