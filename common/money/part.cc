#include "common/money/part.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace sakip::money {
namespace {

absl::string_view Word(ExpenditureKind kind) {
  switch (kind) {
    case ExpenditureKind::kNotTold:
      break;
    case ExpenditureKind::kOperating:
      return "operating";
    case ExpenditureKind::kCapital:
      return "capital";
    case ExpenditureKind::kContingency:
      return "contingency";
    case ExpenditureKind::kTransfer:
      return "transfer";
  }
  return "unspecified";
}

}  // namespace

std::string PartKey::Text() const {
  return absl::StrCat(Word(kind), source.empty() ? "" : " ", source);
}

void AddParts(const std::vector<Part>& parts, PartSums& sums) {
  for (const Part& part : parts) {
    exact::Rational& sum = sums[part.key];
    sum = sum + exact::Rational(part.amount);
  }
}

exact::Rational Total(const PartSums& sums) {
  exact::Rational total;
  for (const auto& [key, amount] : sums) total = total + amount;
  return total;
}

}  // namespace sakip::money
