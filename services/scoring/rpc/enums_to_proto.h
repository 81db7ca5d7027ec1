// Turns the enumerations of a scorecard into those of its messages. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_RPC_ENUMS_TO_PROTO_H_
#define SAKIP_SERVICES_SCORING_RPC_ENUMS_TO_PROTO_H_

#include "sakip/scoring/v1/scorecard.pb.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

v1::FigureState ToProto(FigureState state);
types::v1::Formula ToProto(Formula formula);
types::v1::TimeAggregation ToProto(TimeAggregation aggregation);
types::v1::Level ToProto(Level level);
v1::DerivationStep::Kind ToProto(Step::Kind kind);
types::v1::EfficiencyRule::Method ToProto(policy::EfficiencyMethod method);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_ENUMS_TO_PROTO_H_
