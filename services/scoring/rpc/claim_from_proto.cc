#include "services/scoring/rpc/claim_from_proto.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace sakip::scoring {
namespace {

using review::FigureSource;

class Reader {
 public:
  Reader(const std::string& path, FieldErrors& errors) : path_(path), errors_(errors) {}

  review::CellRange Read(const v1::CellRange& from) const {
    return {from.table(), from.column(), {from.rows().begin(), from.rows().end()}};
  }

  FigureSource Read(const v1::FigureSource& from, const std::string& field) {
    switch (from.source_case()) {
      case v1::FigureSource::kCell:
        return review::CellRef{from.cell().table(), from.cell().row(), from.cell().column()};
      case v1::FigureSource::kPlan:
        return Read(from.plan(), field);
      case v1::FigureSource::kScorecard:
        return Read(from.scorecard(), field);
      case v1::FigureSource::SOURCE_NOT_SET:
        break;
    }
    Add(field, "says nothing; say cell, plan or scorecard");
    return review::CellRef{};
  }

  review::Quotient Read(const v1::QuotientClaim& from) {
    review::Quotient to;
    to.dividend = Read(from.dividend(), ".quotient.dividend");
    to.divisor = Read(from.divisor(), ".quotient.divisor");
    for (int i = 0; i < from.other_divisors_size(); ++i) {
      to.other_divisors.push_back(
          Read(from.other_divisors(i), absl::StrCat(".quotient.other_divisors[", i, "]")));
    }
    to.against_target = from.against_target();
    return to;
  }

  review::Sum Read(const v1::SumClaim& from) {
    review::Sum to;
    if (from.add().empty()) Add(".sum.add", "is empty; say what is added");
    int count = from.add_size() + from.subtract_size();
    for (const v1::CellRange& range : from.add()) count += range.rows_size();
    for (const v1::CellRange& range : from.subtract()) count += range.rows_size();
    // No more than a report may refer to in all; nothing of it is read otherwise.
    if (count > static_cast<int>(review::kReferencesMax)) {
      Add(".sum",
          absl::StrCat("names ", count, " rows and ranges; at most ", review::kReferencesMax));
      return to;
    }
    for (const v1::CellRange& range : from.add()) to.add.push_back(Read(range));
    for (const v1::CellRange& range : from.subtract()) to.subtract.push_back(Read(range));
    return to;
  }

  review::Count Read(const v1::CountClaim& from) {
    review::Count to;
    to.rows = Read(from.rows());
    to.other_column = from.other_column();
    to.share = from.share();
    switch (from.relation()) {
      case v1::CountClaim::RELATION_ABOVE:
        to.relation = review::Count::Relation::kAbove;
        break;
      case v1::CountClaim::RELATION_AT_LEAST:
        to.relation = review::Count::Relation::kAtLeast;
        break;
      case v1::CountClaim::RELATION_BELOW:
        to.relation = review::Count::Relation::kBelow;
        break;
      case v1::CountClaim::RELATION_UNSPECIFIED:
        break;
      default:
        Add(".count.relation", "is none that is known");
    }
    const bool compares = to.relation != review::Count::Relation::kAll;
    if (compares && to.other_column.empty()) {
      Add(".count.other_column", "is empty; the relation needs a column to compare with");
    }
    return to;
  }

 private:
  using PlanValue = review::PlanFigure::Value;
  using ScoreValue = review::ScorecardFigure::Value;

  review::PlanFigure Read(const v1::PlanFigure& from, const std::string& field) {
    review::PlanFigure to;
    to.code = from.code();
    to.year = from.year();
    to.first_revision = from.first_revision();
    switch (from.document()) {
      case v1::PlanFigure::DOCUMENT_ANNUAL_PLAN:
        to.document = review::PlanFigure::Document::kAnnualPlan;
        break;
      case v1::PlanFigure::DOCUMENT_ACTION_PLAN:
        to.document = review::PlanFigure::Document::kActionPlan;
        break;
      case v1::PlanFigure::DOCUMENT_PERFORMANCE_AGREEMENT:
        to.document = review::PlanFigure::Document::kAgreement;
        break;
      case v1::PlanFigure::DOCUMENT_STRATEGIC_PLAN:
        to.document = review::PlanFigure::Document::kStrategicPlan;
        break;
      default:
        Add(absl::StrCat(field, ".plan.document"), "is none; say which document");
    }
    const bool is_target = from.value() == v1::PlanFigure::VALUE_TARGET;
    const bool is_budget = from.value() == v1::PlanFigure::VALUE_BUDGET;
    to.value = is_budget ? PlanValue::kBudget : PlanValue::kTarget;
    if (!is_target && !is_budget) {
      Add(absl::StrCat(field, ".plan.value"), "is none; say target or budget");
    }
    const bool has_budgets = to.document == review::PlanFigure::Document::kAnnualPlan ||
                             to.document == review::PlanFigure::Document::kAgreement;
    if (is_budget && !has_budgets) {
      Add(absl::StrCat(field, ".plan.value"),
          "is a budget, which only annual plan and performance agreement have");
    }
    return to;
  }

  review::ScorecardFigure Read(const v1::ScorecardFigure& from, const std::string& field) {
    return {ReadValue(from.value(), field), from.code(), from.to_date()};
  }

  ScoreValue ReadValue(v1::ScorecardFigure::Value value, const std::string& field) {
    switch (value) {
      case v1::ScorecardFigure::VALUE_TARGET:
        return ScoreValue::kTarget;
      case v1::ScorecardFigure::VALUE_REALIZATION:
        return ScoreValue::kRealization;
      case v1::ScorecardFigure::VALUE_ACHIEVEMENT:
        return ScoreValue::kAchievement;
      case v1::ScorecardFigure::VALUE_RATING:
        return ScoreValue::kRating;
      case v1::ScorecardFigure::VALUE_BUDGET:
        return ScoreValue::kBudget;
      case v1::ScorecardFigure::VALUE_REALIZED:
        return ScoreValue::kRealized;
      case v1::ScorecardFigure::VALUE_ABSORPTION:
        return ScoreValue::kAbsorption;
      default:
        Add(absl::StrCat(field, ".scorecard.value"), "is none; say which figure");
        return ScoreValue::kTarget;
    }
  }

  void Add(const std::string& field, const std::string& description) {
    errors_.Add(absl::StrCat(path_, field), description);
  }

  const std::string& path_;
  FieldErrors& errors_;
};

}  // namespace

review::Claim ClaimFromProto(const v1::PrintedClaim& from, const std::string& path,
                             FieldErrors& errors) {
  Reader reader(path, errors);
  review::Claim to;
  to.path = path;
  switch (from.claim_case()) {
    case v1::PrintedClaim::kEquals:
      to.what = review::Equals{reader.Read(from.equals(), ".equals")};
      break;
    case v1::PrintedClaim::kQuotient:
      to.what = reader.Read(from.quotient());
      break;
    case v1::PrintedClaim::kSum:
      to.what = reader.Read(from.sum());
      break;
    case v1::PrintedClaim::kMean:
      to.what = review::Mean{reader.Read(from.mean())};
      break;
    case v1::PrintedClaim::kCount:
      to.what = reader.Read(from.count());
      break;
    case v1::PrintedClaim::kAtMost:
      to.what = review::AtMost{reader.Read(from.at_most(), ".at_most")};
      break;
    case v1::PrintedClaim::CLAIM_NOT_SET:
      errors.Add(path, "says nothing; say equals, quotient, sum, mean, count or at_most");
  }
  return to;
}

}  // namespace sakip::scoring
