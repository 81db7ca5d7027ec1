// Turns a step of a derivation into a message of sakip.scoring.v1. Pure.
#ifndef SAKIP_SERVICES_SCORING_RPC_STEP_TO_PROTO_H_
#define SAKIP_SERVICES_SCORING_RPC_STEP_TO_PROTO_H_

#include "sakip/scoring/v1/scorecard.pb.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

v1::DerivationStep ToProto(const Step& step);

// The same into an empty message, which may live on an arena.
void Write(const Step& step, v1::DerivationStep& message);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_STEP_TO_PROTO_H_
