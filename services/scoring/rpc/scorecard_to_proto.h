// Turns scorecards and policies into messages of sakip.scoring.v1. Pure functions: equal scorecards
// give equal bytes.
#ifndef SAKIP_SERVICES_SCORING_RPC_SCORECARD_TO_PROTO_H_
#define SAKIP_SERVICES_SCORING_RPC_SCORECARD_TO_PROTO_H_

#include "sakip/scoring/v1/policy.pb.h"
#include "sakip/scoring/v1/scorecard.pb.h"
#include "services/scoring/domain/policy.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

v1::Scorecard ToProto(const Scorecard& scorecard);

// As lists show it: without programs and derivations.
v1::Scorecard ToSummary(const Scorecard& scorecard);

v1::ScoringPolicy ToProto(const Policy& policy);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_SCORECARD_TO_PROTO_H_
