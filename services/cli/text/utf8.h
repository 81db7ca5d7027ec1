// Utf8: characters of UTF-8 text and how wide a terminal shows them. Pure functions.
#ifndef SAKIP_SERVICES_CLI_TEXT_UTF8_H_
#define SAKIP_SERVICES_CLI_TEXT_UTF8_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace sakip::cli {

// A character and the bytes it was read from. `size` is 0 where the bytes are not UTF-8 (a stray or
// missing continuation byte, an overlong form, a surrogate, beyond U+10FFFF).
struct Utf8Char {
  char32_t code = 0;
  size_t size = 0;
};

// Reads the first character of `text`, which is not empty.
Utf8Char FirstChar(absl::string_view text);

// True for C0 and C1 control characters, DEL included.
bool IsControl(char32_t code);

// Where the first byte is that no text of a file may have: of a control character that is no tab or
// line break, or not UTF-8; npos where there is none.
size_t FindForbidden(absl::string_view text);

// Columns that a terminal uses for the character: 0 for combining marks and zero-width characters,
// 2 for East Asian wide ones and emoji, otherwise 1.
int Width(char32_t code);

// Columns that a terminal uses for `text`, which went through Printable().
int Width(absl::string_view text);

// Returns `text` with every control character, every character that turns the direction of writing
// and every byte that is not UTF-8 replaced by U+FFFD. Texts come from files and servers; none of
// them may move a terminal's cursor, colour it or make a figure read otherwise than it is stored.
std::string Printable(absl::string_view text);

// Returns the longest prefix of `text` that is not wider than `columns`, cut between words where a
// word ends in it, and never inside a character. Always takes at least one character.
absl::string_view TakeLine(absl::string_view text, int columns);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_TEXT_UTF8_H_
