#include "services/realization/rpc/convert.h"

#include "common/money/proto/part_from_proto.h"

namespace sakip::realization {
namespace {

using Kind = IndicatorRealization::Kind;

std::vector<Evidence> ToEvidence(const google::protobuf::RepeatedPtrField<v1::Evidence>& from) {
  std::vector<Evidence> to;
  for (const v1::Evidence& one : from) {
    to.push_back({one.digest(), one.size_bytes(), one.media_type(), one.location(), one.title(),
                  one.taken_date()});
  }
  return to;
}

Narrative ToNarrative(const v1::Narrative& from) {
  return {from.success_factors(), from.constraints(), from.follow_up()};
}

IndicatorRealization ToIndicator(const v1::IndicatorRealization& from) {
  IndicatorRealization to;
  to.indicator_code = from.indicator_code();
  to.unit = from.unit();
  to.narrative = ToNarrative(from.narrative());
  to.evidence = ToEvidence(from.evidence());
  switch (from.value_case()) {
    case v1::IndicatorRealization::kQuantity:
      to.kind = Kind::kQuantity;
      to.value = from.quantity();
      break;
    case v1::IndicatorRealization::kRatio:
      to.kind = Kind::kRatio;
      to.numerator = from.ratio().numerator();
      to.denominator = from.ratio().denominator();
      break;
    case v1::IndicatorRealization::kPercentage:
      to.kind = Kind::kPercentage;
      to.value = from.percentage();
      break;
    case v1::IndicatorRealization::kNotApplicableReason:
      to.kind = Kind::kNotApplicable;
      to.value = from.not_applicable_reason();
      break;
    case v1::IndicatorRealization::VALUE_NOT_SET:
      break;
  }
  return to;
}

ObjectiveNarrative ToObjective(const v1::ObjectiveNarrative& from) {
  ObjectiveNarrative to;
  to.objective_code = from.objective_code();
  if (from.has_narrative()) to.narrative = ToNarrative(from.narrative());
  to.evidence = ToEvidence(from.evidence());
  return to;
}

}  // namespace

Submission ToSubmission(const v1::Submission& from) {
  Submission to;
  to.name = from.name();
  to.has_coverage = from.coverage() == v1::Submission::COVERAGE_QUARTER ||
                    from.coverage() == v1::Submission::COVERAGE_YEAR_TO_DATE;
  for (const auto& line : from.indicators()) to.indicators.push_back(ToIndicator(line));
  for (const auto& line : from.budgets()) {
    to.budgets.push_back({line.sub_activity_code(), line.realized(), ToNarrative(line.narrative()),
                          ToEvidence(line.evidence()), money::ToTexts(line.realized_parts())});
  }
  for (const auto& line : from.objectives()) to.objectives.push_back(ToObjective(line));
  to.reason = from.reason();
  to.source = from.source();
  return to;
}

}  // namespace sakip::realization
