// What is told of writes that the service's own log has and the trail does not.
#include "common/audit/found_writes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/audit/audit_entries.h"
#include "common/eventlog/checked_append.h"
#include "common/eventlog/memory_event_log.h"
#include "common/eventlog/payload.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/message/timestamp.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip::audit {
namespace {

using sakip::testing::FakeClock;
using sakip::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using ::testing::UnorderedElementsAreArray;

constexpr char kDinsos[] = "regions/35.09/agencies/dinsos";
constexpr char kDinkes[] = "regions/35.09/agencies/dinkes";

class FoundWritesTest : public ::testing::Test {
 protected:
  void Write(const std::string& tenant, const std::string& request_id, size_t events = 1) {
    const std::string stream = tenant + "/years/2023";
    eventlog::AppendRequest request =
        eventlog::TestRequest(request_id, *log_.StreamRevision(stream), stream);
    request.events.resize(events, request.events.front());
    ASSERT_THAT(eventlog::AppendNow(log_, std::move(request)), IsOk());
  }

  v1::AuditEntry Began(const std::string& tenant, const std::string& request_id) {
    v1::AuditEntry entry;
    *entry.mutable_time() = ToTimestamp(clock_.Now());
    entry.set_event(v1::AuditEntry::EVENT_BEGAN);
    entry.set_decision(v1::AuditEntry::DECISION_ALLOWED);
    entry.set_tenant(tenant);
    entry.set_request_id(request_id);
    return entry;
  }

  void Tell(const std::string& tenant, const std::string& request_id) {
    Tell(Began(tenant, request_id));
  }

  void TellRefused(const std::string& tenant, const std::string& request_id) {
    v1::AuditEntry entry = Began(tenant, request_id);
    entry.set_event(v1::AuditEntry::EVENT_REFUSED);
    entry.set_decision(v1::AuditEntry::DECISION_DENIED);
    entry.set_code(static_cast<int>(absl::StatusCode::kPermissionDenied));
    Tell(entry);
  }

  // An attempt that was let in and failed.
  void TellFailed(const std::string& tenant, const std::string& request_id) {
    v1::AuditEntry entry = Began(tenant, request_id);
    entry.set_admission(++admissions_);
    Tell(entry);
    entry.set_event(v1::AuditEntry::EVENT_ENDED);
    entry.set_code(static_cast<int>(absl::StatusCode::kAborted));
    Tell(entry);
  }

  void Tell(const v1::AuditEntry& entry) {
    const std::string stream = StreamOf(entry.tenant());
    eventlog::AppendRequest request = eventlog::TestRequest(
        absl::StrCat("e", trail_.end_position()), *trail_.StreamRevision(stream), stream);
    request.events = {eventlog::MakeEvent(entry)};
    ASSERT_THAT(eventlog::AppendNow(trail_, std::move(request)), IsOk());
  }

  // The service is started again, and nothing was missing.
  void Restart() { looked_at_ = {log_.end_position(), trail_.end_position()}; }

  // `tenant request_id` of each.
  std::vector<std::string> Found(const FindLimits& limits = {}) {
    const auto found = FindUnrecordedWrites(log_, trail_, looked_at_, limits);
    EXPECT_THAT(found, IsOk());
    std::vector<std::string> texts;
    for (const v1::AuditEntry& entry : *found) {
      EXPECT_EQ(entry.event(), v1::AuditEntry::EVENT_FOUND);
      EXPECT_NE(entry.subject(), "");
      texts.push_back(absl::StrCat(entry.tenant(), " ", entry.request_id()));
    }
    return texts;
  }

