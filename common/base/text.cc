#include "common/base/text.h"

#include "absl/strings/str_cat.h"

namespace sakip {

std::optional<uint32_t> TakeCharacter(absl::string_view& text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  size_t size = 1;
  uint32_t code = byte(0), smallest = 0;
  if (byte(0) >= 0xF0 && byte(0) < 0xF8) {
    size = 4, code = byte(0) & 0x07, smallest = 0x10000;
  } else if (byte(0) >= 0xE0 && byte(0) < 0xF0) {
    size = 3, code = byte(0) & 0x0F, smallest = 0x800;
  } else if (byte(0) >= 0xC0 && byte(0) < 0xE0) {
    size = 2, code = byte(0) & 0x1F, smallest = 0x80;
  } else if (byte(0) >= 0x80) {
    return std::nullopt;
  }
  if (text.size() < size) return std::nullopt;
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return std::nullopt;
    code = code << 6 | (byte(i) & 0x3F);
  }
  if (code < smallest || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return std::nullopt;
  text.remove_prefix(size);
  return code;
}

namespace {

bool IsControl(uint32_t code) { return code < 0x20 || (code >= 0x7F && code < 0xA0); }

bool TurnsDirection(uint32_t code) {
  return code == 0x061C || code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

absl::Status Check(absl::string_view text, size_t least, size_t most, bool breaks_allowed) {
  size_t characters = 0;
  while (!text.empty()) {
    // Nearly all of what is written is of this range.
    if (text.front() >= 0x20 && text.front() < 0x7F) {
      text.remove_prefix(1);
      ++characters;
      continue;
    }
    const auto code = TakeCharacter(text);
    if (!code.has_value()) return absl::InvalidArgumentError("is no valid UTF-8");
    const bool is_break = *code == '\n' || *code == '\t' || *code == '\r';
    if (IsControl(*code) && !(breaks_allowed && is_break)) {
      return absl::InvalidArgumentError(
          absl::StrCat("has the control character ", *code, "; plain text only"));
    }
    if (TurnsDirection(*code)) {
      return absl::InvalidArgumentError("has a mark that turns the writing direction");
    }
    ++characters;
  }
  if (characters < least) return absl::InvalidArgumentError("is empty");
  if (characters > most) {
    return absl::InvalidArgumentError(
        absl::StrCat("has ", characters, " characters; at most ", most));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckLine(absl::string_view text, size_t least, size_t most) {
  return Check(text, least, most, /*breaks_allowed=*/false);
}

absl::Status CheckText(absl::string_view text, size_t least, size_t most) {
  return Check(text, least, most, /*breaks_allowed=*/true);
}

}  // namespace sakip
