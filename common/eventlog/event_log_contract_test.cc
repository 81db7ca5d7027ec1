// What every engine of the event log promises to writers and readers.
#include "common/eventlog/testing/event_log_contract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <map>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/eventlog/payload.h"
#include "common/eventlog/record.h"

namespace sakip::eventlog {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

INSTANTIATE_TEST_SUITE_P(Engines, EventLogContractTest, ::testing::ValuesIn(Engines()),
                         [](const auto& info) { return info.param.name; });

TEST_P(EventLogContractTest, IsEmptyAtFirst) {
  const auto read = log_->Read(0, {});

  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(read->records, SizeIs(0));
  EXPECT_EQ(read->next_position, 0u);
  EXPECT_EQ(read->end_position, 0u);
  EXPECT_EQ(log_->end_position(), 0u);
  EXPECT_EQ(log_->StreamRevision(kTestStream).value(), 0u);
}

TEST_P(EventLogContractTest, ServesWhatWasAppendedInOrder) {
  const auto first = AppendNow(*log_, TestRequest("r1", 0, kTestStream, {"a", "b"}));
  clock_.Advance(absl::Seconds(1));
  const auto second = AppendNow(*log_, TestRequest("r2", 2, kTestStream, {"c"}));
  Reopen();

  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(first->first_position, 0u);
  EXPECT_EQ(first->last_position, 1u);
  EXPECT_EQ(first->stream_revision, 2u);
  EXPECT_EQ(first->recorded_time, kNow);
  EXPECT_FALSE(first->repeated);
  EXPECT_EQ(second->first_position, 2u);
  EXPECT_EQ(second->recorded_time, kNow + absl::Seconds(1));
  const auto records = ReadAll(*log_);
  ASSERT_TRUE(records.ok()) << records.status();
  EXPECT_THAT(Payloads(*records), ElementsAre("a", "b", "c"));
  EXPECT_EQ((*records)[2].leaf_hash, second->leaf_hash);
  EXPECT_TRUE(CheckHistory(*records).ok()) << CheckHistory(*records);
  EXPECT_EQ(log_->end_position(), 3u);
  EXPECT_EQ(log_->StreamRevision(kTestStream).value(), 3u);
}

TEST_P(EventLogContractTest, AnswersARepeatWithTheFirstResult) {
  const auto first = AppendNow(*log_, TestRequest("r1", 0, kTestStream, {"a", "b"}));
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r2", 2)).ok());
  Reopen();
  clock_.Advance(absl::Hours(1));

  const auto again = AppendNow(*log_, TestRequest("r1", 0, kTestStream, {"a", "b"}));
  const auto found = log_->FindRequest(kTestAgency, "r1", TestRequest("r1").request_digest);

  ASSERT_TRUE(first.ok() && again.ok() && found.ok()) << again.status() << found.status();
  ASSERT_TRUE(found->has_value());
  for (const AppendResult& result : {*again, **found}) {
    EXPECT_TRUE(result.repeated);
    EXPECT_EQ(result.first_position, 0u);
    EXPECT_EQ(result.last_position, 1u);
    EXPECT_EQ(result.stream_revision, 2u);
    EXPECT_EQ(result.leaf_hash, first->leaf_hash);
    EXPECT_EQ(result.recorded_time, kNow);
  }
  EXPECT_EQ(log_->end_position(), 3u);
}

TEST_P(EventLogContractTest, RefusesARequestIdThatWasUsedForOtherContent) {
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r1")).ok());
  Reopen();
  AppendRequest reuse = TestRequest("r1", 1);
  reuse.request_digest = std::string(kHashBytes, 'x');

  const auto found = log_->FindRequest(kTestAgency, "r1", reuse.request_digest);
  const auto appended = AppendNow(*log_, reuse);

  EXPECT_EQ(appended.status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(ErrorReason(appended.status()), "REQUEST_ID_REUSED");
  EXPECT_EQ(ErrorReason(found.status()), "REQUEST_ID_REUSED");
  EXPECT_EQ(log_->end_position(), 1u);
}

TEST_P(EventLogContractTest, KeepsRequestIdsByAgency) {
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r1")).ok());

  const auto other = AppendNow(*log_, TestRequest("r1", 0, "regions/35.09/agencies/dinkes/x"));
  const auto found =
      log_->FindRequest("regions/35.09/agencies/dinke", "r1", TestRequest("r1").request_digest);

  ASSERT_TRUE(other.ok()) << other.status();
  EXPECT_FALSE(other->repeated);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_FALSE(found->has_value());
}

TEST_P(EventLogContractTest, ARegionIsATenantOfItsOwn) {
  constexpr char kEdition[] = "regions/35.09/codeEditions/permendagri-90";
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r1")).ok());
  const auto first = AppendNow(*log_, TestRequest("r1", 0, kEdition));
  const auto second = AppendNow(*log_, TestRequest("r2", 0, "regions/35.09/referenceValues"));
  Reopen();

  const auto again = AppendNow(*log_, TestRequest("r1", 0, kEdition));
  const auto found = log_->FindRequest("regions/35.09", "r2", TestRequest("r2").request_digest);

  ASSERT_TRUE(first.ok() && second.ok() && again.ok()) << again.status();
  EXPECT_FALSE(first->repeated);
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->first_position, 1u);
  ASSERT_TRUE(found.ok() && found->has_value()) << found.status();
  EXPECT_EQ((*found)->first_position, 2u);
  const auto records = ReadAll(*log_);
  ASSERT_TRUE(records.ok()) << records.status();
  EXPECT_EQ(ParseRecord((*records)[2])->agency_sequence(), 2u);
  EXPECT_EQ(ParseRecord((*records)[2])->previous_agency_hash(), first->leaf_hash);
  EXPECT_TRUE(CheckHistory(*records).ok()) << CheckHistory(*records);
  const absl::Status verified = log_->Verify([](uint64_t, uint64_t) { return true; });
  EXPECT_TRUE(verified.ok()) << verified;
}

TEST_P(EventLogContractTest, RefusesAStaleRevisionAndTellsTheCurrentOne) {
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r1")).ok());
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r2", 1)).ok());
  Reopen();

  for (const uint64_t expected : {0, 1, 3}) {
    const auto refused = AppendNow(*log_, TestRequest("r3", expected));
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kAborted);
    EXPECT_EQ(ErrorReason(refused.status()), "REVISION_CONFLICT");
    EXPECT_EQ(ErrorFacts(refused.status()), (std::vector<ErrorFact>{{"current_revision", "2"}}));
  }
  EXPECT_TRUE(AppendNow(*log_, TestRequest("r3", 2)).ok());
  EXPECT_EQ(log_->end_position(), 3u);
}

