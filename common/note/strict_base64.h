// StrictBase64: standard Base 64 (RFC 4648 section 4) where a value has exactly one text.
//
// Signed texts are compared byte by byte, so padding that is missing, bits left over and white
// space are errors. Pure functions, thread-safe.
#ifndef SAKIP_COMMON_NOTE_STRICT_BASE64_H_
#define SAKIP_COMMON_NOTE_STRICT_BASE64_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace sakip::note {

// The bytes that `text` stands for; absent where EncodeBase64 would write them otherwise.
std::optional<std::string> DecodeBase64(absl::string_view text);

std::string EncodeBase64(absl::string_view bytes);

// The number that `text` is in decimal, without sign, leading zeros or blanks; absent where it is
// none or does not fit.
std::optional<uint64_t> ParseDecimal(absl::string_view text);

}  // namespace sakip::note

#endif  // SAKIP_COMMON_NOTE_STRICT_BASE64_H_
