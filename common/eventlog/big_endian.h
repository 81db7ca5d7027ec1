// Integers as they are stored: 8 bytes, big-endian, so that they sort by number. Pure functions.
#ifndef SAKIP_COMMON_EVENTLOG_BIG_ENDIAN_H_
#define SAKIP_COMMON_EVENTLOG_BIG_ENDIAN_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace sakip::eventlog {

inline constexpr size_t kIntegerBytes = 8;

inline std::string BigEndian(uint64_t value) {
  std::string bytes(kIntegerBytes, '\0');
  for (size_t i = kIntegerBytes; i-- > 0; value >>= 8) bytes[i] = static_cast<char>(value & 0xff);
  return bytes;
}

// Takes an integer off the front of `bytes`, which must be long enough.
inline uint64_t TakeBigEndian(absl::string_view& bytes) {
  uint64_t value = 0;
  for (size_t i = 0; i < kIntegerBytes; ++i) value = value << 8 | static_cast<uint8_t>(bytes[i]);
  bytes.remove_prefix(kIntegerBytes);
  return value;
}

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_BIG_ENDIAN_H_
