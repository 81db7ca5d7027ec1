#include "services/scoring/rpc/scorecard_to_proto.h"

#include <google/protobuf/util/field_mask_util.h>

#include "absl/strings/str_cat.h"
#include "common/base/period.h"
#include "common/finding/proto/finding_to_proto.h"
#include "common/message/timestamp.h"
#include "common/money/proto/part_from_proto.h"
#include "services/scoring/domain/budget_parts.h"
#include "services/scoring/rpc/enums_to_proto.h"
#include "services/scoring/rpc/step_to_proto.h"

namespace sakip::scoring {
namespace {

constexpr int kDigits = 12;

// Fills messages; lists leave out what explains.
class Writer {
 public:
  explicit Writer(View view) : view_(view) {}

  void Write(const EfficiencyScore& from, v1::EfficiencyScore& to) const {
    to.set_method(ToProto(from.method));
    Write(from.figure, *to.mutable_figure());
    to.set_words(from.words);
    if (from.scaled.has_value()) Write(*from.scaled, *to.mutable_scaled());
    WriteSteps(from.derivation, *to.mutable_derivation());
  }

  void Write(const Figure& from, v1::Figure& to) const {
    to.set_state(ToProto(from.state));
    if (!from.exact.has_value()) return;
    to.set_value(from.printed);
    to.set_exact(from.exact->ToFraction());
    to.set_digits(from.exact->Truncated(kDigits));
  }

  template <typename Steps>
  void WriteSteps(const Derivation& from, Steps& to) const {
    if (view_ != View::kFull) return;
    to.Reserve(static_cast<int>(from.size()));
    for (const Step& step : from) scoring::Write(step, *to.Add());
  }

  void Write(const Achievement& from, v1::Achievement& to) const {
    Write(from.figure, *to.mutable_figure());
    Write(from.unclamped, *to.mutable_unclamped());
    to.set_rating(from.rating);
    to.set_rating_label(from.rating_label);
    to.set_met(from.met);
    WriteSteps(from.derivation, *to.mutable_derivation());
  }

  void Write(const Quantity& from, types::v1::Measure& to) const {
    to.set_value(from.value.Truncated(kDigits));
    to.set_unit(from.unit);
  }

  void Write(const PeriodScore& from, v1::PeriodScore& to) const {
    if (from.target.has_value()) Write(*from.target, *to.mutable_target());
    if (from.target_upper.has_value()) Write(*from.target_upper, *to.mutable_target_upper());
    if (from.realization.has_value()) Write(*from.realization, *to.mutable_realization());
    Write(from.achievement, *to.mutable_achievement());
  }

  void Write(const Narrative& from, realization::v1::Narrative& to) const {
    to.set_success_factors(from.success_factors);
    to.set_constraints(from.constraints);
    to.set_follow_up(from.follow_up);
  }

  void Write(const IndicatorScore& from, v1::IndicatorScore& to) const {
    to.set_code(from.code);
    to.set_display_name(from.name);
    to.set_formula(ToProto(from.formula));
    to.set_time_aggregation(ToProto(from.time_aggregation));
    Write(from.to_date, *to.mutable_to_date());
    Write(from.year, *to.mutable_year());
    Write(from.narrative, *to.mutable_narrative());
  }

  // Empty where there is none.
  static std::string Text(const std::optional<Rational>& amount) {
    return amount.has_value() ? amount->Truncated(kDigits) : "";
  }

  void Write(const BudgetPartScore& from, v1::BudgetPartScore& to) const {
    to.set_expenditure_kind(money::ToProto(from.key.kind));
    to.set_funding_source(from.key.source);
    to.set_original(Text(from.original));
    to.set_budget(Text(from.budget));
    to.set_realized(Text(from.realized));
    to.set_compared_budget(Text(from.compared_budget));
    to.set_compared_realized(Text(from.compared_realized));
    Write(from.absorption, *to.mutable_absorption());
    WriteSteps(from.derivation, *to.mutable_derivation());
  }

  void Write(const BudgetScore& from, v1::BudgetScore& to) const {
    to.set_original(Text(from.original));
    if (from.known) to.set_budget(from.budget.Truncated(kDigits));
    to.set_realized(Text(from.realized));
    Write(from.absorption, *to.mutable_absorption());
    WriteSteps(from.derivation, *to.mutable_derivation());
    if (from.parts.empty()) return;
    for (const BudgetPartScore& part : from.parts) Write(part, *to.add_parts());
    const UndividedBudget rest = Undivided(from);
    to.mutable_undivided()->set_original(Text(rest.original));
    to.mutable_undivided()->set_budget(rest.budget.Truncated(kDigits));
    to.mutable_undivided()->set_realized(Text(rest.realized));
  }

  // What nodes of all levels have.
  template <typename From, typename To>
  void WriteNode(const From& from, To& to) const {
    to.set_code(from.code);
    to.set_display_name(from.name);
    for (const IndicatorScore& indicator : from.indicators) Write(indicator, *to.add_indicators());
    Write(from.budget, *to.mutable_budget());
    Write(from.efficiency, *to.mutable_efficiency());
  }

  void Write(const SubActivityScore& from, v1::SubActivityScore& to) const {
    WriteNode(from, to);
    to.set_outcome(from.outcome);
    Write(from.narrative, *to.mutable_narrative());
  }

  void Write(const ActivityScore& from, v1::ActivityScore& to) const {
    WriteNode(from, to);
    for (const SubActivityScore& part : from.sub_activities) {
      Write(part, *to.add_sub_activities());
    }
  }

  void Write(const ProgramScore& from, v1::ProgramScore& to) const {
    WriteNode(from, to);
    for (const ActivityScore& part : from.activities) Write(part, *to.add_activities());
  }

