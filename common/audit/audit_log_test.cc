// The trail behind a gate: what is recorded of which call, and what becomes of calls that must be
// recorded while the trail cannot be written.
#include "common/audit/audit_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/audit/policy_digest.h"
#include "common/audit/testing/audited_server.h"
#include "common/base/error.h"
#include "common/eventlog/memory_event_log.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip::audit {
namespace {

using rpc::Role;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using StatusCode = absl::StatusCode;

// `BEGAN allowed OK` of an entry.
std::string Short(const v1::AuditEntry& entry) {
  return absl::StrCat(v1::AuditEntry::Event_Name(entry.event()).substr(6), " ",
                      entry.decision() == v1::AuditEntry::DECISION_ALLOWED ? "allowed " : "denied ",
                      absl::StatusCodeToString(static_cast<StatusCode>(entry.code())), " ",
                      entry.subject());
}

std::vector<std::string> Short(const std::vector<v1::AuditEntry>& entries) {
  std::vector<std::string> texts;
  for (const v1::AuditEntry& entry : entries) texts.push_back(Short(entry));
  return texts;
}

TEST(AuditLog, RecordsAWriteOnce) {
  AuditedServer server;

  ASSERT_THAT(server.Put(rpc::kDocument, As("planner", Role::kPlanner, rpc::kAgency)), IsOk());
  server.End();

  const auto entries = server.Entries();
  ASSERT_THAT(Short(entries), ElementsAre("BEGAN allowed OK planner"));
  EXPECT_EQ(entries[0].method(), "/sakip.rpctest.v1.TestService/Put");
  EXPECT_EQ(entries[0].permission(), "planning.documents.publish");
  EXPECT_EQ(entries[0].tenant(), rpc::kAgency);
  EXPECT_EQ(entries[0].request_id(), "r1");
  EXPECT_THAT(entries[0].roles(), ElementsAre("planner"));
  EXPECT_THAT(entries[0].scopes(), ElementsAre(rpc::kAgency));
  EXPECT_THAT(entries[0].peer(), HasSubstr("127.0.0.1"));
  EXPECT_EQ(entries[0].policy_digest().size(), 32u);
  EXPECT_NE(entries[0].admission(), 0u);
}

TEST(AuditLog, RecordsAWriteThatFailsWhenItBeginsAndWhenItHasEnded) {
  AuditedServer server;
  server.tests->on_put = [] {
    return MakeError(StatusCode::kAborted, "REVISION_CONFLICT", "another");
  };

  EXPECT_THAT(server.Put(rpc::kDocument, As("planner", Role::kPlanner, rpc::kAgency)),
              StatusIs(StatusCode::kAborted, "REVISION_CONFLICT"));
  server.End();

  const auto entries = server.Entries();
  ASSERT_THAT(Short(entries),
              ElementsAre("BEGAN allowed OK planner", "ENDED allowed ABORTED planner"));
  EXPECT_EQ(entries[0].admission(), entries[1].admission());
  EXPECT_EQ(entries[1].reason(), "REVISION_CONFLICT");
  EXPECT_GT(entries[1].request_bytes(), 0u);
}

// A kill ended the first attempt before it stored anything, another one the second attempt before
// its entry was on disk.
TEST(AuditLog, FindsAWriteOfWhichOnlyAnAttemptOfAnEarlierRunHasAnEntry) {
  AuditedServer server;
  eventlog::MemoryEventLog writes;
  const sakip::testing::TempDir directory;
  const auto found_by_next_run = [&] {
    AuditLog run(server.log,
                 {.writer = {.actor = "test"}, .looked_at_path = directory.File("LOOKED_AT")});
    return run.RecordFound(writes).value();
  };
  ASSERT_THAT(server.Put(rpc::kDocument, As("planner", Role::kPlanner, rpc::kAgency)), IsOk());
  server.End();

  EXPECT_EQ(found_by_next_run(), 0u);
  ASSERT_THAT(eventlog::AppendNow(writes, eventlog::TestRequest(
                                              "r1", 0, absl::StrCat(rpc::kAgency, "/years/2023"))),
              IsOk());

  EXPECT_EQ(found_by_next_run(), 1u);
  EXPECT_EQ(server.Entries().back().event(), v1::AuditEntry::EVENT_FOUND);
  EXPECT_EQ(server.Entries().back().request_id(), "r1");
  EXPECT_EQ(found_by_next_run(), 0u);
}

TEST(AuditLog, LooksAgainWhereItCouldNotRecordWhatItFound) {
  AuditedServer server;
  server.End();
  eventlog::MemoryEventLog writes;
  const sakip::testing::TempDir directory;
  ASSERT_THAT(eventlog::AppendNow(writes, eventlog::TestRequest("r1")), IsOk());
  const AuditLogOptions options = {.writer = {.actor = "test"},
                                   .looked_at_path = directory.File("LOOKED_AT")};

  server.log.Refuse(MakeError(StatusCode::kResourceExhausted, "DISK_FULL", "full"));
  EXPECT_THAT(AuditLog(server.log, options).RecordFound(writes),
              StatusIs(StatusCode::kUnavailable, "AUDIT_UNAVAILABLE"));
  server.log.Refuse(absl::OkStatus());

  EXPECT_THAT(AuditLog(server.log, options).RecordFound(writes).value(), 1u);
}

TEST(AuditLog, GivesThePlacesOfWritesBack) {
  AuditedServer server({.writer = {.places_max = 2}});

  for (int i = 0; i < 10; ++i) {
    ASSERT_THAT(server.Put(rpc::kDocument, As("planner", Role::kPlanner, rpc::kAgency)), IsOk());
  }
}

TEST(AuditLog, RecordsABackupWhenItBeginsAndWhenItHasEnded) {
  AuditedServer server;
  server.log.Hold();

  std::future<absl::Status> answer = std::async(std::launch::async, [&server] {
    return server.Copy(As("operator", Role::kOperator, "regions/-"));
  });
  while (server.tests->handled == 0) std::this_thread::yield();
  EXPECT_EQ(answer.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
  server.log.Release();
  ASSERT_THAT(answer.get(), IsOk());
  server.End();

  const auto entries = server.Entries();
  ASSERT_THAT(Short(entries),
              ElementsAre("BEGAN allowed OK operator", "ENDED allowed OK operator"));
  EXPECT_EQ(entries[0].method(), "/sakip.rpctest.v1.TestService/Copy");
  EXPECT_EQ(entries[0].tenant(), "");
}

TEST(AuditLog, RecordsReadsAcrossAgenciesAndNotThoseOfOnesOwn) {
  AuditedServer server;

  ASSERT_THAT(server.Get(rpc::kDocument, As("own", Role::kPlanner, rpc::kAgency)), IsOk());
  ASSERT_THAT(server.Get(rpc::kDocument, As("regency", Role::kVerifier, "regions/35.09")), IsOk());
  ASSERT_THAT(server.Get("regions/35.09", As("region", Role::kAuditor, "regions/35.09")), IsOk());

  EXPECT_THAT(Short(server.WaitForEntries(2)),
              ElementsAre("ENDED allowed OK regency", "ENDED allowed OK region"));
}

TEST(AuditLog, RecordsRefusalsForWantOfPermission) {
  AuditedServer server;
  const rpc::OutgoingCall curious = As("curious", Role::kPlanner, kOther);

  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(server.Get(rpc::kDocument, curious),
                StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
  }

  const auto entries = server.WaitForEntries(3);
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(Short(entries[2]), "REFUSED denied PERMISSION_DENIED curious");
  EXPECT_EQ(entries[2].tenant(), rpc::kAgency);
  EXPECT_EQ(entries[2].reason(), "PERMISSION_DENIED");
  EXPECT_THAT(entries[2].scopes(), ElementsAre(kOther));
  EXPECT_FALSE(entries[2].has_repeats());
}

TEST(AuditLog, CountsAFloodOfStrangers) {
  constexpr int kCalls = 200;
  AuditedServer server;
  rpc::OutgoingCall stranger = rpc::TestServer::WithDeadline();
  stranger.dev_identity = "subject=canary-of-an-identity";

  for (int i = 0; i < kCalls; ++i) {
    EXPECT_THAT(server.Get(rpc::kDocument, stranger),
                StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
  }
  server.End();

  const auto entries = server.Entries();
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(Short(entries[0]), "REFUSED denied UNAUTHENTICATED ");
  EXPECT_FALSE(entries[0].has_repeats());
  EXPECT_EQ(entries[1].repeats().count(), kCalls - 1u);
  EXPECT_THAT(entries[0].DebugString() + entries[1].DebugString(), Not(HasSubstr("canary")));
}

// One with a valid identity may not fill the trail, whatever tenants it asks about.
TEST(AuditLog, CountsAFloodOfDenials) {
  constexpr int kCalls = 500;
  AuditedServer server;
  const rpc::OutgoingCall curious = As("curious", Role::kPlanner, kOther);

  for (int i = 0; i < kCalls; ++i) {
    const std::string agency = absl::StrCat("regions/11/agencies/a", i);
    EXPECT_THAT(server.Get(absl::StrCat(agency, "/documents/d"), curious),
                StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
  }
  server.End();

  const RefusalCountsOptions limits;
  const auto entries = server.Entries();
  uint64_t calls = 0;
  for (const v1::AuditEntry& entry : entries) {
    EXPECT_EQ(entry.subject(), "curious");
    EXPECT_EQ(entry.reason(), "PERMISSION_DENIED");
    calls += entry.has_repeats() ? entry.repeats().count() : 1;
  }
  EXPECT_EQ(calls, uint64_t{kCalls});
  EXPECT_EQ(entries.size(), limits.denials_alone_max + limits.kinds_of_subject_max + 1);
}

TEST(AuditLog, KeepsNothingOfThePayload) {
  AuditedServer server;

  ASSERT_THAT(server.Get(rpc::kDocument, As("r", Role::kVerifier, "regions/35")), IsOk());

  ASSERT_EQ(server.WaitForEntries(1).size(), 1u);
  EXPECT_THAT(server.log.Read(0, {})->records[0].record, Not(HasSubstr("canary")));
}

TEST(AuditLog, AnswersAWriteOnlyWhenItsAdmissionIsStored) {
  AuditedServer server;
  server.log.Hold();

  std::future<absl::Status> answer = std::async(std::launch::async, [&server] {
    return server.Put(rpc::kDocument, As("planner", Role::kPlanner, rpc::kAgency));
  });
  while (server.tests->handled == 0) std::this_thread::yield();
  // The handler has answered on the server; a read that comes after it is answered before it.
  ASSERT_THAT(server.Get(rpc::kDocument, As("own", Role::kPlanner, rpc::kAgency)), IsOk());
  EXPECT_EQ(answer.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);

  server.log.Release();

  EXPECT_THAT(answer.get(), IsOk());
  EXPECT_GE(server.Entries().size(), 1u);
}

TEST(AuditLog, LetsNothingInThatItCannotRecord) {
  AuditedServer server;
  const rpc::OutgoingCall planner = As("planner", Role::kPlanner, rpc::kAgency);
  const rpc::OutgoingCall verifier = As("verifier", Role::kVerifier, "regions/35.09");
  const auto unavailable = StatusIs(StatusCode::kUnavailable, "AUDIT_UNAVAILABLE");
  server.log.Refuse(MakeError(StatusCode::kResourceExhausted, "DISK_FULL", "full"));

  EXPECT_THAT(server.Put(rpc::kDocument, planner), unavailable);
  const int handled = server.tests->handled;
  EXPECT_THAT(server.Put(rpc::kDocument, planner), unavailable);
  EXPECT_THAT(server.Get(rpc::kDocument, verifier), unavailable);
  EXPECT_EQ(server.tests->handled, handled);
  EXPECT_THAT(server.Get(rpc::kDocument, planner), IsOk());
  EXPECT_THAT(server.Get("regions/35.09", planner),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));

  server.log.Refuse(absl::OkStatus());
  absl::Status put;
  do {
    put = server.Put(rpc::kDocument, planner);
  } while (absl::IsUnavailable(put));
  EXPECT_THAT(put, IsOk());
  server.End();

  uint64_t unavailables = 0, denials = 0, writes = 0;
  for (const v1::AuditEntry& entry : server.Entries()) {
    const uint64_t count = entry.has_repeats() ? entry.repeats().count() : 1;
    if (entry.reason() == "AUDIT_UNAVAILABLE" && entry.event() == v1::AuditEntry::EVENT_REFUSED) {
      unavailables += count;
    }
    if (entry.reason() == "PERMISSION_DENIED") denials += count;
    if (entry.event() == v1::AuditEntry::EVENT_BEGAN) writes += count;
  }
  EXPECT_GE(unavailables, 2u);
  EXPECT_EQ(denials, 1u);
  EXPECT_EQ(writes, 2u);
}

TEST(AuditLog, RefusesWhatItHasNoRoomForAndCountsThat) {
  AuditedServer server({.writer = {.places_max = 0}});
  const rpc::OutgoingCall planner = As("planner", Role::kPlanner, rpc::kAgency);

  EXPECT_THAT(server.Put(rpc::kDocument, planner),
              StatusIs(StatusCode::kResourceExhausted, "OVERLOADED"));
  EXPECT_THAT(server.Get(rpc::kDocument, planner), IsOk());
  EXPECT_EQ(server.log.end_position(), 0u);
}

// Those without room are counted, each PERMISSION_DENIED too: none is dropped.
TEST(AuditLog, CountsRefusalsThatFindNoRoom) {
  constexpr int kCalls = 5;
  AuditedServer server({.writer = {.places_max = 1}});
  server.log.Hold();
  const rpc::OutgoingCall curious = As("curious", Role::kPlanner, kOther);

  for (int i = 0; i < 1 + kCalls; ++i) {
    EXPECT_THAT(server.Get(rpc::kDocument, curious),
                StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
  }
  server.log.Release();
  ASSERT_EQ(server.WaitForEntries(1).size(), 1u);
  server.End();

  const auto entries = server.Entries();
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_FALSE(entries[0].has_repeats());
  EXPECT_EQ(entries[1].repeats().count(), uint64_t{kCalls});
  EXPECT_EQ(entries[1].reason(), "PERMISSION_DENIED");
}

TEST(AuditLog, RecordsAStreamWhenItBeginsAndWhenItHasEnded) {
  AuditedServer server;
  rpctest::v1::CountRequest request;
  request.set_scope("regions/35.09");
  request.set_messages(3);
  grpc::ClientContext context;
  rpc::Prepare(As("follower", Role::kProvinceReader, "regions/35"), context);

  const auto reader = server.stub->Count(&context, request);
  rpctest::v1::CountResponse response;
  while (reader->Read(&response)) continue;
  ASSERT_TRUE(reader->Finish().ok());

  const auto entries = server.WaitForEntries(2);
  ASSERT_THAT(Short(entries),
              ElementsAre("BEGAN allowed OK follower", "ENDED allowed OK follower"));
  EXPECT_EQ(entries[1].response_messages(), 3u);
}

TEST(PolicyDigest, ChangesWithTheMethodsAndNotWithTheirOrder) {
  const std::string test = rpctest::v1::TestService::service_full_name();
  const std::string audit = v1::AuditService::service_full_name();
  const auto digest = [](const std::vector<std::string>& services) {
    return PolicyDigest(rpc::MethodTable::Create(services).value());
  };

  EXPECT_EQ(digest({test, audit}), digest({audit, test}));
  EXPECT_NE(digest({test, audit}), digest({test}));
  EXPECT_EQ(digest({test}).size(), 32u);
}

}  // namespace
}  // namespace sakip::audit
