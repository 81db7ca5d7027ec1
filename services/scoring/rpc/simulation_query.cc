#include "services/scoring/rpc/simulation_query.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/money/check_parts.h"
#include "common/money/proto/part_from_proto.h"
#include "common/policy/proto/policy_proto.h"

namespace sakip::scoring {
namespace {

using Kind = RealizedIndicator::Kind;
using Line = realization::v1::IndicatorRealization;
using realization::v1::Submission;

// Reads changes and collects what is wrong with them. Not thread-safe.
class Reader {
 public:
  Changes Read(const v1::SimulateScorecardRequest& from) {
    Changes to;
    for (int i = 0; i < from.targets_size(); ++i) {
      to.targets.push_back(ReadTarget(from.targets(i), absl::StrCat("targets[", i, "]")));
    }
    for (int i = 0; i < from.quarters_size(); ++i) {
      to.quarters.push_back(ReadQuarter(from.quarters(i), absl::StrCat("quarters[", i, "]")));
    }
    return to;
  }

  absl::Status status() const { return errors_.ToStatus(); }

 private:
  Decimal Amount(const absl::StatusOr<Decimal>& amount, const std::string& path) {
    if (!amount.ok()) {
      errors_.Add(path, amount.status().message());
    } else if (amount->is_negative()) {
      errors_.Add(path, "is negative; zero or more");
    }
    return amount.value_or(Decimal());
  }
  Decimal Number(const std::string& text, const std::string& path) {
    return Amount(Decimal::Parse(text), path);
  }

  TargetChange ReadTarget(const v1::SimulatedTarget& from, const std::string& path) {
    TargetChange to;
    to.indicator_code = from.indicator_code();
    to.quarter = from.quarter();
    to.value = Number(from.value(), path + ".value");
    if (!from.upper().empty()) to.upper = Number(from.upper(), path + ".upper");
    return to;
  }

  QuarterChange ReadQuarter(const v1::SimulatedQuarter& from, const std::string& path) {
    QuarterChange to;
    to.quarter = from.quarter();
    switch (from.coverage()) {
      case Submission::COVERAGE_UNSPECIFIED:
        break;
      case Submission::COVERAGE_QUARTER:
        to.coverage = Coverage::kQuarter;
        break;
      case Submission::COVERAGE_YEAR_TO_DATE:
        to.coverage = Coverage::kYearToDate;
        break;
      default:
        errors_.Add(path + ".coverage", "is none; COVERAGE_QUARTER or COVERAGE_YEAR_TO_DATE");
    }
    for (int i = 0; i < from.indicators_size(); ++i) {
      to.indicators.emplace_back(
          from.indicators(i).indicator_code(),
          ReadValue(from.indicators(i), absl::StrCat(path, ".indicators[", i, "]")));
    }
    for (int i = 0; i < from.budgets_size(); ++i) {
      to.budgets.emplace_back(from.budgets(i).sub_activity_code(),
                              ReadBudget(from.budgets(i), absl::StrCat(path, ".budgets[", i, "]")));
    }
    to.withdrawn = {from.withdrawn_indicators().begin(), from.withdrawn_indicators().end()};
    return to;
  }

  RealizedBudget ReadBudget(const realization::v1::BudgetRealization& from,
                            const std::string& path) {
    RealizedBudget to;
    to.realized = Amount(Decimal::ParseMoney(from.realized()), path + ".realized");
    money::CheckParts(money::ToTexts(from.realized_parts()), path + ".realized_parts", errors_);
    auto parts = money::FromProto(from.realized_parts());
    if (parts.ok()) to.parts = *std::move(parts);
    return to;
  }

  RealizedIndicator ReadValue(const Line& from, const std::string& path) {
    RealizedIndicator to;
    to.unit = from.unit();
    switch (from.value_case()) {
      case Line::kQuantity:
        to.value = Number(from.quantity(), path + ".quantity");
        break;
      case Line::kPercentage:
        to.kind = Kind::kPercentage;
        to.value = Number(from.percentage(), path + ".percentage");
        break;
      case Line::kRatio:
        to.kind = Kind::kRatio;
        to.numerator = Number(from.ratio().numerator(), path + ".ratio.numerator");
        to.denominator = Number(from.ratio().denominator(), path + ".ratio.denominator");
        break;
      case Line::kNotApplicableReason:
        to.kind = Kind::kNotApplicable;
        to.not_applicable_reason = from.not_applicable_reason();
        break;
      case Line::VALUE_NOT_SET:
        errors_.Add(path + ".value",
                    "is missing; one of quantity, ratio, percentage, not_applicable_reason");
    }
    if (to.unit.empty() && (to.kind == Kind::kPercentage || to.kind == Kind::kRatio)) to.unit = "%";
    return to;
  }

  FieldErrors errors_;
};

}  // namespace

absl::StatusOr<SimulationQuery> ToSimulationQuery(const v1::SimulateScorecardRequest& request) {
  SimulationQuery query;
  ASSIGN_OR_RETURN(query.name, ParseScorecardName(request.name()));
  ASSIGN_OR_RETURN(query.wanted, ToWanted(request));
  Reader reader;
  query.changes = reader.Read(request);
  RETURN_IF_ERROR(reader.status());
  query.policy = request.policy();
  if (!request.has_draft_policy()) return query;
  ASSIGN_OR_RETURN(query.draft_policy, policy::FromProto(request.draft_policy(), "draft_policy"));
  query.draft_policy->name.clear();
  return query;
}

}  // namespace sakip::scoring
