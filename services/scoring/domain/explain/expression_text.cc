#include "services/scoring/domain/explain/expression_text.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/exact/number_format.h"

namespace sakip::scoring::explain {
namespace {

struct Word {
  const char* written;
  const char* indonesian;
  const char* english;
};

// Longer ones before those that they begin with.
constexpr Word kWords[] = {
    {"below all other bands", "di bawah semua rentang lain", "below all other bands"},
    {"against +-", "terhadap ±", "against ±"},
    {"geomean(", "rata-rata geometrik(", "geomean("},
    {"round(", "bulatkan(", "round("},
    {"clamp(", "batasi(", "clamp("},
    {"max(", "terbesar(", "max("},
    {"min(", "terkecil(", "min("},
    {"in ", "dalam ", "in "},
    {", ", "; ", "; "},
    {"..", " sampai ", " to "},
};

// The length of the number that `text` begins with; 0 where it begins with none.
size_t NumberLength(absl::string_view text) {
  const auto digits = [&](size_t from) {
    while (from < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[from]))) {
      ++from;
    }
    return from;
  };
  const size_t integer = digits(0);
  if (integer == 0 || integer >= text.size() || text[integer] != '.') return integer;
  const size_t end = digits(integer + 1);
  return end == integer + 1 ? integer : end;  // `10..12` is two numbers.
}

}  // namespace

std::string ExpressionText(absl::string_view expression, Language language) {
  const bool indonesian = language == Language::kIndonesian;
  std::string text;
  while (!expression.empty()) {
    if (const size_t length = NumberLength(expression); length > 0) {
      const absl::string_view number = expression.substr(0, length);
      text += indonesian ? exact::FormatIndonesian(number) : exact::FormatEnglish(number);
      expression.remove_prefix(length);
      continue;
    }
    absl::string_view copied = expression.substr(0, 1), written = copied;
    for (const Word& word : kWords) {
      if (!absl::StartsWith(expression, word.written)) continue;
      copied = word.written;
      written = indonesian ? word.indonesian : word.english;
      break;
    }
    absl::StrAppend(&text, written);
    expression.remove_prefix(copied.size());
  }
  return text;
}

}  // namespace sakip::scoring::explain
