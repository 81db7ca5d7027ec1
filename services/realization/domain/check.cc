#include "services/realization/domain/check.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/text.h"
#include "common/exact/decimal.h"
#include "services/realization/domain/evidence_reference.h"
#include "services/realization/domain/submission_name.h"

namespace sakip::realization {
namespace {

using exact::Decimal;
using Kind = IndicatorRealization::Kind;

constexpr size_t kLinesMax = 10000;
constexpr size_t kObjectivesMax = 100;
constexpr size_t kNarrativeCharactersMax = 4000;
constexpr size_t kReasonCharactersMax = 2000;
constexpr size_t kUnitCharactersMax = 64;

std::string At(const char* list, size_t i) {
  return absl::StrCat("submission.", list, "[", i, "]");
}

void CheckFree(const std::string& text, size_t most, const std::string& path, FieldErrors& errors) {
  const absl::Status status = CheckText(text, 0, most);
  if (!status.ok()) errors.Add(path, status.message());
}

void CheckNarrative(const Narrative& narrative, const std::string& path, FieldErrors& errors) {
  CheckFree(narrative.success_factors, kNarrativeCharactersMax, path + ".narrative.success_factors",
            errors);
  CheckFree(narrative.constraints, kNarrativeCharactersMax, path + ".narrative.constraints",
            errors);
  CheckFree(narrative.follow_up, kNarrativeCharactersMax, path + ".narrative.follow_up", errors);
}

void CheckAmount(const absl::StatusOr<Decimal>& amount, const std::string& path,
                 FieldErrors& errors) {
  if (!amount.ok()) {
    errors.Add(path, amount.status().message());
  } else if (amount->is_negative()) {
    errors.Add(path, "is negative; zero or more");
  }
}

// Each code once.
class UniqueCodes {
 public:
  explicit UniqueCodes(FieldErrors& errors) : errors_(errors) {}

  void Add(const std::string& code, const std::string& path) {
    if (code.empty()) {
      errors_.Add(path, "is empty");
      return;
    }
    const auto [it, is_new] = paths_.emplace(code, path);
    if (!is_new) errors_.Add(path, absl::StrCat("repeats ", code, " of ", it->second));
  }

 private:
  FieldErrors& errors_;
  std::map<std::string, std::string> paths_;
};

void CheckUnit(const IndicatorRealization& line, const std::string& path, FieldErrors& errors) {
  const bool required = line.kind == Kind::kQuantity;
  const absl::Status status = CheckLine(line.unit, required ? 1 : 0, kUnitCharactersMax);
  if (!status.ok()) {
    errors.Add(path + ".unit", absl::StrCat(status.message(), "; such as orang or LKSA"));
  }
}

void CheckIndicator(const IndicatorRealization& line, const std::string& path,
                    FieldErrors& errors) {
  switch (line.kind) {
    case Kind::kNone:
      errors.Add(path + ".value",
                 "is missing; one of quantity, ratio, percentage, not_applicable_reason");
      break;
    case Kind::kQuantity:
      CheckAmount(Decimal::Parse(line.value), path + ".quantity", errors);
      break;
    case Kind::kPercentage:
      CheckAmount(Decimal::Parse(line.value), path + ".percentage", errors);
      break;
    case Kind::kRatio:
      CheckAmount(Decimal::Parse(line.numerator), path + ".ratio.numerator", errors);
      CheckAmount(Decimal::Parse(line.denominator), path + ".ratio.denominator", errors);
      break;
    case Kind::kNotApplicable: {
      const absl::Status reason = CheckText(line.value, 1, kReasonCharactersMax);
      if (!reason.ok()) errors.Add(path + ".not_applicable_reason", reason.message());
      break;
    }
  }
  CheckUnit(line, path, errors);
  CheckNarrative(line.narrative, path, errors);
  CheckEvidence(line.evidence, path, errors);
}

void CheckCounts(const Submission& submission, FieldErrors& errors) {
  const auto at_most = [&](size_t count, size_t most, const char* path) {
    if (count > most) errors.Add(path, absl::StrCat("has ", count, "; at most ", most));
  };
  at_most(submission.indicators.size(), kLinesMax, "submission.indicators");
  at_most(submission.budgets.size(), kLinesMax, "submission.budgets");
  at_most(submission.objectives.size(), kObjectivesMax, "submission.objectives");
  if (submission.indicators.empty() && submission.budgets.empty()) {
    errors.Add("submission.indicators", "and budgets are both empty; submit at least one line");
  }
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
  UniqueCodes indicators(errors), budgets(errors), objectives(errors);
  for (size_t i = 0; i < submission.indicators.size(); ++i) {
    const IndicatorRealization& line = submission.indicators[i];
    indicators.Add(line.indicator_code, At("indicators", i) + ".indicator_code");
    CheckIndicator(line, At("indicators", i), errors);
  }
  for (size_t i = 0; i < submission.budgets.size(); ++i) {
    const BudgetRealization& line = submission.budgets[i];
    budgets.Add(line.sub_activity_code, At("budgets", i) + ".sub_activity_code");
    CheckAmount(Decimal::ParseMoney(line.realized), At("budgets", i) + ".realized", errors);
    CheckNarrative(line.narrative, At("budgets", i), errors);
    CheckEvidence(line.evidence, At("budgets", i), errors);
  }
  for (size_t i = 0; i < submission.objectives.size(); ++i) {
    const ObjectiveNarrative& line = submission.objectives[i];
    objectives.Add(line.objective_code, At("objectives", i) + ".objective_code");
    if (line.narrative.has_value()) {
      CheckNarrative(*line.narrative, At("objectives", i), errors);
    } else {
      errors.Add(At("objectives", i) + ".narrative", "is missing");
    }
    CheckEvidence(line.evidence, At("objectives", i), errors);
  }
  CheckFree(submission.reason, kReasonCharactersMax, "submission.reason", errors);
  CheckFree(submission.source, kReasonCharactersMax, "submission.source", errors);
  return errors.ToStatus();
}

absl::Status CheckCodes(const Submission& submission, const PlanCodes& codes) {
  FieldErrors errors;
  const auto check = [&](const std::set<std::string>& known, const std::string& code,
                         const std::string& path, const char* what) {
    if (known.contains(code)) return;
    errors.Add(path, absl::StrCat("names ", code, ", no ", what, " of the year's annual plan"));
  };
  for (size_t i = 0; i < submission.indicators.size(); ++i) {
    check(codes.indicators, submission.indicators[i].indicator_code,
          At("indicators", i) + ".indicator_code", "indicator");
  }
  for (size_t i = 0; i < submission.budgets.size(); ++i) {
    check(codes.sub_activities, submission.budgets[i].sub_activity_code,
          At("budgets", i) + ".sub_activity_code", "sub-activity");
  }
  for (size_t i = 0; i < submission.objectives.size(); ++i) {
    check(codes.objectives, submission.objectives[i].objective_code,
          At("objectives", i) + ".objective_code", "objective");
  }
  return errors.ToStatus();
}

}  // namespace sakip::realization
