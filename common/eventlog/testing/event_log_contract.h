// The engines of the event log and the fixture that runs a promise on each of them. A new engine
// adds one line to Engines() and passes every test of event_log_*contract_test.cc.
#ifndef SAKIP_COMMON_EVENTLOG_TESTING_EVENT_LOG_CONTRACT_H_
#define SAKIP_COMMON_EVENTLOG_TESTING_EVENT_LOG_CONTRACT_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/eventlog/memory_event_log.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/testing/fake_clock.h"
#include "common/testing/temp_dir.h"

namespace sakip::eventlog {

inline const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

struct Engine {
  std::string name;
  bool persistent = false;
  std::function<std::unique_ptr<EventLog>(const std::string& directory, const Clock& clock,
                                          const AppendLimits& limits)>
      open;
};

inline std::unique_ptr<EventLog> OpenRocks(const std::string& directory, const Clock& clock,
                                           const AppendLimits& limits) {
  auto log = RocksEventLog::Open({.directory = directory, .clock = &clock, .limits = limits});
  EXPECT_TRUE(log.ok()) << log.status();
  return log.ok() ? *std::move(log) : nullptr;
}

inline std::vector<Engine> Engines() {
  return {{"Memory", false,
           [](const std::string&, const Clock& clock, const AppendLimits& limits) {
             return std::make_unique<MemoryEventLog>(
                 SequencedEventLogOptions{.limits = limits, .clock = &clock});
           }},
          {"Rocks", true, OpenRocks}};
}

class EventLogContractTest : public ::testing::TestWithParam<Engine> {
 protected:
  EventLogContractTest() { Open(); }

  void Open(const AppendLimits& limits = {}) {
    log_ = nullptr;
    log_ = GetParam().open(directory_.path(), clock_, limits);
    ASSERT_NE(log_, nullptr);
  }

  // Closes the log and opens it again, where it keeps anything.
  void Reopen() {
    if (GetParam().persistent) Open();
  }

  std::vector<std::string> Payloads(const std::vector<StoredRecord>& records) {
    std::vector<std::string> payloads;
    for (const StoredRecord& record : records) payloads.push_back(ParseRecord(record)->payload());
    return payloads;
  }

  sakip::testing::TempDir directory_;
  sakip::testing::FakeClock clock_{kNow};
  std::unique_ptr<EventLog> log_;
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_TESTING_EVENT_LOG_CONTRACT_H_
