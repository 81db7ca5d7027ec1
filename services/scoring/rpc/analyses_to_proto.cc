#include "services/scoring/rpc/analyses_to_proto.h"

#include "absl/strings/str_cat.h"
#include "common/base/period.h"
#include "services/scoring/rpc/scorecard_to_proto.h"

namespace sakip::scoring {
namespace {

using form::AnalysisKind;
using form::NeedKind;
using form::Presence;
using form::SubjectState;

v1::MandatoryAnalysis::Kind ToProto(AnalysisKind kind) {
  switch (kind) {
    case AnalysisKind::kTargetAndRealization:
      return v1::MandatoryAnalysis::KIND_TARGET_AND_REALIZATION;
    case AnalysisKind::kEarlierYears:
      return v1::MandatoryAnalysis::KIND_EARLIER_YEARS;
    case AnalysisKind::kStrategicTarget:
      return v1::MandatoryAnalysis::KIND_STRATEGIC_TARGET;
    case AnalysisKind::kNationalStandard:
      return v1::MandatoryAnalysis::KIND_NATIONAL_STANDARD;
    case AnalysisKind::kCausesAndSolutions:
      return v1::MandatoryAnalysis::KIND_CAUSES_AND_SOLUTIONS;
    case AnalysisKind::kEfficiency:
      return v1::MandatoryAnalysis::KIND_EFFICIENCY;
    case AnalysisKind::kSupportingPrograms:
      return v1::MandatoryAnalysis::KIND_SUPPORTING_PROGRAMS;
  }
  return v1::MandatoryAnalysis::KIND_UNSPECIFIED;
}

v1::MandatoryAnalysis::Presence ToProto(Presence presence) {
  switch (presence) {
    case Presence::kPresent:
      return v1::MandatoryAnalysis::PRESENCE_PRESENT;
    case Presence::kPartly:
      return v1::MandatoryAnalysis::PRESENCE_PARTLY;
    case Presence::kEmpty:
      return v1::MandatoryAnalysis::PRESENCE_EMPTY;
    case Presence::kMissing:
      return v1::MandatoryAnalysis::PRESENCE_MISSING;
  }
  return v1::MandatoryAnalysis::PRESENCE_UNSPECIFIED;
}

v1::AnalysisSubject::State ToProto(SubjectState state) {
  switch (state) {
    case SubjectState::kComplete:
      return v1::AnalysisSubject::STATE_COMPLETE;
    case SubjectState::kLacking:
      return v1::AnalysisSubject::STATE_LACKING;
    case SubjectState::kNotNeeded:
      return v1::AnalysisSubject::STATE_NOT_NEEDED;
  }
  return v1::AnalysisSubject::STATE_UNSPECIFIED;
}

v1::AnalysisNeed::Kind ToProto(NeedKind kind) {
  switch (kind) {
    case NeedKind::kRealization:
      return v1::AnalysisNeed::KIND_REALIZATION;
    case NeedKind::kEarlierPlan:
      return v1::AnalysisNeed::KIND_EARLIER_PLAN;
    case NeedKind::kEarlierRealization:
      return v1::AnalysisNeed::KIND_EARLIER_REALIZATION;
    case NeedKind::kSameDefinition:
      return v1::AnalysisNeed::KIND_SAME_DEFINITION;
    case NeedKind::kStrategicPlan:
      return v1::AnalysisNeed::KIND_STRATEGIC_PLAN;
    case NeedKind::kStrategicTarget:
      return v1::AnalysisNeed::KIND_STRATEGIC_TARGET;
    case NeedKind::kComparableTarget:
      return v1::AnalysisNeed::KIND_COMPARABLE_TARGET;
    case NeedKind::kNationalValue:
      return v1::AnalysisNeed::KIND_NATIONAL_VALUE;
    case NeedKind::kComparableNationalValue:
      return v1::AnalysisNeed::KIND_COMPARABLE_NATIONAL_VALUE;
    case NeedKind::kSuccessFactors:
      return v1::AnalysisNeed::KIND_SUCCESS_FACTORS;
    case NeedKind::kConstraints:
      return v1::AnalysisNeed::KIND_CONSTRAINTS;
    case NeedKind::kFollowUp:
      return v1::AnalysisNeed::KIND_FOLLOW_UP;
    case NeedKind::kAchievement:
      return v1::AnalysisNeed::KIND_ACHIEVEMENT;
    case NeedKind::kRealizedBudget:
      return v1::AnalysisNeed::KIND_REALIZED_BUDGET;
    case NeedKind::kEfficiencyMethod:
      return v1::AnalysisNeed::KIND_EFFICIENCY_METHOD;
    case NeedKind::kProgram:
      return v1::AnalysisNeed::KIND_PROGRAM;
    case NeedKind::kProgramNarrative:
      return v1::AnalysisNeed::KIND_PROGRAM_NARRATIVE;
    case NeedKind::kEfficiency:
      return v1::AnalysisNeed::KIND_EFFICIENCY;
  }
  return v1::AnalysisNeed::KIND_UNSPECIFIED;
}

v1::AnalysisSubject ToProto(const form::AnalysisSubject& from) {
  v1::AnalysisSubject to;
  to.set_code(from.code);
  to.set_display_name(from.name);
  to.set_state(ToProto(from.state));
  for (const form::Need& need : from.needs) {
    v1::AnalysisNeed& message = *to.add_needs();
    message.set_kind(ToProto(need.kind));
    message.set_year(need.year);
  }
  return to;
}

}  // namespace

v1::MandatoryAnalyses ToProto(const form::Analyses& from) {
  v1::MandatoryAnalyses to;
  to.set_name(
      absl::StrCat(from.head.agency, "/mandatoryAnalyses/", FormatPeriod(from.head.period)));
  to.set_agency_display_name(from.head.agency_display_name);
  *to.mutable_sources() = SourcesOf(from.head);
  for (const form::Analysis& analysis : from.analyses) {
    v1::MandatoryAnalysis& message = *to.add_analyses();
    message.set_kind(ToProto(analysis.kind));
    message.set_presence(ToProto(analysis.presence));
    for (const form::AnalysisSubject& subject : analysis.subjects) {
      *message.add_subjects() = ToProto(subject);
    }
  }
  return to;
}

}  // namespace sakip::scoring
