// Times as protobuf has them. Pure functions.
#ifndef SAKIP_COMMON_MESSAGE_TIMESTAMP_H_
#define SAKIP_COMMON_MESSAGE_TIMESTAMP_H_

#include <google/protobuf/timestamp.pb.h>

#include <cstdint>

#include "absl/time/time.h"

namespace sakip {

// Whole nanoseconds; what is finer is cut off.
inline google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return timestamp;
}

inline absl::Time FromTimestamp(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

// True where it is a time of the years 1 to 9999, as protobuf wants it.
inline bool IsTimestamp(const google::protobuf::Timestamp& timestamp) {
  constexpr int64_t kSecondsMin = -62'135'596'800, kSecondsMax = 253'402'300'799;
  return timestamp.seconds() >= kSecondsMin && timestamp.seconds() <= kSecondsMax &&
         timestamp.nanos() >= 0 && timestamp.nanos() <= 999'999'999;
}

}  // namespace sakip

#endif  // SAKIP_COMMON_MESSAGE_TIMESTAMP_H_
