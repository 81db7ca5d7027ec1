// Texts that people write: one line, of a bounded length, in UTF-8. Pure functions.
#ifndef SAKIP_COMMON_BASE_TEXT_H_
#define SAKIP_COMMON_BASE_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace sakip {

// Takes one character off the front of `text`, which is not empty; absent, and `text` as it was,
// where it is no valid UTF-8 (overlong forms and surrogates are not).
std::optional<uint32_t> TakeCharacter(absl::string_view& text);

// OK for UTF-8 of `least` to `most` characters without control characters (a line break is one)
// and without the marks that turn the writing direction, which make a text read otherwise than it
// is stored. The status says what would be right, without a field path.
absl::Status CheckLine(absl::string_view text, size_t least, size_t most);

// The same, where line breaks and tabs are allowed.
absl::Status CheckText(absl::string_view text, size_t least, size_t most);

}  // namespace sakip

#endif  // SAKIP_COMMON_BASE_TEXT_H_
