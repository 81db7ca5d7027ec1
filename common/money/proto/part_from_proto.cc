#include "common/money/proto/part_from_proto.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace sakip::money {
namespace {

// The values of both enums are the same.
static_assert(static_cast<int>(ExpenditureKind::kTransfer) == types::v1::ExpenditureKind_MAX);
static_assert(static_cast<int>(ExpenditureKind::kCapital) == types::v1::EXPENDITURE_KIND_CAPITAL);

}  // namespace

absl::StatusOr<std::vector<Part>> FromProto(const PartMessages& from) {
  std::vector<Part> parts;
  parts.reserve(from.size());
  for (const types::v1::BudgetPart& part : from) {
    if (!types::v1::ExpenditureKind_IsValid(part.expenditure_kind())) {
      return absl::InvalidArgumentError(
          absl::StrCat("expenditure kind ", part.expenditure_kind(), " is not known"));
    }
    ASSIGN_OR_RETURN(const exact::Decimal amount, exact::Decimal::Parse(part.amount()));
    const auto kind = static_cast<ExpenditureKind>(part.expenditure_kind());
    parts.push_back({{kind, part.funding_source()}, amount});
  }
  return parts;
}

std::vector<PartText> ToTexts(const PartMessages& from) {
  std::vector<PartText> parts;
  parts.reserve(from.size());
  for (const types::v1::BudgetPart& part : from) {
    parts.push_back({part.expenditure_kind(), part.funding_source(), part.amount()});
  }
  return parts;
}

types::v1::ExpenditureKind ToProto(ExpenditureKind kind) {
  return static_cast<types::v1::ExpenditureKind>(kind);
}

}  // namespace sakip::money
