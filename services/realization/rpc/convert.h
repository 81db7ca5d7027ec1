// Turns messages of sakip.realization.v1 into the values that the domain checks. Pure functions.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_CONVERT_H_
#define SAKIP_SERVICES_REALIZATION_RPC_CONVERT_H_

#include "sakip/realization/v1/submission.pb.h"
#include "services/realization/domain/submission.h"

namespace sakip::realization {

Submission ToSubmission(const v1::Submission& submission);

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_CONVERT_H_
