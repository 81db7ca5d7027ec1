// Checks money by kind and source as callers write it: planning and realization take the same. Pure
// functions.
#ifndef SAKIP_COMMON_MONEY_CHECK_PARTS_H_
#define SAKIP_COMMON_MONEY_CHECK_PARTS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/base/error.h"

namespace sakip::money {

// Texts as the caller wrote them, in the shape of sakip.types.v1.BudgetPart.
struct PartText {
  int expenditure_kind = 0;
  std::string funding_source;
  std::string amount;
};

// Adds an error for each field that is wrong: a kind that is none, a source that is no line of at
// most 500 characters, a kind and source that come twice, an amount that is no rupiah or negative,
// more than 100 parts. `path` is that of the list.
void CheckParts(const std::vector<PartText>& parts, absl::string_view path, FieldErrors& errors);

}  // namespace sakip::money

#endif  // SAKIP_COMMON_MONEY_CHECK_PARTS_H_
