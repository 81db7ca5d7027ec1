// Turns the list of mandatory analyses into its message. Pure functions: equal lists give equal
// bytes.
#ifndef SAKIP_SERVICES_SCORING_RPC_ANALYSES_TO_PROTO_H_
#define SAKIP_SERVICES_SCORING_RPC_ANALYSES_TO_PROTO_H_

#include "sakip/scoring/v1/mandatory_analyses.pb.h"
#include "services/scoring/domain/form/analyses.h"

namespace sakip::scoring {

v1::MandatoryAnalyses ToProto(const form::Analyses& analyses);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_ANALYSES_TO_PROTO_H_
