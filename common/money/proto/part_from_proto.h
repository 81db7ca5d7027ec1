// Turns messages of sakip.types.v1.BudgetPart into values. Pure functions.
#ifndef SAKIP_COMMON_MONEY_PROTO_PART_FROM_PROTO_H_
#define SAKIP_COMMON_MONEY_PROTO_PART_FROM_PROTO_H_

#include <google/protobuf/repeated_field.h>

#include <vector>

#include "absl/status/statusor.h"
#include "common/money/check_parts.h"
#include "common/money/part.h"
#include "sakip/types/v1/budget.pb.h"

namespace sakip::money {

using PartMessages = google::protobuf::RepeatedPtrField<types::v1::BudgetPart>;

// The parts of a record.
//
//   INVALID_ARGUMENT  an amount is no decimal, or a kind is not known to this version.
absl::StatusOr<std::vector<Part>> FromProto(const PartMessages& from);

// As they were written, for CheckParts.
std::vector<PartText> ToTexts(const PartMessages& from);

types::v1::ExpenditureKind ToProto(ExpenditureKind kind);

}  // namespace sakip::money

#endif  // SAKIP_COMMON_MONEY_PROTO_PART_FROM_PROTO_H_
