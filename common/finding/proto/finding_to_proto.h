// A finding as it is sent. Pure.
#ifndef SAKIP_COMMON_FINDING_PROTO_FINDING_TO_PROTO_H_
#define SAKIP_COMMON_FINDING_PROTO_FINDING_TO_PROTO_H_

#include "common/finding/finding.h"
#include "sakip/types/v1/finding.pb.h"

namespace sakip {

types::v1::Finding ToProto(const Finding& finding);

}  // namespace sakip

#endif  // SAKIP_COMMON_FINDING_PROTO_FINDING_TO_PROTO_H_
