#include "common/note/strict_base64.h"

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace sakip::note {

std::optional<std::string> DecodeBase64(absl::string_view text) {
  std::string bytes;
  // The decoder is lenient; only one of the texts that it reads alike is the right one.
  if (!absl::Base64Unescape(text, &bytes) || EncodeBase64(bytes) != text) return std::nullopt;
  return bytes;
}

std::string EncodeBase64(absl::string_view bytes) { return absl::Base64Escape(bytes); }

std::optional<uint64_t> ParseDecimal(absl::string_view text) {
  uint64_t number = 0;
  if (!absl::SimpleAtoi(text, &number) || absl::StrCat(number) != text) return std::nullopt;
  return number;
}

}  // namespace sakip::note
