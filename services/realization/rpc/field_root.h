// Paths of wrong fields, told from another root. Pure functions.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_FIELD_ROOT_H_
#define SAKIP_SERVICES_REALIZATION_RPC_FIELD_ROOT_H_

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/base/error.h"

namespace sakip::realization {

// `status` with `to` in place of `from` at the head of each wrong field; itself where it names
// none.
inline absl::Status MoveFieldRoot(const absl::Status& status, absl::string_view from,
                                  absl::string_view to) {
  FieldErrors errors;
  for (const FieldViolation& violation : FieldViolations(status)) {
    absl::string_view field = violation.field;
    errors.Add(absl::ConsumePrefix(&field, from) ? absl::StrCat(to, field) : violation.field,
               violation.description);
  }
  return errors.empty() ? status : errors.ToStatus();
}

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_FIELD_ROOT_H_
