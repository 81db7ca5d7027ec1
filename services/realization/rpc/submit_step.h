// The step by which a submission becomes an event, whichever RPC it came by. Functions are
// thread-safe.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_SUBMIT_STEP_H_
#define SAKIP_SERVICES_REALIZATION_RPC_SUBMIT_STEP_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/eventlog/event_log.h"
#include "sakip/realization/v1/events.pb.h"
#include "sakip/realization/v1/submission.pb.h"
#include "services/realization/domain/quarter.h"

namespace sakip::realization {

// What the server sets is not the caller's to give, nor does it tell one request from another.
void DropServerFields(v1::Submission& submission);

// Of what was achieved and spent, not of the words around it. Hexadecimal. Lends the lines to
// another message meanwhile instead of copying them; `submission` is as it was afterwards.
std::string ContentDigest(v1::Submission& submission);

// Decides on the submission of `event`, which was checked, in its quarter as it stands, and sets
// what the server says of it: all anew, so that the same event may be decided on again.
//
//   the errors of DecideRevision
absl::StatusOr<eventlog::NewEvent> DecideSubmit(const Quarter& quarter, absl::Time now,
                                                const std::string& actor,
                                                uint32_t expected_revision,
                                                v1::QuarterSubmitted& event);

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_SUBMIT_STEP_H_
