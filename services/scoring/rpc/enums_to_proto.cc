#include "services/scoring/rpc/enums_to_proto.h"

namespace sakip::scoring {

v1::FigureState ToProto(FigureState state) {
  switch (state) {
    case FigureState::kNotDue:
      return v1::FIGURE_STATE_NOT_DUE;
    case FigureState::kMissing:
      return v1::FIGURE_STATE_MISSING;
    case FigureState::kNotApplicable:
      return v1::FIGURE_STATE_NOT_APPLICABLE;
    case FigureState::kNotScored:
      return v1::FIGURE_STATE_NOT_SCORED;
    case FigureState::kZero:
      return v1::FIGURE_STATE_ZERO;
    case FigureState::kProvisional:
      return v1::FIGURE_STATE_PROVISIONAL;
    case FigureState::kFinal:
      return v1::FIGURE_STATE_FINAL;
  }
  return v1::FIGURE_STATE_UNSPECIFIED;
}

types::v1::Formula ToProto(Formula formula) {
  switch (formula) {
    case Formula::kPositive:
      return types::v1::FORMULA_POSITIVE;
    case Formula::kNegative:
      return types::v1::FORMULA_NEGATIVE;
    case Formula::kInverse:
      return types::v1::FORMULA_INVERSE;
    case Formula::kRange:
      return types::v1::FORMULA_RANGE;
    case Formula::kRangeNegative:
      return types::v1::FORMULA_RANGE_NEGATIVE;
    case Formula::kShareMet:
      return types::v1::FORMULA_SHARE_MET;
  }
  return types::v1::FORMULA_UNSPECIFIED;
}

types::v1::TimeAggregation ToProto(TimeAggregation aggregation) {
  switch (aggregation) {
    case TimeAggregation::kSum:
      return types::v1::TIME_AGGREGATION_SUM;
    case TimeAggregation::kLast:
      return types::v1::TIME_AGGREGATION_LAST;
    case TimeAggregation::kAverage:
      return types::v1::TIME_AGGREGATION_AVERAGE;
    case TimeAggregation::kMax:
      return types::v1::TIME_AGGREGATION_MAX;
    case TimeAggregation::kMin:
      return types::v1::TIME_AGGREGATION_MIN;
    case TimeAggregation::kConstant:
      return types::v1::TIME_AGGREGATION_CONSTANT;
  }
  return types::v1::TIME_AGGREGATION_UNSPECIFIED;
}

types::v1::Level ToProto(Level level) {
  switch (level) {
    case Level::kObjective:
      return types::v1::LEVEL_OBJECTIVE;
    case Level::kProgram:
      return types::v1::LEVEL_PROGRAM;
    case Level::kActivity:
      return types::v1::LEVEL_ACTIVITY;
    case Level::kSubActivity:
      return types::v1::LEVEL_SUB_ACTIVITY;
  }
  return types::v1::LEVEL_UNSPECIFIED;
}

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

types::v1::EfficiencyRule::Method ToProto(policy::EfficiencyMethod method) {
  switch (method) {
    case policy::EfficiencyMethod::kNone:
      return types::v1::EfficiencyRule::METHOD_NONE;
    case policy::EfficiencyMethod::kAchievementMinusAbsorption:
      return types::v1::EfficiencyRule::METHOD_ACHIEVEMENT_MINUS_ABSORPTION;
    case policy::EfficiencyMethod::kPmk214Of2017:
      return types::v1::EfficiencyRule::METHOD_PMK_214_2017;
  }
  return types::v1::EfficiencyRule::METHOD_UNSPECIFIED;
}

}  // namespace sakip::scoring
