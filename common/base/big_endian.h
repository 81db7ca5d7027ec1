// BigEndian: integers as bytes, the most significant first. Pure functions, thread-safe.
#ifndef SAKIP_COMMON_BASE_BIG_ENDIAN_H_
#define SAKIP_COMMON_BASE_BIG_ENDIAN_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace sakip {

// The lowest `size` bytes of `value`.
inline std::string BigEndian(uint64_t value, size_t size) {
  std::string bytes(size, '\0');
  for (size_t i = size; i-- > 0; value >>= 8) bytes[i] = static_cast<char>(value & 0xff);
  return bytes;
}

// The value of `bytes`, of which there are at most 8.
inline uint64_t FromBigEndian(absl::string_view bytes) {
  uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<uint8_t>(byte);
  return value;
}

}  // namespace sakip

#endif  // SAKIP_COMMON_BASE_BIG_ENDIAN_H_
