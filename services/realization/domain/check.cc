#include "services/realization/domain/check.h"

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/base/error.h"
#include "common/base/text.h"
#include "common/exact/decimal.h"
#include "common/money/check_parts.h"
#include "services/realization/domain/evidence_reference.h"
#include "services/realization/domain/submission_name.h"

namespace sakip::realization {
namespace {

using exact::Decimal;
using Kind = IndicatorRealization::Kind;

constexpr absl::string_view kIndicatorCode = ".indicator_code";
constexpr absl::string_view kSubActivityCode = ".sub_activity_code";
constexpr absl::string_view kObjectiveCode = ".objective_code";
constexpr size_t kRealizedPartsMax = 10000;
constexpr size_t kNarrativeCharactersMax = 4000;
constexpr size_t kReasonCharactersMax = 2000;
constexpr size_t kUnitCharactersMax = 64;

// A line of a list. Its path is put together only where something is wrong with it.
class Line {
 public:
  Line(const char* list, size_t index, FieldErrors& errors)
      : list_(list), index_(index), errors_(errors) {}

  size_t index() const { return index_; }
  Line Sibling(size_t index) const { return {list_, index, errors_}; }
  FieldErrors& errors() const { return errors_; }
  std::string Path(absl::string_view field = "") const {
    return absl::StrCat("submission.", list_, "[", index_, "]", field);
  }

  void Add(absl::string_view field, absl::string_view what) const {
    errors_.Add(Path(field), what);
  }
  void AddWhereWrong(absl::string_view field, const absl::Status& status) const {
    if (!status.ok()) Add(field, status.message());
  }

 private:
  const char* const list_;
  const size_t index_;
  FieldErrors& errors_;
};

void CheckFree(const std::string& text, size_t most, absl::string_view path, FieldErrors& errors) {
  const absl::Status status = CheckText(text, 0, most);
  if (!status.ok()) errors.Add(path, status.message());
}

void CheckNarrative(const Narrative& narrative, const Line& line) {
  const auto check = [&](const std::string& text, absl::string_view field) {
    line.AddWhereWrong(field, CheckText(text, 0, kNarrativeCharactersMax));
  };
  check(narrative.success_factors, ".narrative.success_factors");
  check(narrative.constraints, ".narrative.constraints");
  check(narrative.follow_up, ".narrative.follow_up");
}

void CheckLineEvidence(const std::vector<Evidence>& evidence, const Line& line) {
  if (!evidence.empty()) CheckEvidence(evidence, line.Path(), line.errors());
}

void CheckAmount(const absl::StatusOr<Decimal>& amount, absl::string_view field, const Line& line) {
  if (!amount.ok()) {
    line.Add(field, amount.status().message());
  } else if (amount->is_negative()) {
    line.Add(field, "is negative; zero or more");
  }
}

// Each code of a list once.
class UniqueCodes {
 public:
  explicit UniqueCodes(absl::string_view field) : field_(field) {}

  // `code` outlives this.
  void Add(absl::string_view code, const Line& line) {
    if (code.empty()) return line.Add(field_, "is empty");
    const auto [it, is_new] = indexes_.emplace(code, line.index());
    if (is_new) return;
    line.Add(field_, absl::StrCat("repeats ", code, " of ", line.Sibling(it->second).Path(field_)));
  }

