// CheckedAppend is a request to append that is well formed by itself, whatever the log holds.
#ifndef SAKIP_COMMON_EVENTLOG_CHECKED_APPEND_H_
#define SAKIP_COMMON_EVENTLOG_CHECKED_APPEND_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/eventlog/event_log.h"

namespace sakip::eventlog {

// Limits of one append beside EventLog::kAppendBytesMax, in bytes of UTF-8.
inline constexpr size_t kStreamBytesMax = 512;
inline constexpr size_t kRequestIdBytesMax = 128;
inline constexpr size_t kActorBytesMax = 512;
inline constexpr size_t kTypeBytesMax = 256;
inline constexpr size_t kEventsMax = 10'000;

// A value.
struct CheckedAppend {
  AppendRequest request;
  std::string agency;  // Name of the tenant: the agency that the stream lies in, or the region.
  size_t bytes = 0;    // About what the request takes in memory and on disk.
};

// Checks a request. Everything that is text in a record must be UTF-8: a record with other bytes
// could be stored but never parsed again.
//
//   INVALID_ARGUMENT  INVALID_FIELD  naming every field at fault.
absl::StatusOr<CheckedAppend> CheckAppend(AppendRequest request);

// Checks requests that are to be stored together, and what they take together. An error of one has
// its place as the fact `index`.
//
//   INVALID_ARGUMENT  INVALID_FIELD
absl::StatusOr<std::vector<CheckedAppend>> CheckAppends(std::vector<AppendRequest> requests);

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_CHECKED_APPEND_H_
