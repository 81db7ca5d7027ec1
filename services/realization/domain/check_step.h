// Checks what the steps of a quarter carry: every wrong field is named, by its path in the request.
// Pure functions.
#ifndef SAKIP_SERVICES_REALIZATION_DOMAIN_CHECK_STEP_H_
#define SAKIP_SERVICES_REALIZATION_DOMAIN_CHECK_STEP_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/base/error.h"
#include "services/realization/domain/submission.h"

namespace sakip::realization {

struct ReturnReason {
  std::string code;  // Of a line; empty for the whole submission.
  std::string reason;
};

// The fields of a request; each adds what is wrong with it.
void CheckName(absl::string_view name, FieldErrors& errors);
void CheckContentDigest(absl::string_view digest, FieldErrors& errors);
void CheckDueTime(bool given, absl::Time due_time, FieldErrors& errors);
void CheckWords(absl::string_view path, absl::string_view text, bool required, FieldErrors& errors);
void CheckReasons(const std::vector<ReturnReason>& reasons, FieldErrors& errors);

// Codes that the submission does not have: INVALID_ARGUMENT INVALID_FIELD.
absl::Status CheckReasonCodes(const std::vector<ReturnReason>& reasons, const PlanCodes& submitted);

// The codes of the lines of a submission.
PlanCodes CodesOf(const Submission& submission);

// The codes of `plan` that `submitted` lacks, in order.
std::vector<std::string> MissingCodes(const std::set<std::string>& plan,
                                      const std::set<std::string>& submitted);

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_DOMAIN_CHECK_STEP_H_
