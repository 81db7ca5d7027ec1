// Integers as a log stores them: 8 bytes, so that keys sort by number. Pure functions.
#ifndef SAKIP_COMMON_EVENTLOG_STORED_INTEGER_H_
#define SAKIP_COMMON_EVENTLOG_STORED_INTEGER_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "common/base/big_endian.h"

namespace sakip::eventlog {

inline constexpr size_t kIntegerBytes = 8;

inline std::string StoredInteger(uint64_t value) { return BigEndian(value, kIntegerBytes); }

// Takes an integer off the front of `bytes`, which must be long enough.
inline uint64_t TakeInteger(absl::string_view& bytes) {
  const uint64_t value = FromBigEndian(bytes.substr(0, kIntegerBytes));
  bytes.remove_prefix(kIntegerBytes);
  return value;
}

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_STORED_INTEGER_H_
