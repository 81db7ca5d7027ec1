#include "services/cli/session/wrong_fields.h"

#include <cstddef>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace sakip::cli {

std::string WrongFieldsLeftOut(const absl::Status& status) {
  const size_t named = FieldViolations(status).size();
  for (const ErrorFact& fact : ErrorFacts(status)) {
    size_t all = 0;
    if (fact.key != kWrongFields || !absl::SimpleAtoi(fact.value, &all) || all <= named) continue;
    const size_t left_out = all - named;
    return absl::StrCat("and ", left_out, " more wrong ", left_out == 1 ? "field" : "fields");
  }
  return "";
}

}  // namespace sakip::cli
