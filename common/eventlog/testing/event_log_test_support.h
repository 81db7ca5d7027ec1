// What the tests of event logs share: requests, and waiting for answers with a deadline.
#ifndef SAKIP_COMMON_EVENTLOG_TESTING_EVENT_LOG_TEST_SUPPORT_H_
#define SAKIP_COMMON_EVENTLOG_TESTING_EVENT_LOG_TEST_SUPPORT_H_

#include <cstdint>
#include <functional>
#include <future>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/eventlog/event_log.h"
#include "common/eventlog/record.h"

namespace sakip::eventlog {

inline constexpr char kTestAgency[] = "regions/35.09/agencies/dinsos";
inline constexpr char kTestStream[] = "regions/35.09/agencies/dinsos/years/2023";

// A good request; a test changes what it is about.
AppendRequest TestRequest(absl::string_view request_id, uint64_t expected_revision = 0,
                          absl::string_view stream = kTestStream,
                          const std::vector<std::string>& payloads = {"payload"});

// The answer to an append that was started.
using FutureAnswer = std::future<absl::StatusOr<AppendResult>>;
FutureAnswer StartAppend(EventLog& log, AppendRequest request);

// Waits for it; DEADLINE_EXCEEDED after a minute, which no healthy machine needs.
absl::StatusOr<AppendResult> Wait(FutureAnswer& answer);

// Appends and waits.
absl::StatusOr<AppendResult> AppendNow(EventLog& log, AppendRequest request);

// The same with requests that are stored together.
absl::StatusOr<std::vector<AppendResult>> AppendAllNow(EventLog& log,
                                                       std::vector<AppendRequest> requests);

// Reads the whole log, or fails.
absl::StatusOr<std::vector<StoredRecord>> ReadAll(const EventLog& log,
                                                  const ReadLimits& limits = {});

// Checks what holds for every log: dense positions, right hashes, dense revisions and sequences,
// unbroken chains, times that never go back, each request in one piece. Names what does not.
absl::Status CheckHistory(const std::vector<StoredRecord>& records);

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_TESTING_EVENT_LOG_TEST_SUPPORT_H_