  void Write(const ObjectiveScore& from, v1::ObjectiveScore& to) const {
    WriteNode(from, to);
    Write(from.achievement, *to.mutable_achievement());
    Write(from.to_date, *to.mutable_to_date());
    Write(from.narrative, *to.mutable_narrative());
    if (view_ == View::kBasic) return;
    for (const ProgramScore& part : from.programs) Write(part, *to.add_programs());
  }

  void WriteSources(const Scorecard& from, v1::Sources& to) const {
    to.set_basis(from.basis == Basis::kVerified ? v1::Sources::BASIS_VERIFIED
                                                : v1::Sources::BASIS_SUBMITTED);
    to.set_policy(from.policy);
    if (from.region_policy.has_value()) {
      v1::PolicySource& source = *to.mutable_region_policy();
      source.set_legal_basis(from.region_policy->legal_basis);
      source.set_first_year(from.region_policy->first_year);
      source.set_log_position(from.region_policy->log_position);
    }
    for (const DocumentRef& ref : from.documents) {
      v1::DocumentSource& source = *to.add_documents();
      source.set_document(ref.name);
      source.set_revision(ref.revision);
      source.set_effective_date(FormatDate(ref.effective_date));
      source.set_content_digest(ref.content_digest);
      source.set_log_position(ref.log_position);
      source.set_simulated(ref.simulated);
    }
    for (const SubmissionRef& ref : from.submissions) {
      v1::SubmissionSource& source = *to.add_submissions();
      source.set_submission(ref.name);
      source.set_revision(ref.revision);
      source.set_content_digest(ref.content_digest);
      source.set_log_position(ref.log_position);
      source.set_illustrative(ref.illustrative);
      source.set_verified(ref.verified);
      source.set_simulated(ref.simulated);
    }
  }

  void Write(const QuarterTimes& from, v1::QuarterTimes& to) const {
    to.set_quarter(from.quarter);
    if (from.times.due.has_value()) *to.mutable_due_time() = ToTimestamp(*from.times.due);
    if (from.times.submitted.has_value()) {
      *to.mutable_submit_time() = ToTimestamp(*from.times.submitted);
    }
    to.set_late(from.times.late);
    to.set_days_late(from.days_late);
  }

  void Write(const Scorecard& from, v1::Scorecard& to) const {
    to.set_name(absl::StrCat(from.agency, "/scorecards/", FormatPeriod(from.period)));
    to.set_agency_display_name(from.agency_display_name);
    WriteSources(from, *to.mutable_sources());
    Write(from.achievement, *to.mutable_achievement());
    Write(from.to_date, *to.mutable_to_date());
    for (const ObjectiveScore& objective : from.objectives) Write(objective, *to.add_objectives());
    Write(from.budget, *to.mutable_budget());
    Write(from.efficiency, *to.mutable_efficiency());
    for (const QuarterTimes& times : from.times) Write(times, *to.add_times());
    for (const Finding& finding : from.findings) *to.add_findings() = ToProto(finding);
  }

 private:
  const View view_;
};

// What only one of two scorecards has is not set for the other.
template <typename Change, typename Message>
void WriteBoth(const Change& change, Message& to) {
  const Writer writer(View::kBasic);
  if (change.before != nullptr) writer.Write(*change.before, *to.mutable_before());
  if (change.after != nullptr) writer.Write(*change.after, *to.mutable_after());
}

}  // namespace

void WriteScorecard(const Scorecard& scorecard, View view, v1::Scorecard& message) {
  Writer(view).Write(scorecard, message);
}

v1::Scorecard ToProto(const Scorecard& scorecard) {
  v1::Scorecard to;
  WriteScorecard(scorecard, View::kFull, to);
  return to;
}

v1::Scorecard ToProto(const Scorecard& scorecard, View view,
                      const google::protobuf::FieldMask& read_mask) {
  v1::Scorecard to;
  Writer(view).Write(scorecard, to);
  if (!read_mask.paths().empty()) {
    google::protobuf::util::FieldMaskUtil::TrimMessage(read_mask, &to);
  }
  return to;
}

v1::Sources SourcesOf(const Scorecard& scorecard) {
  v1::Sources to;
  Writer(View::kFull).WriteSources(scorecard, to);
  return to;
}

realization::v1::Narrative ToProto(const Narrative& narrative) {
  realization::v1::Narrative to;
  Writer(View::kFull).Write(narrative, to);
  return to;
}

v1::Figure ToProto(const Figure& figure) {
  v1::Figure to;
  Writer(View::kFull).Write(figure, to);
  return to;
}

v1::BudgetScore ToProto(const BudgetScore& budget) {
  v1::BudgetScore to;
  Writer(View::kFull).Write(budget, to);
  return to;
}

types::v1::Measure ToProto(const Quantity& quantity) {
  types::v1::Measure to;
  Writer(View::kFull).Write(quantity, to);
  return to;
}

v1::Achievement ToProto(const Achievement& achievement) {
  v1::Achievement to;
  Writer(View::kFull).Write(achievement, to);
  return to;
}

v1::AchievementChange ToProto(const AchievementChange& change) {
  v1::AchievementChange to;
  to.set_code(change.code);
  to.set_target(change.to_date ? v1::AchievementChange::TARGET_TO_DATE
                               : v1::AchievementChange::TARGET_YEAR);
  WriteBoth(change, to);
  return to;
}

v1::BudgetChange ToProto(const BudgetChange& change) {
  v1::BudgetChange to;
  to.set_code(change.code);
  WriteBoth(change, to);
  return to;
}

}  // namespace sakip::scoring
