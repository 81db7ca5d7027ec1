// Reads and follows a log in memory over gRPC as a client does.
#include "common/eventlog/event_log_service.h"

#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/mutex.h"
#include "common/eventlog/memory_event_log.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/eventlog/testing/stream_reader.h"
#include "common/rpc/server.h"
#include "common/rpc/test_call.h"
#include "common/testing/status_matchers.h"

namespace sakip::eventlog {
namespace {

using absl::StatusCode;
using sakip::testing::HasField;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Stub = v1::EventLogService::Stub;

constexpr absl::Duration kPatience = kStreamPatience;

// `0 1 3`, as the records themselves say.
std::vector<uint64_t> Positions(
    const google::protobuf::RepeatedPtrField<v1::StoredRecord>& records) {
  std::vector<uint64_t> positions;
  for (const v1::StoredRecord& record : records) positions.push_back(PositionOf(record.record()));
  return positions;
}

class Following : public StreamReader<v1::FollowRecordsResponse> {
 public:
  Following(Stub& stub, uint64_t from_position, const std::string& scope,
            const std::string& dev_identity = "")
      : StreamReader(
            dev_identity,
            [&](grpc::ClientContext* context) {
              v1::FollowRecordsRequest request;
              request.set_from_position(from_position);
              request.set_scope(scope);
              return stub.FollowRecords(context, request);
            },
            [](const v1::FollowRecordsResponse& message) {
              return eventlog::Positions(message.records());
            }) {}
};

class EventLogServiceTest : public ::testing::Test {
 protected:
  EventLogServiceTest() {
    rpc::GateOptions gate_options;
    gate_options.services = {v1::EventLogService::service_full_name()};
    gate_ = rpc::Gate::Create(std::move(gate_options)).value();
    service_ = std::make_unique<EventLogService>(*gate_, log_);
    rpc::ServerOptions server_options;
    server_options.services = {service_.get()};
    server_ = rpc::Server::Start(std::move(server_options), *gate_).value();
    stub_ = v1::EventLogService::NewStub(server_->InProcessChannel());
  }

  // Appends one record of a tenant.
  void Append(const std::string& tenant, const std::string& payload = "payload") {
    const std::string stream = absl::StrCat(tenant, "/years/2023");
    ASSERT_THAT(
        AppendNow(log_, TestRequest(absl::StrCat("r", log_.end_position()),
                                    log_.StreamRevision(stream).value(), stream, {payload})),
        IsOk());
  }

  // Positions 0 to 4 are of five agencies.
  void AppendOfFiveAgencies() {
    for (const char* agency : {"regions/35/agencies/bappeda", "regions/35.09/agencies/dinsos",
                               "regions/35.09/agencies/dinsos-2", "regions/35.10/agencies/dinsos",
                               "regions/36/agencies/bappeda"}) {
      Append(agency);
    }
  }

  absl::StatusOr<v1::ReadRecordsResponse> Read(uint64_t from_position,
                                               const std::string& scope = "regions/-",
                                               uint32_t max_records = 0,
                                               const std::string& dev_identity = "") {
    v1::ReadRecordsRequest request;
    request.set_from_position(from_position);
    request.set_scope(scope);
    request.set_max_records(max_records);
    return rpc::CallNow(*stub_, &Stub::ReadRecords, request, dev_identity);
  }

