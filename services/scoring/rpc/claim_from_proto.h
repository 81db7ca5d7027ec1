// Turns what a printed figure claims to be into the domain's. Pure.
#ifndef SAKIP_SERVICES_SCORING_RPC_CLAIM_FROM_PROTO_H_
#define SAKIP_SERVICES_SCORING_RPC_CLAIM_FROM_PROTO_H_

#include <string>

#include "common/base/error.h"
#include "sakip/scoring/v1/report.pb.h"
#include "services/scoring/domain/review/report.h"

namespace sakip::scoring {

// Adds to `errors` what is not said, by paths that begin with `path`. The result is of use only
// where nothing was added.
review::Claim ClaimFromProto(const v1::PrintedClaim& from, const std::string& path,
                             FieldErrors& errors);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_CLAIM_FROM_PROTO_H_
