#include "services/cli/text/nearest.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "absl/strings/ascii.h"

namespace sakip::cli {
namespace {

// Longer words are no misspelling of a field name, and the comparison is quadratic.
constexpr size_t kWordBytesMax = 64;

std::string Letters(absl::string_view word) {
  std::string letters;
  for (const char c : word.substr(0, kWordBytesMax)) {
    if (c != '_' && c != '-' && c != ' ') letters += absl::ascii_tolower(c);
  }
  return letters;
}

size_t Distance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (size_t i = 0; i < a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i + 1;
    for (size_t j = 0; j < b.size(); ++j) {
      const size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string Nearest(absl::string_view word, const std::vector<absl::string_view>& names) {
  const std::string letters = Letters(word);
  size_t best = std::numeric_limits<size_t>::max();
  std::string nearest;
  for (const absl::string_view name : names) {
    const size_t distance = Distance(letters, Letters(name));
    if (distance < best) {
      best = distance;
      nearest = std::string(name);
    }
  }
  return nearest;
}

}  // namespace sakip::cli