TEST_P(EventLogContractTest, RefusesAMalformedRequestAndStoresNothing) {
  for (AppendRequest bad :
       {TestRequest("r1", 0, "regions/-"), TestRequest("r1", 0, kTestStream, {}),
        TestRequest("r1", 0, kTestStream, {std::string(EventLog::kAppendBytesMax + 1, 'x')})}) {
    const auto refused = AppendNow(*log_, bad);
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(ErrorReason(refused.status()), "INVALID_FIELD");
  }
  EXPECT_EQ(log_->end_position(), 0u);
}

TEST_P(EventLogContractTest, NeverRecordsATimeBeforeTheLastOne) {
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r1")).ok());
  Reopen();
  clock_.Set(kNow - absl::Hours(1));

  const auto result = AppendNow(*log_, TestRequest("r2", 1));

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->recorded_time, kNow);
}

TEST_P(EventLogContractTest, EndsAReadAtEitherLimitButReturnsAtLeastOne) {
  ASSERT_TRUE(
      AppendNow(*log_, TestRequest("r1", 0, kTestStream, std::vector<std::string>(10, "x"))).ok());
  const size_t record_bytes = log_->Read(1, {.records = 1})->records[0].record.size();

  EXPECT_THAT(log_->Read(2, {.records = 3})->records, SizeIs(3));
  EXPECT_EQ(log_->Read(2, {.records = 3})->next_position, 5u);
  EXPECT_EQ(log_->Read(2, {.records = 3})->end_position, 10u);
  EXPECT_THAT(log_->Read(8, {.records = 3})->records, SizeIs(2));
  EXPECT_THAT(log_->Read(1, {.bytes = 1})->records, SizeIs(1));
  EXPECT_THAT(log_->Read(1, {.bytes = record_bytes})->records, SizeIs(1));
  EXPECT_THAT(log_->Read(1, {.bytes = record_bytes + 1})->records, SizeIs(2));
  EXPECT_THAT(log_->Read(1, {.records = 0, .bytes = 0})->records, SizeIs(1));
}

