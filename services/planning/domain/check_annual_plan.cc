#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/exact/decimal.h"
#include "common/money/check_parts.h"
#include "services/planning/domain/check.h"
#include "services/planning/domain/code_edition.h"
#include "services/planning/domain/field_check.h"

namespace sakip::planning {
namespace {

using exact::Decimal;

constexpr size_t kSubActivitiesMax = 10000;

class AnnualPlanCheck {
 public:
  AnnualPlanCheck(const AnnualPlan& plan, const std::string& path, FieldErrors& errors)
      : plan_(plan),
        path_(path),
        errors_(errors),
        objectives_(errors),
        programs_(errors),
        activities_(errors),
        sub_activities_(errors),
        indicators_(errors) {}

  void Run() {
    CheckYear(plan_.year, absl::StrCat(path_, ".year"), errors_);
    const std::string path = absl::StrCat(path_, ".objectives");
    CheckNotEmpty(plan_.objectives.size(), path, errors_);
    for (size_t i = 0; i < plan_.objectives.size(); ++i) {
      CheckObjective(plan_.objectives[i], path + Index(i));
    }
    if (sub_activity_count_ > kSubActivitiesMax) {
      errors_.Add(path, absl::StrCat("has ", sub_activity_count_, " sub-activities; at most ",
                                     kSubActivitiesMax));
    }
    if (!plan_.stated_budget.empty()) {
      CheckMoney(plan_.stated_budget, absl::StrCat(path_, ".stated_budget"), errors_);
    }
    money::CheckParts(plan_.stated_budget_parts, path_ + ".stated_budget_parts", errors_);
    CheckChildren();
  }

 private:
  void CheckObjective(const Objective& objective, const std::string& path) {
    objectives_.Add(objective.code, path + ".code");
    CheckName(objective.display_name, path + ".display_name", errors_);
    CheckNotEmpty(objective.indicators.size(), path + ".indicators", errors_);
    CheckIndicators(objective.indicators, path);
    for (size_t i = 0; i < objective.programs.size(); ++i) {
      CheckProgram(objective.programs[i], absl::StrCat(path, ".programs", Index(i)));
    }
  }

  void CheckProgram(const Program& program, const std::string& path) {
    programs_.Add(program.code, path + ".code");
    CheckName(program.display_name, path + ".display_name", errors_);
    CheckNomenclature(program.nomenclature_code, NomenclatureLevel::kProgram,
                      "a program, such as 1.06.04", path);
    CheckIndicators(program.indicators, path);
    for (size_t i = 0; i < program.activities.size(); ++i) {
      CheckActivity(program.activities[i], absl::StrCat(path, ".activities", Index(i)));
    }
  }

  void CheckActivity(const Activity& activity, const std::string& path) {
    activities_.Add(activity.code, path + ".code");
    CheckName(activity.display_name, path + ".display_name", errors_);
    CheckNomenclature(activity.nomenclature_code, NomenclatureLevel::kActivity,
                      "an activity, such as 1.06.04.2.01", path);
    CheckIndicators(activity.indicators, path);
    for (size_t i = 0; i < activity.sub_activities.size(); ++i) {
      CheckSubActivity(activity.sub_activities[i], absl::StrCat(path, ".sub_activities", Index(i)));
    }
  }

  void CheckSubActivity(const SubActivity& sub_activity, const std::string& path) {
    ++sub_activity_count_;
    sub_activities_.Add(sub_activity.code, path + ".code");
    CheckName(sub_activity.display_name, path + ".display_name", errors_);
    CheckNomenclature(sub_activity.nomenclature_code, NomenclatureLevel::kSubActivity,
                      "a sub-activity, such as 1.06.04.2.01.0001", path);
    CheckIndicators(sub_activity.indicators, path);
    if (!sub_activity.responsible_unit.empty()) {
      CheckCode(sub_activity.responsible_unit, path + ".responsible_unit", errors_);
    }
    money::CheckParts(sub_activity.budget_parts, path + ".budget_parts", errors_);
    const auto budget = CheckMoney(sub_activity.budget, path + ".budget", errors_);
    if (!budget.has_value() || !total_.has_value()) return;
    const auto total = Add(*total_, *budget);
    if (total.ok()) {
      total_ = *total;
    } else {
      errors_.Add(path + ".budget", "makes the sum of the plan's budgets larger than 18 digits");
      total_.reset();
    }
  }

