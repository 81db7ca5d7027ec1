// Turns explanations into messages of sakip.scoring.v1, with their texts. Pure.
#ifndef SAKIP_SERVICES_SCORING_RPC_EXPLANATION_TO_PROTO_H_
#define SAKIP_SERVICES_SCORING_RPC_EXPLANATION_TO_PROTO_H_

#include <vector>

#include "sakip/scoring/v1/explain_service.pb.h"
#include "services/scoring/domain/explain/explanation.h"

namespace sakip::scoring {

v1::Explanation ToProto(const explain::Explanation& explanation,
                        const std::vector<Language>& languages);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_EXPLANATION_TO_PROTO_H_
