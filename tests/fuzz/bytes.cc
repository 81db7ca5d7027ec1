#include <algorithm>
#include <array>

#include "tests/fuzz/target.h"

namespace sakip::fuzz {
namespace {

// What decoders stumble over: ends of ranges, separators, other alphabets, names of the field.
constexpr std::array<absl::string_view, 35> kTokens = {"0",
                                                       "-0",
                                                       "-1",
                                                       "+1",
                                                       "1e9",
                                                       "NaN",
                                                       "0x10",
                                                       "1,5",
                                                       "1.000",
                                                       "00",
                                                       "9223372036854775808",
                                                       "999999999999999999.99",
                                                       "/",
                                                       "//",
                                                       "..",
                                                       "%2F",
                                                       "-",
                                                       "regions/",
                                                       "regions/-",
                                                       "35.1",
                                                       "35.10",
                                                       "/agencies/",
                                                       "\n\n",
                                                       "\r\n",
                                                       "\xE2\x80\x94 ",
                                                       "\xE2\x80\xAE",
                                                       "\xC0\x80",
                                                       "\xED\xA0\x80",
                                                       "\xF4\x90\x80\x80",
                                                       "=",
                                                       ";",
                                                       ",",
                                                       "2023Q4",
                                                       "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01",
                                                       "\x88\x80\x80\x80\x10\x07"};

size_t Below(size_t bound, Random& random) { return bound == 0 ? 0 : random() % bound; }

std::string Insertion(const std::string& bytes, Random& random) {
  switch (random() % 4) {
    case 0:
      return std::string(1 + Below(8, random), static_cast<char>(random()));
    case 1:
      return std::string(kTokens[Below(kTokens.size(), random)]);
    case 2:
      return std::string(1, '\0');
    default:
      return bytes.substr(Below(bytes.size(), random), 1 + Below(32, random));
  }
}

void MutateOnce(std::string& bytes, Random& random) {
  const size_t at = Below(bytes.size() + 1, random);
  switch (random() % 6) {
    case 0:
      bytes.insert(at, Insertion(bytes, random));
      break;
    case 1:
      bytes.erase(at, 1 + Below(bytes.size() - at + 1, random) % 16);
      break;
    case 2:
      bytes.resize(at);
      break;
    case 3: {
      const std::string put = Insertion(bytes, random);
      bytes.replace(at, put.size(), put);
      break;
    }
    default:
      if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
      break;
  }
}

}  // namespace

std::string MutateBytes(std::string bytes, size_t bytes_max, Random& random) {
  const size_t times = 1 + Below(4, random);
  for (size_t i = 0; i < times; ++i) MutateOnce(bytes, random);
  if (bytes.size() > bytes_max) bytes.resize(bytes_max);
  return bytes;
}

uint64_t InputReader::TakeNumber(size_t bytes) {
  uint64_t number = 0;
  for (size_t i = 0; i < bytes; ++i) {
    number <<= 8;
    if (rest_.empty()) continue;
    number |= static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
  }
  return number;
}

absl::string_view InputReader::TakeText() {
  const size_t told = TakeNumber(1);
  const size_t size = std::min(told, rest_.size());
  const absl::string_view text = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return text;
}

std::string NumberInput(uint64_t number, size_t bytes) {
  std::string input(bytes, '\0');
  for (size_t i = bytes; i > 0; --i, number >>= 8) input[i - 1] = static_cast<char>(number);
  return input;
}

std::string TextInput(absl::string_view text) {
  const absl::string_view cut = text.substr(0, 255);
  return NumberInput(cut.size(), 1) + std::string(cut);
}

}  // namespace sakip::fuzz
