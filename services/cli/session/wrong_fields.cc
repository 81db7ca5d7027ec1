#include "services/cli/session/wrong_fields.h"

#include <cstddef>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace sakip::cli {

std::string WrongFieldsLeftOut(const absl::Status& status) {
  // As FieldErrors ends its message: `(and 299 more wrong fields)`, besides the first.
  constexpr absl::string_view kCount = " (and ";
  const absl::string_view message = status.message();
  const size_t start = message.rfind(kCount);
  const size_t named = FieldViolations(status).size();
  if (named == 0 || start == absl::string_view::npos) return "";
  const absl::string_view count = message.substr(start + kCount.size());
  const size_t end = count.find(" more wrong field");
  size_t others = 0;
  if (end == absl::string_view::npos || !absl::SimpleAtoi(count.substr(0, end), &others) ||
      others < named) {
    return "";
  }
  const size_t left_out = others + 1 - named;
  return absl::StrCat("and ", left_out, " more wrong ", left_out == 1 ? "field" : "fields");
}

}  // namespace sakip::cli
