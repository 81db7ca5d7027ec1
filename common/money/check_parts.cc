#include "common/money/check_parts.h"

#include <cstddef>
#include <map>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/text.h"
#include "common/exact/decimal.h"
#include "common/money/part.h"

namespace sakip::money {
namespace {

constexpr size_t kSourceCharactersMax = 500;
constexpr int kKindMax = static_cast<int>(ExpenditureKind::kTransfer);

// Empty where the text is an amount.
std::string WrongAmount(const std::string& text) {
  const auto amount = exact::Decimal::ParseMoney(text);
  if (!amount.ok()) return std::string(amount.status().message());
  return amount->is_negative() ? "is negative; zero or more rupiah" : "";
}

}  // namespace

void CheckParts(const std::vector<PartText>& parts, absl::string_view path, FieldErrors& errors) {
  std::map<std::pair<int, absl::string_view>, size_t> first;
  for (size_t i = 0; i < parts.size(); ++i) {
    const PartText& part = parts[i];
    const auto add = [&](absl::string_view field, absl::string_view what) {
      errors.Add(absl::StrCat(path, "[", i, "]", field), what);
    };
    if (part.expenditure_kind < 0 || part.expenditure_kind > kKindMax) {
      add(".expenditure_kind", "is none; operating, capital, contingency, transfer or left out");
    }
    const absl::Status source = CheckLine(part.funding_source, 0, kSourceCharactersMax);
    if (!source.ok()) add(".funding_source", source.message());
    const auto [it, is_new] =
        first.emplace(std::pair(part.expenditure_kind, absl::string_view(part.funding_source)), i);
    if (!is_new) {
      add(".funding_source", absl::StrCat("repeats kind and source of ", path, "[", it->second,
                                          "]; both together are there once"));
    }
    const std::string wrong = WrongAmount(part.amount);
    if (!wrong.empty()) add(".amount", wrong);
  }
}

}  // namespace sakip::money
