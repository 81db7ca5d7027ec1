// Matchers for absl::Status and absl::StatusOr: IsOk(), StatusIs(code, reason), HasField(path).
#ifndef SAKIP_COMMON_TESTING_STATUS_MATCHERS_H_
#define SAKIP_COMMON_TESTING_STATUS_MATCHERS_H_

#include <gmock/gmock.h>

#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/error.h"

namespace sakip::testing {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

// `NOT_FOUND AGENCY_NOT_FOUND: no such agency [agency.name: is empty]`
inline std::string Describe(const absl::Status& status) {
  if (status.ok()) return "OK";
  std::string text = absl::StatusCodeToString(status.code());
  const std::string reason = ErrorReason(status);
  if (!reason.empty()) text += " " + reason;
  text += ": " + std::string(status.message());
  for (const FieldViolation& violation : FieldViolations(status)) {
    text += " [" + violation.field + ": " + violation.description + "]";
  }
  return text;
}

MATCHER(IsOk, negation ? "is an error" : "is OK") {
  *result_listener << "which is " << Describe(StatusOf(arg));
  return StatusOf(arg).ok();
}

// The code, whatever the reason.
MATCHER_P(StatusIs, code, std::string("has code ") + absl::StatusCodeToString(code)) {
  *result_listener << "which is " << Describe(StatusOf(arg));
  return StatusOf(arg).code() == code;
}

MATCHER_P2(StatusIs, code, reason,
           std::string("is ") + absl::StatusCodeToString(code) + " " + std::string(reason)) {
  *result_listener << "which is " << Describe(StatusOf(arg));
  return StatusOf(arg).code() == code && ErrorReason(StatusOf(arg)) == std::string(reason);
}

// Names the field as wrong, perhaps among others.
MATCHER_P(HasField, field, std::string("names the field ") + std::string(field)) {
  *result_listener << "which is " << Describe(StatusOf(arg));
  for (const FieldViolation& violation : FieldViolations(StatusOf(arg))) {
    if (violation.field == std::string(field)) return true;
  }
  return false;
}

}  // namespace sakip::testing

#endif  // SAKIP_COMMON_TESTING_STATUS_MATCHERS_H_