 private:
  const absl::string_view field_;
  absl::flat_hash_map<absl::string_view, size_t> indexes_;
};

void CheckUnit(const IndicatorRealization& indicator, const Line& line) {
  const bool required = indicator.kind == Kind::kQuantity;
  const absl::Status status = CheckLine(indicator.unit, required ? 1 : 0, kUnitCharactersMax);
  if (!status.ok()) line.Add(".unit", absl::StrCat(status.message(), "; such as orang or LKSA"));
}

void CheckIndicator(const IndicatorRealization& indicator, const Line& line) {
  switch (indicator.kind) {
    case Kind::kNone:
      line.Add(".value", "is missing; one of quantity, ratio, percentage, not_applicable_reason");
      break;
    case Kind::kQuantity:
      CheckAmount(Decimal::Parse(indicator.value), ".quantity", line);
      break;
    case Kind::kPercentage:
      CheckAmount(Decimal::Parse(indicator.value), ".percentage", line);
      break;
    case Kind::kRatio:
      CheckAmount(Decimal::Parse(indicator.numerator), ".ratio.numerator", line);
      CheckAmount(Decimal::Parse(indicator.denominator), ".ratio.denominator", line);
      break;
    case Kind::kNotApplicable:
      line.AddWhereWrong(".not_applicable_reason",
                         CheckText(indicator.value, 1, kReasonCharactersMax));
      break;
  }
  CheckUnit(indicator, line);
  CheckNarrative(indicator.narrative, line);
  CheckLineEvidence(indicator.evidence, line);
}

void CheckBudget(const BudgetRealization& budget, const Line& line) {
  CheckAmount(Decimal::ParseMoney(budget.realized), ".realized", line);
  if (!budget.realized_parts.empty()) {
    money::CheckParts(budget.realized_parts, line.Path(".realized_parts"), line.errors());
  }
  CheckNarrative(budget.narrative, line);
  CheckLineEvidence(budget.evidence, line);
}

void CheckObjective(const ObjectiveNarrative& objective, const Line& line) {
  if (objective.narrative.has_value()) {
    CheckNarrative(*objective.narrative, line);
  } else {
    line.Add(".narrative", "is missing");
  }
  CheckLineEvidence(objective.evidence, line);
}

size_t CountRealizedParts(const Submission& submission) {
  size_t count = 0;
  for (const BudgetRealization& line : submission.budgets) count += line.realized_parts.size();
  return count;
}

void CheckCounts(const Submission& submission, FieldErrors& errors) {
  const auto at_most = [&](size_t count, size_t most, const char* path) {
    if (count > most) errors.Add(path, absl::StrCat("has ", count, "; at most ", most));
  };
  if (submission.indicators.empty() && submission.budgets.empty()) {
    errors.Add("submission.indicators", "and budgets are both empty; submit at least one line");
  }
  at_most(CountRealizedParts(submission), kRealizedPartsMax, "submission.budgets.realized_parts");
  at_most(CountEvidence(submission), kEvidencePerSubmissionMax, "submission.evidence");
}

}  // namespace

absl::Status CheckSubmission(const Submission& submission) {
  FieldErrors errors;
  const auto name = ParseSubmissionName(submission.name);
  if (!name.ok()) errors.Add("submission.name", name.status().message());
  if (!submission.has_coverage) {
    errors.Add("submission.coverage", "is missing; COVERAGE_QUARTER or COVERAGE_YEAR_TO_DATE");
  }
  CheckCounts(submission, errors);
  UniqueCodes indicators(kIndicatorCode), budgets(kSubActivityCode), objectives(kObjectiveCode);
  for (size_t i = 0; i < submission.indicators.size(); ++i) {
    const Line line("indicators", i, errors);
    indicators.Add(submission.indicators[i].indicator_code, line);
    CheckIndicator(submission.indicators[i], line);
  }
  for (size_t i = 0; i < submission.budgets.size(); ++i) {
    const Line line("budgets", i, errors);
    budgets.Add(submission.budgets[i].sub_activity_code, line);
    CheckBudget(submission.budgets[i], line);
  }
  for (size_t i = 0; i < submission.objectives.size(); ++i) {
    const Line line("objectives", i, errors);
    objectives.Add(submission.objectives[i].objective_code, line);
    CheckObjective(submission.objectives[i], line);
  }
  CheckFree(submission.reason, kReasonCharactersMax, "submission.reason", errors);
  CheckFree(submission.source, kReasonCharactersMax, "submission.source", errors);
  return errors.ToStatus();
}

absl::Status CheckCodes(const Submission& submission, const PlanCodes& codes) {
  FieldErrors errors;
  const auto check = [&](const std::set<std::string>& known, const std::string& code,
                         absl::string_view field, absl::string_view what, const Line& line) {
    if (known.contains(code)) return;
    line.Add(field, absl::StrCat("names ", code, ", no ", what, " of the year's annual plan"));
  };
  for (size_t i = 0; i < submission.indicators.size(); ++i) {
    check(codes.indicators, submission.indicators[i].indicator_code, kIndicatorCode, "indicator",
          Line("indicators", i, errors));
  }
  for (size_t i = 0; i < submission.budgets.size(); ++i) {
    check(codes.sub_activities, submission.budgets[i].sub_activity_code, kSubActivityCode,
          "sub-activity", Line("budgets", i, errors));
  }
  for (size_t i = 0; i < submission.objectives.size(); ++i) {
    check(codes.objectives, submission.objectives[i].objective_code, kObjectiveCode, "objective",
          Line("objectives", i, errors));
  }
  return errors.ToStatus();
}

}  // namespace sakip::realization
