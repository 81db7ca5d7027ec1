// What the writer that is killed and the test that kills it agree on. For tests only.
#ifndef SAKIP_COMMON_EVENTLOG_TESTING_CRASH_WRITER_H_
#define SAKIP_COMMON_EVENTLOG_TESTING_CRASH_WRITER_H_

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/eventlog/testing/event_log_test_support.h"

namespace sakip::eventlog {

// Each writer has a stream of its own; two share an agency.
inline constexpr int kCrashWriters = 4;
// More than one event a request, so that half a request would be seen.
inline constexpr int kCrashEvents = 3;

inline std::string CrashStream(int writer) {
  return absl::StrCat("regions/35.09/agencies/a", writer / 2, "/streams/", writer);
}

inline std::string CrashPayload(int writer, uint64_t revision) {
  return absl::StrCat("event ", revision, " of ", writer, std::string(revision * 37 % 700, '.'));
}

// The request of `writer` at that revision of its stream; the same one whenever it is made.
inline AppendRequest CrashRequest(int writer, uint64_t revision) {
  std::vector<std::string> payloads;
  for (int i = 1; i <= kCrashEvents; ++i) payloads.push_back(CrashPayload(writer, revision + i));
  return TestRequest(absl::StrCat("w", writer, "-", revision), revision, CrashStream(writer),
                     payloads);
}

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_TESTING_CRASH_WRITER_H_
