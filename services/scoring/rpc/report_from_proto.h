// Turns a printed report of sakip.scoring.v1 into the domain's. Pure.
#ifndef SAKIP_SERVICES_SCORING_RPC_REPORT_FROM_PROTO_H_
#define SAKIP_SERVICES_SCORING_RPC_REPORT_FROM_PROTO_H_

#include <google/protobuf/repeated_ptr_field.h>

#include "absl/status/statusor.h"
#include "sakip/scoring/v1/report.pb.h"
#include "services/scoring/domain/review/report.h"

namespace sakip::scoring {

// Gives each figure what its column declares. Looks at each field by itself; what claims refer to
// is looked up by review::ReportIndex.
//
//   INVALID_ARGUMENT  INVALID_FIELD  a text is empty or too long, a choice is not made, a figure
//                                    names no column of its table, or there is too much of
//                                    something.
absl::StatusOr<review::Report> ReportFromProto(
    const google::protobuf::RepeatedPtrField<v1::PrintedTable>& tables);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_REPORT_FROM_PROTO_H_
