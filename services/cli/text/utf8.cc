#include "services/cli/text/utf8.h"

#include <algorithm>
#include <iterator>

namespace sakip::cli {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

constexpr Range kZeroWidth[] = {
    {0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x0610, 0x061a}, {0x064b, 0x065f},
    {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x200b, 0x200d}, {0x2060, 0x2060}, {0x20d0, 0x20ff},
    {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xfeff, 0xfeff}};

constexpr Range kWide[] = {
    {0x1100, 0x115f}, {0x2e80, 0x303e},   {0x3041, 0x33ff},   {0x3400, 0x4dbf},  {0x4e00, 0x9fff},
    {0xa000, 0xa4cf}, {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},  {0xff00, 0xff60},
    {0xffe0, 0xffe6}, {0x1f300, 0x1f64f}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};

// Marks and overrides of the direction of writing: U+202E shows `2.09` as `90.2`.
constexpr Range kDirection[] = {
    {0x061c, 0x061c}, {0x200e, 0x200f}, {0x202a, 0x202e}, {0x2066, 0x2069}};

template <size_t kSize>
bool In(const Range (&ranges)[kSize], char32_t code) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [code](Range range) { return code >= range.first && code <= range.last; });
}

// Bytes that a character with this first byte has, and the bits of the first byte that count.
struct Lead {
  size_t size = 0;
  unsigned char bits = 0;
  char32_t least = 0;  // Smaller codes in so many bytes are overlong.
};

Lead LeadOf(unsigned char byte) {
  if (byte < 0x80) return {1, byte, 0};
  if ((byte & 0xe0) == 0xc0) return {2, static_cast<unsigned char>(byte & 0x1f), 0x80};
  if ((byte & 0xf0) == 0xe0) return {3, static_cast<unsigned char>(byte & 0x0f), 0x800};
  if ((byte & 0xf8) == 0xf0) return {4, static_cast<unsigned char>(byte & 0x07), 0x10000};
  return {};
}

}  // namespace

Utf8Char FirstChar(absl::string_view text) {
  const Lead lead = LeadOf(static_cast<unsigned char>(text[0]));
  if (lead.size == 0 || lead.size > text.size()) return {};
  char32_t code = lead.bits;
  for (size_t i = 1; i < lead.size; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xc0) != 0x80) return {};
    code = (code << 6) | (byte & 0x3f);
  }
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  if (code < lead.least || code > 0x10ffff || surrogate) return {};
  return {code, lead.size};
}

bool IsControl(char32_t code) { return code < 0x20 || (code >= 0x7f && code < 0xa0); }

size_t FindForbidden(absl::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    const Utf8Char c = FirstChar(text.substr(at));
    const bool blank = c.code == '\t' || c.code == '\n' || c.code == '\r';
    if (c.size == 0 || (IsControl(c.code) && !blank)) return at;
    at += c.size;
  }
  return absl::string_view::npos;
}

int Width(char32_t code) {
  if (In(kZeroWidth, code)) return 0;
  return In(kWide, code) ? 2 : 1;
}

int Width(absl::string_view text) {
  int columns = 0;
  while (!text.empty()) {
    const Utf8Char c = FirstChar(text);
    columns += c.size == 0 ? 1 : Width(c.code);
    text.remove_prefix(std::max<size_t>(c.size, 1));
  }
  return columns;
}

std::string Printable(absl::string_view text) {
  std::string result;
  while (!text.empty()) {
    const Utf8Char c = FirstChar(text);
    const size_t size = std::max<size_t>(c.size, 1);
    if (c.size == 0 || IsControl(c.code) || In(kDirection, c.code)) {
      result += "\xef\xbf\xbd";
    } else {
      result.append(text.data(), size);
    }
    text.remove_prefix(size);
  }
  return result;
}

absl::string_view TakeLine(absl::string_view text, int columns) {
  size_t end = 0;
  size_t last_space = 0;
  int used = 0;
  while (end < text.size()) {
    const Utf8Char c = FirstChar(text.substr(end));
    const int width = c.size == 0 ? 1 : Width(c.code);
    if (used + width > columns && end > 0) {
      if (c.code == ' ') return text.substr(0, end);
      return text.substr(0, last_space > 0 ? last_space : end);
    }
    if (c.code == ' ') last_space = end;
    used += width;
    end += std::max<size_t>(c.size, 1);
  }
  return text;
}

}  // namespace sakip::cli
