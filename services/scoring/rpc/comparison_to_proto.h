// Turns comparisons into messages of sakip.scoring.v1. Pure.
#ifndef SAKIP_SERVICES_SCORING_RPC_COMPARISON_TO_PROTO_H_
#define SAKIP_SERVICES_SCORING_RPC_COMPARISON_TO_PROTO_H_

#include "sakip/scoring/v1/comparison.pb.h"
#include "services/scoring/domain/comparison.h"

namespace sakip::scoring {

v1::IndicatorComparison ToProto(const IndicatorComparison& comparison);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_COMPARISON_TO_PROTO_H_