  MemoryEventLog log_;
  std::unique_ptr<rpc::Gate> gate_;
  std::unique_ptr<EventLogService> service_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<Stub> stub_;
};

TEST_F(EventLogServiceTest, TellsHowLongTheLogIs) {
  EXPECT_EQ(rpc::CallNow(*stub_, &Stub::GetHead, {})->end_position(), 0);
  AppendOfFiveAgencies();
  EXPECT_EQ(rpc::CallNow(*stub_, &Stub::GetHead, {})->end_position(), 5);
}

TEST_F(EventLogServiceTest, ReadsPagesOfStoredBytes) {
  AppendOfFiveAgencies();

  const auto first = Read(0, "regions/-", 3);
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(Positions(first->records()), ElementsAre(0, 1, 2));
  EXPECT_EQ(first->next_position(), 3);
  EXPECT_EQ(first->end_position(), 5);
  const auto second = Read(3, "regions/-", 3);
  EXPECT_THAT(Positions(second->records()), ElementsAre(3, 4));
  EXPECT_EQ(second->next_position(), 5);
  EXPECT_THAT(Positions(Read(5)->records()), IsEmpty());

  const std::vector<StoredRecord> stored = ReadAll(log_).value();
  EXPECT_EQ(first->records(1).record(), stored[1].record);
  EXPECT_EQ(first->records(1).leaf_hash(), stored[1].leaf_hash);
  EXPECT_EQ(LeafHash(first->records(1).record()), stored[1].leaf_hash);
}

TEST_F(EventLogServiceTest, APageEndsAt128RecordsAndAt64Kibibytes) {
  for (int i = 0; i < 130; ++i) Append(kTestAgency);
  EXPECT_EQ(Read(0)->records_size(), 128);
  EXPECT_EQ(Read(0, "regions/-", 5000)->records_size(), 130);

  for (int i = 0; i < 3; ++i) Append(kTestAgency, std::string(40 * 1024, 'x'));
  EXPECT_EQ(Read(130)->records_size(), 2);
}

TEST_F(EventLogServiceTest, ReadsWhatTheScopeCovers) {
  AppendOfFiveAgencies();

  EXPECT_THAT(Positions(Read(0, "regions/35")->records()), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(Positions(Read(0, "regions/35.09")->records()), ElementsAre(1, 2));
  EXPECT_THAT(Positions(Read(0, "regions/35.10")->records()), ElementsAre(3));
  EXPECT_THAT(Positions(Read(0, "regions/35.11")->records()), IsEmpty());
  EXPECT_THAT(Positions(Read(0, "regions/35.09/agencies/dinsos")->records()), ElementsAre(1));
  // Positions stay as they are, also where all was left out.
  EXPECT_EQ(Read(0, "regions/37")->next_position(), 5);
}

TEST_F(EventLogServiceTest, RefusesScopesThatAreNoRegionAndNoAgency) {
  for (const char* scope : {"", "35", "regions/35.1", "regions/35.09/agencies/dinsos/years/2023",
                            "regions/35.09/agencies/dinsos/annualPlans/2023"}) {
    EXPECT_THAT(Read(0, scope), HasField("scope")) << scope;
    EXPECT_THAT(Following(*stub_, 0, scope).End(), HasField("scope")) << scope;
  }
}

TEST_F(EventLogServiceTest, RefusesForeignScopes) {
  AppendOfFiveAgencies();
  constexpr char kOf3510[] = "subject=x;roles=auditor;scopes=regions/35.10";

  for (const char* scope :
       {"regions/35", "regions/35.09", "regions/-", "regions/35.09/agencies/dinsos"}) {
    EXPECT_THAT(Read(0, scope, 0, kOf3510),
                StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
    EXPECT_THAT(Following(*stub_, 0, scope, kOf3510).End(),
                StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
  }
  EXPECT_THAT(Positions(Read(0, "regions/35.10", 0, kOf3510)->records()), ElementsAre(3));
}

TEST_F(EventLogServiceTest, APositionBeyondTheEndIsRefused) {
  AppendOfFiveAgencies();

  EXPECT_THAT(Read(6), StatusIs(StatusCode::kOutOfRange, "POSITION_AHEAD_OF_LOG"));
  EXPECT_THAT(Following(*stub_, 6, "regions/-").End(),
              StatusIs(StatusCode::kOutOfRange, "POSITION_AHEAD_OF_LOG"));
}

TEST_F(EventLogServiceTest, FollowsWhatIsStoredAndThenWhatComes) {
  for (int i = 0; i < 300; ++i) Append(kTestAgency);
  Following following(*stub_, 10, "regions/-");

  const std::vector<uint64_t> stored = following.ReadTo(300);
  ASSERT_EQ(stored.size(), 290);
  for (size_t i = 0; i < stored.size(); ++i) ASSERT_EQ(stored[i], 10 + i);
  EXPECT_EQ(following.message.end_position(), 300);

  for (uint64_t end = 301; end < 320; ++end) {
    Append(kTestAgency);
    EXPECT_THAT(following.ReadTo(end), ElementsAre(end - 1));
  }
}

TEST_F(EventLogServiceTest, AFollowerFromTheEndIsToldSoAndGetsWhatComes) {
  AppendOfFiveAgencies();
  Following following(*stub_, 5, "regions/-");

  ASSERT_TRUE(following.Next());
  EXPECT_THAT(following.Positions(), IsEmpty());
  EXPECT_EQ(following.message.next_position(), 5);
  EXPECT_EQ(following.message.end_position(), 5);

  Append(kTestAgency);
  EXPECT_THAT(following.ReadTo(6), ElementsAre(5));
}

TEST_F(EventLogServiceTest, FollowsWhatTheScopeCovers) {
  AppendOfFiveAgencies();
  Following following(*stub_, 0, "regions/35.09");
  EXPECT_THAT(following.ReadTo(5), ElementsAre(1, 2));

  Append("regions/35.10/agencies/dinsos");
  Append("regions/35.09/agencies/baru");
  EXPECT_THAT(following.ReadTo(7), ElementsAre(6));
  // The follower learns where the log ends also where nothing is for it.
  for (int i = 0; i < 300; ++i) Append("regions/36/agencies/bappeda");
  EXPECT_THAT(following.ReadTo(307), IsEmpty());
}

// Code lists and reference values of a region are for everyone above and below it.
TEST_F(EventLogServiceTest, WhatARegionHasIsForAllScopesBelowIt) {
  for (const char* region : {"regions/35", "regions/35.09", "regions/36"}) Append(region);

  EXPECT_THAT(Positions(Read(0, "regions/35")->records()), ElementsAre(0, 1));
  EXPECT_THAT(Positions(Read(0, "regions/35.09")->records()), ElementsAre(0, 1));
  EXPECT_THAT(Positions(Read(0, "regions/35.10")->records()), ElementsAre(0));
  Following following(*stub_, 0, "regions/35.09/agencies/dinsos");
  EXPECT_THAT(following.ReadTo(3), ElementsAre(0, 1));
  for (const char* region : {"regions/35", "regions/35.10"}) Append(region);
  EXPECT_THAT(following.ReadTo(5), ElementsAre(3));
}

TEST_F(EventLogServiceTest, ASlowFollowerMissesNothingAndHoldsNobodyUp) {
  Following slow(*stub_, 0, "regions/-");
  Following fast(*stub_, 0, "regions/-");
  // More than the flow control lets pass.
  for (int i = 0; i < 200; ++i) Append(kTestAgency, std::string(20000, 'x'));

  EXPECT_EQ(fast.ReadTo(200).size(), 200);
  const std::vector<uint64_t> positions = slow.ReadTo(200);

  ASSERT_EQ(positions.size(), 200);
  for (size_t i = 0; i < positions.size(); ++i) ASSERT_EQ(positions[i], i);
}

TEST_F(EventLogServiceTest, ALargeRecordGoesAlone) {
  for (const size_t bytes : {40'000, 100, 4'000'000, 100, 40'000, 40'000}) {
    Append(kTestAgency, std::string(bytes, 'x'));
  }
  Following following(*stub_, 0, "regions/-");

  std::vector<std::vector<uint64_t>> messages;
  do {
    ASSERT_TRUE(following.Next());
    messages.push_back(following.Positions());
  } while (following.message.next_position() < 6);
  EXPECT_THAT(messages, ElementsAre(ElementsAre(0, 1), ElementsAre(2), ElementsAre(3, 4, 5)));
}

TEST_F(EventLogServiceTest, AFollowerThatCancelsIsGone) {
  for (int i = 0; i < 20; ++i) {
    Following following(*stub_, 0, "regions/-");
    ASSERT_TRUE(following.Next());
    if (i % 2 == 0) Append(kTestAgency);  // It may be writing or waiting.
    following.Cancel();
    EXPECT_THAT(following.End(), StatusIs(StatusCode::kCancelled));
  }
}

TEST_F(EventLogServiceTest, ADrainEndsTheStreamsAtOnce) {
  AppendOfFiveAgencies();
  // A channel within the process is cut off by the shutdown; a real one sees how streams end.
  const auto stub =
      v1::EventLogService::NewStub(rpc::MakeChannel({.target = server_->address()}).value());
  Following waiting(*stub, 0, "regions/-");
  waiting.ReadTo(5);
  Following elsewhere(*stub, 5, "regions/36");
  ASSERT_TRUE(elsewhere.Next());
  const absl::Time begin = absl::Now();

  std::future<void> drained = std::async(std::launch::async, [this] { server_->Drain(); });

  EXPECT_THAT(waiting.End(), StatusIs(StatusCode::kUnavailable, "SHUTTING_DOWN"));
  EXPECT_THAT(elsewhere.End(), StatusIs(StatusCode::kUnavailable, "SHUTTING_DOWN"));
  drained.get();
  EXPECT_LT(absl::Now() - begin, rpc::DrainOptions().grace / 2);
}

// Counts what happens on other threads. Thread-safe.
class Count {
 public:
  void Add() {
    MutexLock lock(mutex_);
    ++count_;
    changed_.notify_all();
  }

  // Waits until it is `wanted`; returns what it is then or after kPatience.
  int Await(int wanted) {
    const auto deadline = std::chrono::steady_clock::now() + absl::ToChronoSeconds(kPatience);
    MutexLock lock(mutex_);
    while (count_ < wanted && changed_.wait_until(mutex_, deadline) != std::cv_status::timeout) {
    }
    return count_;
  }

 private:
  Mutex mutex_;
  ConditionVariable changed_;
  int count_ ABSL_GUARDED_BY(mutex_) = 0;
};

// Follows without a thread, from position 0 to `end`, then cancels. Deletes itself.
class IdleFollower final : public grpc::ClientReadReactor<v1::FollowRecordsResponse> {
 public:
  struct Counts {
    Count idle, reached, gone;
  };

  IdleFollower(Stub& stub, uint64_t end, Counts& counts) : end_(end), counts_(counts) {
    rpc::Prepare({.deadline = rpc::CallDeadline(kPatience)}, context_);
    request_.set_scope("regions/-");
    stub.async()->FollowRecords(&context_, &request_, this);
    StartRead(&message_);
    StartCall();
  }

  void OnReadDone(bool ok) override {
    if (!ok) return;
    if (message_.next_position() == 0) counts_.idle.Add();
    if (message_.next_position() == end_) {
      counts_.reached.Add();
      context_.TryCancel();
    }
    StartRead(&message_);
  }

  void OnDone(const grpc::Status&) override {
    Count& gone = counts_.gone;
    delete this;
    gone.Add();
  }

 private:
  const uint64_t end_;
  Counts& counts_;
  grpc::ClientContext context_;
  v1::FollowRecordsRequest request_;
  v1::FollowRecordsResponse message_;
};

TEST_F(EventLogServiceTest, OneAppendReachesTwoHundredIdleFollowers) {
  constexpr int kFollowers = 200;
  IdleFollower::Counts counts;
  for (int i = 0; i < kFollowers; ++i) new IdleFollower(*stub_, 1, counts);
  EXPECT_EQ(counts.idle.Await(kFollowers), kFollowers);

  Append(kTestAgency);

  EXPECT_EQ(counts.reached.Await(kFollowers), kFollowers);
  EXPECT_EQ(counts.gone.Await(kFollowers), kFollowers);
}

TEST_F(EventLogServiceTest, OffersNoCheckpointsWithoutAKey) {
  EXPECT_THAT(rpc::CallNow(*stub_, &Stub::GetCheckpoint, {}),
              StatusIs(StatusCode::kUnimplemented, "NOT_OFFERED"));
}

}  // namespace
}  // namespace sakip::eventlog
