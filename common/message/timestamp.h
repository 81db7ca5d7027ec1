// Times as protobuf has them. Pure functions.
#ifndef SAKIP_COMMON_MESSAGE_TIMESTAMP_H_
#define SAKIP_COMMON_MESSAGE_TIMESTAMP_H_

#include <google/protobuf/timestamp.pb.h>

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

}  // namespace sakip

#endif  // SAKIP_COMMON_MESSAGE_TIMESTAMP_H_
