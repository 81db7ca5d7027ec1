// Checks what is submitted: every wrong field is named, by its path in the request, with what would
// be right. What these accept can be scored. Pure functions.
#ifndef SAKIP_SERVICES_REALIZATION_DOMAIN_CHECK_H_
#define SAKIP_SERVICES_REALIZATION_DOMAIN_CHECK_H_

#include "absl/status/status.h"
#include "services/realization/domain/submission.h"

namespace sakip::realization {

// What is wrong whatever the plan says: INVALID_ARGUMENT INVALID_FIELD.
absl::Status CheckSubmission(const Submission& submission);

// Codes that no revision of the plan has: INVALID_ARGUMENT INVALID_FIELD.
absl::Status CheckCodes(const Submission& submission, const PlanCodes& codes);

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_DOMAIN_CHECK_H_
