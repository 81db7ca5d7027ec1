#include "common/views/view_position.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace sakip::views {

absl::Status CheckPosition(absl::string_view source, uint64_t current, uint64_t expected,
                           uint64_t next) {
  if (next < expected) {
    return InvalidField("next_position", absl::StrCat("is before the position ", expected));
  }
  if (current == expected) return absl::OkStatus();
  return MakeError(
      absl::StatusCode::kAborted, "VIEW_POSITION_CONFLICT",
      absl::StrCat("the view has ", source, " at position ", current, ", not ", expected),
      {{"current_position", absl::StrCat(current)}});
}

}  // namespace sakip::views
