// Decides what happens when a quarter is submitted, from the state that the log has made. Pure
// functions: no clock, no I/O.
#ifndef SAKIP_SERVICES_REALIZATION_DOMAIN_SUBMIT_H_
#define SAKIP_SERVICES_REALIZATION_DOMAIN_SUBMIT_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/realization/domain/quarter.h"

namespace sakip::realization {

// The revision that a submission becomes.
//
//   FAILED_PRECONDITION  STEP_NOT_ALLOWED   the quarter is closed.
//   INVALID_ARGUMENT     INVALID_FIELD      `submission.reason` is missing where it is not the
//                                           first.
//   ABORTED              REVISION_CONFLICT  the quarter is not at `expected_revision`.
absl::StatusOr<uint32_t> DecideRevision(absl::string_view submission, const Quarter& quarter,
                                        uint32_t expected_revision, absl::string_view reason);

absl::Status SubmissionNotFound(absl::string_view submission);
absl::Status PlanNotPublished(absl::string_view plan);
absl::Status AgencyNotFound(absl::string_view agency);

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_DOMAIN_SUBMIT_H_
