#include "services/scoring/rpc/comparison_to_proto.h"

#include "services/scoring/rpc/scorecard_to_proto.h"

namespace sakip::scoring {
namespace {

v1::Standing ToProto(Standing standing) {
  switch (standing) {
    case Standing::kUnknown:
      return v1::STANDING_UNKNOWN;
    case Standing::kBetter:
      return v1::STANDING_BETTER;
    case Standing::kSame:
      return v1::STANDING_SAME;
    case Standing::kWorse:
      return v1::STANDING_WORSE;
  }
  return v1::STANDING_UNSPECIFIED;
}

v1::ReferenceComparison ToProto(const ReferenceComparison& from) {
  v1::ReferenceComparison to;
  to.set_level(from.national ? planning::v1::ReferenceValue::LEVEL_NATIONAL
                             : planning::v1::ReferenceValue::LEVEL_PROVINCIAL);
  *to.mutable_value() = ToProto(from.value);
  to.set_source(from.source);
  to.set_reference_value(from.name);
  to.set_log_position(from.log_position);
  to.set_standing(ToProto(from.standing));
  return to;
}

// What years and quarters have in common.
template <typename From, typename To>
void Write(const From& from, To& to) {
  if (from.target.has_value()) *to.mutable_target() = ToProto(*from.target);
  if (from.realization.has_value()) *to.mutable_realization() = ToProto(*from.realization);
  *to.mutable_achievement() = ToProto(from.achievement);
}

v1::FinalTarget ToProto(const FinalTarget& from) {
  v1::FinalTarget to;
  to.set_year(from.year);
  *to.mutable_target() = ToProto(from.target);
  to.set_source(from.source);
  to.set_log_position(from.log_position);
  *to.mutable_reached() = ToProto(from.reached);
  to.set_met(from.met);
  if (from.pace.has_value()) {
    *to.mutable_pace() = ToProto(Quantity{*from.pace, from.target.unit});
  }
  return to;
}

}  // namespace

v1::IndicatorComparison ToProto(const IndicatorComparison& from) {
  v1::IndicatorComparison to;
  to.set_code(from.code);
  for (const YearComparison& year : from.years) {
    v1::YearComparison& message = *to.add_years();
    message.set_year(year.year);
    Write(year, message);
    message.set_definition_changed(year.definition_changed);
  }
  if (from.final_target.has_value()) *to.mutable_final_target() = ToProto(*from.final_target);
  for (const QuarterComparison& quarter : from.quarters) {
    v1::QuarterComparison& message = *to.add_quarters();
    message.set_quarter(quarter.quarter);
    Write(quarter, message);
  }
  to.set_trend(ToProto(from.trend));
  for (const ReferenceComparison& reference : from.references) {
    *to.add_references() = ToProto(reference);
  }
  return to;
}

}  // namespace sakip::scoring
