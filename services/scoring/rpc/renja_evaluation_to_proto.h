// Turns Formulir E.81 into its message. Pure functions: equal forms give equal bytes.
#ifndef SAKIP_SERVICES_SCORING_RPC_RENJA_EVALUATION_TO_PROTO_H_
#define SAKIP_SERVICES_SCORING_RPC_RENJA_EVALUATION_TO_PROTO_H_

#include "sakip/scoring/v1/renja_evaluation.pb.h"
#include "services/scoring/domain/form/renja_evaluation.h"

namespace sakip::scoring {

v1::RenjaEvaluation ToProto(const form::RenjaEvaluation& evaluation);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_RENJA_EVALUATION_TO_PROTO_H_