TEST_P(EventLogContractTest, RefusesAReadBeyondTheEnd) {
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r1")).ok());

  EXPECT_THAT(log_->Read(1, {})->records, SizeIs(0));
  const auto beyond = log_->Read(2, {});
  EXPECT_EQ(beyond.status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(ErrorReason(beyond.status()), "POSITION_AHEAD_OF_LOG");
}

TEST_P(EventLogContractTest, WakesAWaiterOnceThereIsMore) {
  std::promise<uint64_t> seen;
  EventLog* log = log_.get();
  log_->WaitForMore(0, [&, log] { seen.set_value(log->end_position()); });
  std::future<uint64_t> woken = seen.get_future();

  ASSERT_TRUE(AppendNow(*log_, TestRequest("r1")).ok());
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r2", 1)).ok());

  ASSERT_EQ(woken.wait_for(std::chrono::minutes(1)), std::future_status::ready);
  EXPECT_EQ(woken.get(), 1u);
}

TEST_P(EventLogContractTest, WakesAWaiterAtOnceWhereThereIsMoreAlready) {
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r1")).ok());
  int calls = 0;

  log_->WaitForMore(0, [&] { ++calls; });

  EXPECT_EQ(calls, 1);
}

TEST_P(EventLogContractTest, DoesNotWakeAWaiterThatWasCancelled) {
  std::atomic<int> calls = 0;
  const WaitId id = log_->WaitForMore(0, [&] { ++calls; });

  log_->CancelWait(id);
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r1")).ok());

  EXPECT_EQ(calls, 0);
}

TEST_P(EventLogContractTest, ShowsTheObserverAllRecordsInOrder) {
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r1", 0, kTestStream, {"a", "b"})).ok());
  Reopen();
  std::vector<StoredRecord> seen;

  ASSERT_TRUE(log_->Observe([&](uint64_t position, const StoredRecord& record) {
                    EXPECT_EQ(position, seen.size());
                    seen.push_back(record);
                  })
                  .ok());
  EXPECT_THAT(seen, SizeIs(2));
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r2", 2, kTestStream, {"c"})).ok());

  EXPECT_THAT(Payloads(seen), ElementsAre("a", "b", "c"));
  EXPECT_TRUE(CheckHistory(seen).ok()) << CheckHistory(seen);
}

TEST_P(EventLogContractTest, ShowsTheObserverARecordBeforeTheAnswerAndBeforeReaders) {
  std::atomic<uint64_t> observed = 0;
  std::atomic<uint64_t> end_while_observing = 0;
  EventLog* log = log_.get();
  ASSERT_TRUE(log_->Observe([&, log](uint64_t position, const StoredRecord&) {
                    end_while_observing = log->end_position();
                    observed = position + 1;
                  })
                  .ok());
  std::promise<uint64_t> at_answer;

  log_->Append(TestRequest("r1"),
               [&](const auto& result) { at_answer.set_value(result.ok() ? observed.load() : 0); });
  std::future<uint64_t> answer = at_answer.get_future();

  ASSERT_EQ(answer.wait_for(std::chrono::minutes(1)), std::future_status::ready);
  EXPECT_EQ(answer.get(), 1u);
  EXPECT_EQ(end_while_observing, 0u);
}

// The observer gives way to the reader while it is being shown a record, for longer than a read
// takes; that the reader is in its read by then cannot be seen from outside, but mostly it is.
TEST_P(EventLogContractTest, WhatTheObserverWasShownCanBeReadByItsPosition) {
  constexpr uint64_t kRecords = 100;
  constexpr int kGivesWay = 100;
  std::atomic<uint64_t> observed = 0;
  std::atomic<uint64_t> reading = 0;
  ASSERT_TRUE(log_->Observe([&](uint64_t position, const StoredRecord&) {
                    observed = position + 1;
                    while (reading <= position) std::this_thread::yield();
                    for (int i = 0; i < kGivesWay; ++i) std::this_thread::yield();
                  })
                  .ok());
  std::thread reader([&] {
    for (uint64_t position = 0; position < kRecords; ++position) {
      while (observed <= position) std::this_thread::yield();
      reading = position + 1;
      const auto record = ReadRecord(*log_, position);
      EXPECT_TRUE(record.ok()) << record.status();
    }
  });
  for (uint64_t i = 0; i < kRecords; ++i) {
    EXPECT_TRUE(AppendNow(*log_, TestRequest(absl::StrCat("r", i), i)).ok());
  }
  reader.join();
}

// Holds the committer in the observer, so that appends pile up behind it for as long as a test
// needs.
class Gate {
 public:
  explicit Gate(EventLog& log) {
    EXPECT_TRUE(log.Observe([this](uint64_t, const StoredRecord&) {
                     if (!held_.exchange(true)) {
                       closed_.set_value();
                       opened_.get_future().wait();
                     }
                   })
                    .ok());
  }
  void WaitUntilClosed() { closed_.get_future().wait(); }
  void Open() { opened_.set_value(); }

 private:
  std::atomic<bool> held_ = false;
  std::promise<void> closed_, opened_;
};

TEST_P(EventLogContractTest, RefusesWhatIsOverTheLimitOfRequestsAndTakesItLater) {
  Open({.in_flight_requests_max = 3});
  Gate gate(*log_);
  std::vector<FutureAnswer> taken;
  taken.push_back(StartAppend(*log_, TestRequest("r0", 0)));
  gate.WaitUntilClosed();
  taken.push_back(StartAppend(*log_, TestRequest("r1", 1)));
  taken.push_back(StartAppend(*log_, TestRequest("r2", 2)));

  for (int i = 0; i < 100; ++i) {
    const auto refused = AppendNow(*log_, TestRequest("r3", 3));
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kResourceExhausted);
    EXPECT_EQ(ErrorReason(refused.status()), "OVERLOADED");
  }
  gate.Open();

  for (FutureAnswer& answer : taken) EXPECT_TRUE(Wait(answer).ok());
  EXPECT_TRUE(AppendNow(*log_, TestRequest("r3", 3)).ok());
  EXPECT_EQ(log_->end_position(), 4u);
}

