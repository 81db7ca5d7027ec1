// What the conversions of plan documents share. Pure functions.
#ifndef SAKIP_COMMON_PLAN_PROTO_PARTS_FROM_PROTO_H_
#define SAKIP_COMMON_PLAN_PROTO_PARTS_FROM_PROTO_H_

#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/status_macros.h"
#include "common/plan/plan.h"
#include "sakip/types/v1/measure.pb.h"

namespace sakip::plan {

inline absl::StatusOr<Measure> ToMeasure(const types::v1::Measure& from) {
  ASSIGN_OR_RETURN(const Decimal value, Decimal::Parse(from.value()));
  return Measure{value, from.unit()};
}

// Converts every item of `from` by `convert`, or returns the first error.
template <typename To, typename From, typename Convert>
absl::StatusOr<std::vector<To>> Map(const From& from, Convert convert) {
  std::vector<To> to;
  to.reserve(from.size());
  for (const auto& item : from) {
    ASSIGN_OR_RETURN(To converted, convert(item));
    to.push_back(std::move(converted));
  }
  return to;
}

}  // namespace sakip::plan

#endif  // SAKIP_COMMON_PLAN_PROTO_PARTS_FROM_PROTO_H_
