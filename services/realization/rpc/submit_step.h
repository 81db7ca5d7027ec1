// The step by which a submission becomes an event, whichever RPC it came by. Functions are
// thread-safe.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_SUBMIT_STEP_H_
#define SAKIP_SERVICES_REALIZATION_RPC_SUBMIT_STEP_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/eventlog/event_log.h"
#include "sakip/realization/v1/submission.pb.h"
#include "services/realization/domain/quarter.h"

namespace sakip::realization {

// What the server sets is not the caller's to give, nor does it tell one request from another.
void DropServerFields(v1::Submission& submission);

// Of what was achieved and spent, not of the words around it. Hexadecimal.
std::string ContentDigest(const v1::Submission& submission);

// Decides on `submission`, checked and without server fields, in its quarter as it stands.
//
//   the errors of DecideRevision
absl::StatusOr<eventlog::NewEvent> DecideSubmit(const Quarter& quarter, absl::Time now,
                                                const std::string& actor,
                                                const v1::Submission& submission,
                                                uint32_t expected_revision);

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_SUBMIT_STEP_H_
