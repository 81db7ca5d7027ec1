// Money by kind of expenditure (jenis belanja) and source of funds (sumber dana), as values that
// can be computed with.
//
// The shapes follow sakip.types.v1.BudgetPart, whose comments say what each part means. Values;
// thread-safe as any values are.
#ifndef SAKIP_COMMON_MONEY_PART_H_
#define SAKIP_COMMON_MONEY_PART_H_

#include <compare>
#include <map>
#include <string>
#include <vector>

#include "common/exact/decimal.h"
#include "common/exact/rational.h"

namespace sakip::money {

// In the order of sakip.types.v1.ExpenditureKind.
enum class ExpenditureKind { kNotTold, kOperating, kCapital, kContingency, kTransfer };

// What tells a part from the others of its list.
struct PartKey {
  ExpenditureKind kind = ExpenditureKind::kNotTold;
  std::string source = {};  // Empty where it is not told.

  // As it stands in a path: `operating DBHCHT`, `unspecified DBHCHT`, `capital`.
  std::string Text() const;

  friend auto operator<=>(const PartKey&, const PartKey&) = default;
  friend bool operator==(const PartKey&, const PartKey&) = default;
};

struct Part {
  PartKey key;
  exact::Decimal amount;  // Rupiah.
};

// Rupiah by kind and source.
using PartSums = std::map<PartKey, exact::Rational>;

// Adds `parts` to what is there.
void AddParts(const std::vector<Part>& parts, PartSums& sums);

// The sum over all kinds and sources; zero of none.
exact::Rational Total(const PartSums& sums);

}  // namespace sakip::money

#endif  // SAKIP_COMMON_MONEY_PART_H_
