#include "services/scoring/domain/ranking.h"

#include <algorithm>

namespace sakip::scoring {
namespace {

// Those with a number before those without, then by `values`, then by name.
template <typename Before>
void Sort(Before values, std::vector<RankedAgency>& standings) {
  std::sort(standings.begin(), standings.end(), [&](const RankedAgency& a, const RankedAgency& b) {
    if (a.value.has_value() != b.value.has_value()) return a.value.has_value();
    if (a.value.has_value() && *a.value != *b.value) return values(*a.value, *b.value);
    return a.agency < b.agency;
  });
}

}  // namespace

void Rank(bool highest_first, std::vector<RankedAgency>& standings) {
  using exact::Rational;
  Sort([](const Rational& a, const Rational& b) { return b < a; }, standings);
  for (size_t i = 0; i < standings.size() && standings[i].value.has_value(); ++i) {
    const bool ties = i > 0 && *standings[i].value == *standings[i - 1].value;
    standings[i].rank = ties ? standings[i - 1].rank : static_cast<int>(i) + 1;
  }
  if (!highest_first) {
    Sort([](const Rational& a, const Rational& b) { return a < b; }, standings);
  }
}

}  // namespace sakip::scoring
