// RETURN_IF_ERROR and ASSIGN_OR_RETURN: hand an error to the caller.
#ifndef SAKIP_COMMON_BASE_STATUS_MACROS_H_
#define SAKIP_COMMON_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define SAKIP_CONCAT_INNER(a, b) a##b
#define SAKIP_CONCAT(a, b) SAKIP_CONCAT_INNER(a, b)

// Evaluates `expression` to an absl::Status and returns it from the function unless it is OK.
#define RETURN_IF_ERROR(expression)                           \
  if (absl::Status status_macro_value = (expression); true) { \
    if (!status_macro_value.ok()) return status_macro_value;  \
  } else /* NOLINT */                                         \
    static_cast<void>(0)

// Evaluates `expression` to an absl::StatusOr, returns its error, or assigns its value to `lhs`.
#define ASSIGN_OR_RETURN(lhs, expression) \
  SAKIP_ASSIGN_OR_RETURN_(SAKIP_CONCAT(status_or_value_, __LINE__), lhs, expression)
#define SAKIP_ASSIGN_OR_RETURN_(result, lhs, expression) \
  auto result = (expression);                            \
  if (!result.ok()) return std::move(result).status();   \
  lhs = *std::move(result)

#endif  // SAKIP_COMMON_BASE_STATUS_MACROS_H_
