// Turns what a review found into a message of sakip.scoring.v1. Pure.
#ifndef SAKIP_SERVICES_SCORING_RPC_DIFFERENCE_TO_PROTO_H_
#define SAKIP_SERVICES_SCORING_RPC_DIFFERENCE_TO_PROTO_H_

#include "sakip/scoring/v1/report.pb.h"
#include "services/scoring/domain/review/review.h"

namespace sakip::scoring {

v1::ReportDifference ToProto(const review::Difference& difference);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_DIFFERENCE_TO_PROTO_H_