  void CheckNomenclature(const std::string& code, NomenclatureLevel level, absl::string_view what,
                         const std::string& path) {
    if (code.empty() || LevelOfCode(code) == level) return;
    errors_.Add(path + ".nomenclature_code", absl::StrCat("is no nomenclature code of ", what));
  }

  void CheckIndicators(const std::vector<Indicator>& indicators, const std::string& path) {
    for (size_t i = 0; i < indicators.size(); ++i) {
      CheckIndicator(indicators[i], absl::StrCat(path, ".indicators", Index(i)));
    }
  }

  void CheckIndicator(const Indicator& indicator, const std::string& path) {
    indicators_.Add(indicator.code, path + ".code");
    CheckName(indicator.display_name, path + ".display_name", errors_);
    CheckMeasure(indicator.target, path + ".target", errors_);
    CheckRange(indicator, path);
    if (indicator.ratio.has_value()) CheckRatio(*indicator.ratio, path, errors_);
    CheckResponsibleUnits(indicator.responsible_units, path + ".responsible_units", errors_);
    if (!indicator.weight.empty()) {
      const auto weight = Decimal::Parse(indicator.weight);
      if (!weight.ok()) {
        errors_.Add(path + ".weight", weight.status().message());
      } else if (*weight <= Decimal()) {
        errors_.Add(path + ".weight", "is not greater than 0; leave it out for 1");
      }
    }
    const bool is_share = indicator.formula == Formula::kShareMet;
    if (is_share && indicator.children.empty()) {
      errors_.Add(path + ".children", "is empty; a share needs the indicators that it counts");
    } else if (!is_share && !indicator.children.empty()) {
      errors_.Add(path + ".children", "belongs to the formula SHARE_MET only");
    }
    if (is_share) shares_.push_back({&indicator, path});
  }

  void CheckRange(const Indicator& indicator, const std::string& path) {
    const bool is_range =
        indicator.formula == Formula::kRange || indicator.formula == Formula::kRangeNegative;
    if (!is_range) {
      if (indicator.target_upper.has_value()) {
        errors_.Add(path + ".target_upper", "belongs to the formulas of a range only");
      }
      return;
    }
    CheckMeasure(indicator.target_upper, path + ".target_upper", errors_);
    if (!indicator.target.has_value() || !indicator.target_upper.has_value()) return;
    const auto lower = Decimal::Parse(indicator.target->value);
    const auto upper = Decimal::Parse(indicator.target_upper->value);
    if (lower.ok() && upper.ok() && *upper < *lower) {
      errors_.Add(path + ".target_upper.value", "is below the lower bound in target");
    }
    if (!absl::EqualsIgnoreCase(indicator.target->unit, indicator.target_upper->unit)) {
      errors_.Add(path + ".target_upper.unit", "is not the unit of target");
    }
  }

  // Children may stand anywhere in the plan, so they are looked up at the end.
  void CheckChildren() {
    for (const auto& [indicator, path] : shares_) {
      UniqueCodes children(errors_);
      for (size_t i = 0; i < indicator->children.size(); ++i) {
        const std::string child_path = absl::StrCat(path, ".children", Index(i));
        const std::string& code = indicator->children[i];
        children.Add(code, child_path);
        if (!indicators_.Contains(code)) {
          errors_.Add(child_path, absl::StrCat("names ", code, ", no indicator of this plan"));
        } else if (IsShare(code)) {
          errors_.Add(child_path, absl::StrCat("names ", code, ", itself a share"));
        }
      }
    }
  }

  bool IsShare(const std::string& code) const {
    for (const auto& [indicator, path] : shares_) {
      if (indicator->code == code) return true;
    }
    return false;
  }

  const AnnualPlan& plan_;
  const std::string& path_;
  FieldErrors& errors_;
  UniqueCodes objectives_, programs_, activities_, sub_activities_, indicators_;
  std::vector<std::pair<const Indicator*, std::string>> shares_;
  std::optional<Decimal> total_ = Decimal();
  size_t sub_activity_count_ = 0;
};

}  // namespace

void CheckAnnualPlan(const AnnualPlan& plan, const std::string& path, FieldErrors& errors) {
  AnnualPlanCheck(plan, path, errors).Run();
}

}  // namespace sakip::planning
