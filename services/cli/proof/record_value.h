// Finds a value in a record of a log by the path that an explanation gives: fields by name, items
// of a list by the field with number 1, which is their code, year or quarter, and parts of a budget
// by kind and source. Pure functions.
#ifndef SAKIP_SERVICES_CLI_PROOF_RECORD_VALUE_H_
#define SAKIP_SERVICES_CLI_PROOF_RECORD_VALUE_H_

#include "absl/status/status.h"
#include "sakip/eventlog/v1/record.pb.h"
#include "sakip/scoring/v1/explain_service.pb.h"

namespace sakip::cli {

// OK where `record` is an event of the document, submission or policy that `source` names, in its
// revision, and has exactly its value at its path. What cannot be looked up is never taken for
// right.
//
//   DATA_LOSS  PROOF_INVALID  it is another event, or it has nothing or something else there.
absl::Status CheckValue(const eventlog::v1::Record& record, const scoring::v1::EventSource& source);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_PROOF_RECORD_VALUE_H_