  FakeClock clock_;
  eventlog::MemoryEventLog log_{{.clock = &clock_}};
  eventlog::MemoryEventLog trail_{{.clock = &clock_}};
  uint64_t admissions_ = 0;
  LookedAt looked_at_;  // When the last run began.
};

TEST_F(FoundWritesTest, NothingIsMissingWhereNothingWasWritten) {
  Tell(kDinsos, "r1");
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(FoundWritesTest, AWriteWithoutEntryIsFoundOnce) {
  Write(kDinsos, "r1");
  clock_.Advance(absl::Seconds(1));
  Write(kDinsos, "r2");
  Write(kDinsos, "r3");
  clock_.Advance(absl::Seconds(1));
  Write(kDinkes, "r4");
  Tell(kDinsos, "r1");
  Tell(kDinsos, "r3");

  EXPECT_THAT(Found(), ElementsAre(absl::StrCat(kDinsos, " r2"), absl::StrCat(kDinkes, " r4")));

  Tell(kDinsos, "r2");
  Tell(kDinkes, "r4");
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(FoundWritesTest, AnEntryOfAnotherTenantTellsNothing) {
  Write(kDinsos, "r1");
  Tell(kDinkes, "r1");
  Tell("regions/35.09", "r1");
  EXPECT_THAT(Found(), ElementsAre(absl::StrCat(kDinsos, " r1")));
}

TEST_F(FoundWritesTest, AnAttemptThatWasRefusedTellsOfNoWrite) {
  TellRefused(kDinsos, "r1");
  TellRefused(kDinsos, "import");
  Write(kDinsos, "r1");
  Write(kDinsos, "import:0");
  EXPECT_THAT(Found(), UnorderedElementsAre(absl::StrCat(kDinsos, " r1"),
                                            absl::StrCat(kDinsos, " import:0")));
}

TEST_F(FoundWritesTest, AnAttemptThatFailedTellsOfNoWriteAndTheOneAfterItDoes) {
  TellFailed(kDinsos, "r1");
  Write(kDinsos, "r1");
  EXPECT_THAT(Found(), ElementsAre(absl::StrCat(kDinsos, " r1")));

  Tell(kDinsos, "r1");
  TellFailed(kDinsos, "r1");
  EXPECT_THAT(Found(), IsEmpty());
}

// The first kill came between an attempt's entry and its end, the second between the write and its
// entry.
TEST_F(FoundWritesTest, AnAttemptOfAnEarlierRunTellsOfNoWrite) {
  Tell(kDinsos, "r1");
  Tell(kDinsos, "import");
  Restart();
  Write(kDinsos, "r1");
  Write(kDinsos, "import:0");
  EXPECT_THAT(Found(), UnorderedElementsAre(absl::StrCat(kDinsos, " r1"),
                                            absl::StrCat(kDinsos, " import:0")));

  Tell(kDinsos, "r1");
  Tell(kDinsos, "import");
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(FoundWritesTest, WhatAnEarlierRunWroteIsNotLookedForAgain) {
  Write(kDinsos, "r1");
  Restart();
  Write(kDinsos, "r2");
  EXPECT_THAT(Found(), ElementsAre(absl::StrCat(kDinsos, " r2")));
}

TEST_F(FoundWritesTest, AllIsLookedForWhereOneOfTheLogsWasRestored) {
  Tell(kDinsos, "r1");
  Write(kDinsos, "r2");
  for (const LookedAt& beyond : {LookedAt{2, 1}, LookedAt{1, 2}}) {
    looked_at_ = beyond;
    EXPECT_THAT(Found(), ElementsAre(absl::StrCat(kDinsos, " r2")));
  }
}

TEST_F(FoundWritesTest, AStreamThatFailsTellsOfItsItems) {
  Write(kDinsos, "import:0");
  TellFailed(kDinsos, "import");
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(FoundWritesTest, WhatWasFoundIsToldOf) {
  Write(kDinsos, "r1");
  const auto found = FindUnrecordedWrites(log_, trail_, looked_at_);
  ASSERT_THAT(found, IsOk());
  for (const v1::AuditEntry& entry : *found) Tell(entry);
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(FoundWritesTest, TheEntryOfAStreamTellsOfAllItsItems) {
  Write(kDinsos, "import:0");
  Write(kDinkes, "import:1");
  Write(kDinkes, "other:1");
  Tell("regions/35.09", "import");
  EXPECT_THAT(Found(), ElementsAre(absl::StrCat(kDinkes, " other:1")));
}

TEST_F(FoundWritesTest, AnEntryIsFoundBehindManyOthers) {
  Tell(kDinsos, "r1");
  for (int i = 0; i < 1000; ++i) Tell(kDinkes, "");
  Write(kDinsos, "r1");
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(FoundWritesTest, EntriesLongBeforeTheWriteAreNotOfIt) {
  Tell(kDinsos, "r1");
  clock_.Advance(kAdmittedBefore + absl::Seconds(1));
  for (int i = 0; i < 1000; ++i) Tell(kDinkes, "");
  Write(kDinsos, "r1");
  EXPECT_THAT(Found(), ElementsAre(absl::StrCat(kDinsos, " r1")));
}

TEST_F(FoundWritesTest, LargeWritesAreFoundHoweverManyRecordsTheyHave) {
  Tell(kDinsos, "r0");
  for (int i = 1; i <= 5; ++i) Write(kDinsos, absl::StrCat("r", i), eventlog::kEventsMax);
  EXPECT_THAT(Found(), SizeIs(5));
}

// The disk of the trail hung.
TEST_F(FoundWritesTest, AWriteIsFoundHoweverLongAfterTheLastEntryItCame) {
  Tell(kDinsos, "r0");
  for (int i = 1; i <= 5; ++i) {
    clock_.Advance(absl::Minutes(10));
    Write(kDinsos, absl::StrCat("r", i));
  }
  EXPECT_THAT(Found(), SizeIs(5));
}

TEST_F(FoundWritesTest, WhatIsOlderThanTheLastEntryIsNotLookedAt) {
  Write(kDinsos, "r1");
  clock_.Advance(kSetBackMax);
  Write(kDinsos, "r2");
  clock_.Advance(absl::Seconds(1));
  Write(kDinsos, "r3");
  clock_.Advance(kSetBackMax - absl::Seconds(1));
  Tell(kDinkes, "r0");
  EXPECT_THAT(Found(),
              UnorderedElementsAre(absl::StrCat(kDinsos, " r2"), absl::StrCat(kDinsos, " r3")));
}

TEST(LookedAt, IsWhatWasWritten) {
  const sakip::testing::TempDir directory;
  const std::string path = directory.File("LOOKED_AT");
  EXPECT_EQ(ReadLookedAt(path).log_end, 0u);

  ASSERT_THAT(WriteLookedAt(path, {17, 18'446'744'073'709'551'615u}), IsOk());
  EXPECT_EQ(ReadLookedAt(path).log_end, 17u);
  EXPECT_EQ(ReadLookedAt(path).trail_end, 18'446'744'073'709'551'615u);

  for (const char* text : {"", "17", "17 ", "17 x", "x 17", "17 18 19", "-1 18"}) {
    std::ofstream(path) << text;
    EXPECT_EQ(ReadLookedAt(path).log_end, 0u) << text;
    EXPECT_EQ(ReadLookedAt(path).trail_end, 0u) << text;
  }
}

TEST_F(FoundWritesTest, TheLatestAreFoundWhereThereAreTooMany) {
  for (int i = 1; i <= 9; ++i) Write(kDinsos, absl::StrCat("r", i), 2);
  const std::vector<std::string> latest = {absl::StrCat(kDinsos, " r8"),
                                           absl::StrCat(kDinsos, " r9")};
  EXPECT_THAT(Found({.requests_max = 2}), UnorderedElementsAreArray(latest));
  EXPECT_THAT(Found({.records_max = 4}), UnorderedElementsAreArray(latest));
}

}  // namespace
}  // namespace sakip::audit
