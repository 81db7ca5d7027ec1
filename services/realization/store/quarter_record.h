// Reads the records of realization's log as the steps of quarters. Pure functions.
#ifndef SAKIP_SERVICES_REALIZATION_STORE_QUARTER_RECORD_H_
#define SAKIP_SERVICES_REALIZATION_STORE_QUARTER_RECORD_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "sakip/eventlog/v1/record.pb.h"
#include "sakip/realization/v1/submission.pb.h"
#include "services/realization/domain/quarter.h"

namespace sakip::realization {

// What a record says about a quarter.
struct QuarterRecord {
  std::string name;  // Of the quarter.
  QuarterEvent event;
  std::optional<v1::Submission> submission;  // Of kSubmit, without its lines.
};

// Nothing for a record of a type that is no step.
//   DATA_LOSS  RECORD_DAMAGED  the payload does not parse.
absl::StatusOr<std::optional<QuarterRecord>> ReadQuarterRecord(const eventlog::v1::Record& record);

// The submission without its lines.
void DropLines(v1::Submission& submission);

v1::Submission::State ToProto(State state);

// Sets what follows from where the submission's quarter stands.
void SetStanding(const Quarter& quarter, v1::Submission& submission);

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_STORE_QUARTER_RECORD_H_
