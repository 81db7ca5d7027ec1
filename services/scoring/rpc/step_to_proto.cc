#include "services/scoring/rpc/step_to_proto.h"

namespace sakip::scoring {
namespace {

v1::DerivationStep::Kind ToProto(Step::Kind kind) {
  switch (kind) {
    case Step::Kind::kInput:
      return v1::DerivationStep::KIND_INPUT;
    case Step::Kind::kAggregation:
      return v1::DerivationStep::KIND_AGGREGATION;
    case Step::Kind::kFormula:
      return v1::DerivationStep::KIND_FORMULA;
    case Step::Kind::kClamp:
      return v1::DerivationStep::KIND_CLAMP;
    case Step::Kind::kMean:
      return v1::DerivationStep::KIND_MEAN;
    case Step::Kind::kRounding:
      return v1::DerivationStep::KIND_ROUNDING;
    case Step::Kind::kRating:
      return v1::DerivationStep::KIND_RATING;
    case Step::Kind::kState:
      return v1::DerivationStep::KIND_STATE;
  }
  return v1::DerivationStep::KIND_UNSPECIFIED;
}

}  // namespace

v1::DerivationStep ToProto(const Step& step) {
  v1::DerivationStep message;
  message.set_kind(ToProto(step.kind));
  message.set_subject(step.subject);
  message.set_expression(step.expression);
  message.set_result(step.result);
  message.set_unit(step.unit);
  message.set_source(step.source);
  message.set_log_position(step.log_position);
  message.set_note(step.note);
  return message;
}

}  // namespace sakip::scoring