TEST_P(EventLogContractTest, RefusesWhatIsOverTheLimitOfBytesButTakesALargeOneAlone) {
  Open({.in_flight_bytes_max = 10'000});
  Gate gate(*log_);
  FutureAnswer large =
      StartAppend(*log_, TestRequest("r0", 0, kTestStream, {std::string(20'000, 'x')}));
  gate.WaitUntilClosed();

  const auto refused = AppendNow(*log_, TestRequest("r1", 1));
  gate.Open();

  EXPECT_EQ(ErrorReason(refused.status()), "OVERLOADED");
  EXPECT_TRUE(Wait(large).ok());
  EXPECT_TRUE(AppendNow(*log_, TestRequest("r1", 1)).ok());
}

TEST_P(EventLogContractTest, GathersWhatIsQueuedAndShowsLaterOnesTheEarlierOnes) {
  Gate gate(*log_);
  FutureAnswer first = StartAppend(*log_, TestRequest("r0", 0));
  gate.WaitUntilClosed();
  FutureAnswer second = StartAppend(*log_, TestRequest("r1", 1));
  FutureAnswer repeat = StartAppend(*log_, TestRequest("r1", 1));
  FutureAnswer stale = StartAppend(*log_, TestRequest("r2", 1));
  FutureAnswer third = StartAppend(*log_, TestRequest("r2", 2));

  gate.Open();

  EXPECT_TRUE(Wait(first).ok());
  EXPECT_EQ(Wait(second)->first_position, 1u);
  EXPECT_TRUE(Wait(repeat)->repeated);
  EXPECT_EQ(ErrorReason(Wait(stale).status()), "REVISION_CONFLICT");
  EXPECT_EQ(Wait(third)->first_position, 2u);
  EXPECT_TRUE(CheckHistory(*ReadAll(*log_)).ok());
}

TEST_P(EventLogContractTest, AnswersAllThatIsQueuedBeforeItCloses) {
  Gate gate(*log_);
  std::atomic<int> answers = 0;
  for (int i = 0; i < 50; ++i) {
    log_->Append(TestRequest(absl::StrCat("r", i), i), [&](const auto& result) {
      EXPECT_TRUE(result.ok()) << result.status();
      ++answers;
    });
    if (i == 0) gate.WaitUntilClosed();
  }
  gate.Open();

  log_ = nullptr;

  EXPECT_EQ(answers, 50);
}

// Eight writers, each with a stream of its own and one that all share; half of all requests are
// sent twice.
TEST_P(EventLogContractTest, KeepsItsPromisesWithManyWriters) {
  constexpr int kWriters = 8, kAppends = 60;
  std::atomic<int> stored_in_shared = 0, callbacks = 0;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      const std::string own = absl::StrCat("regions/35/agencies/a", writer, "/x");
      const auto send = [&](const AppendRequest& request) {
        const auto result = AppendNow(*log_, request);
        ++callbacks;
        return result;
      };
      for (int i = 0; i < kAppends; ++i) {
        const AppendRequest mine = TestRequest(absl::StrCat("r", i), 2 * i, own, {"a", "b"});
        EXPECT_FALSE(send(mine)->repeated);
        if (i % 2 == 0) {
          EXPECT_TRUE(send(mine)->repeated);
        }
        const AppendRequest shared = TestRequest(absl::StrCat("w", writer, "-", i),
                                                 log_->StreamRevision(kTestStream).value());
        const auto result = send(shared);
        if (result.ok()) {
          ++stored_in_shared;
        } else {
          EXPECT_EQ(ErrorReason(result.status()), "REVISION_CONFLICT");
        }
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  Reopen();

  EXPECT_EQ(callbacks, kWriters * kAppends * 5 / 2);
  const auto records = ReadAll(*log_);
  ASSERT_TRUE(records.ok()) << records.status();
  EXPECT_EQ(records->size(), static_cast<size_t>(2 * kWriters * kAppends + stored_in_shared));
  EXPECT_TRUE(CheckHistory(*records).ok()) << CheckHistory(*records);
  EXPECT_GT(stored_in_shared, 0);
}

// A reader that waits, reads and waits again sees every record once while it is written.
TEST_P(EventLogContractTest, LetsAReaderFollowWithoutGaps) {
  constexpr uint64_t kRecords = 300;
  std::vector<StoredRecord> followed;
  std::thread reader([&] {
    while (followed.size() < kRecords) {
      auto more = std::make_shared<std::promise<void>>();
      std::future<void> ready = more->get_future();
      log_->WaitForMore(followed.size(), [more] { more->set_value(); });
      if (ready.wait_for(std::chrono::minutes(1)) != std::future_status::ready) return;
      const auto read = log_->Read(followed.size(), {.records = 7});
      if (!read.ok()) return;
      followed.insert(followed.end(), read->records.begin(), read->records.end());
    }
  });

  for (uint64_t i = 0; i < kRecords; ++i) {
    StartAppend(*log_, TestRequest(absl::StrCat("r", i), i));
  }
  reader.join();

  EXPECT_THAT(followed, SizeIs(kRecords));
  EXPECT_TRUE(CheckHistory(followed).ok()) << CheckHistory(followed);
}

}  // namespace
}  // namespace sakip::eventlog
