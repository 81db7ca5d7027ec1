// What only the engine on disk promises: what it refuses to open and what it refuses to serve.
// Damage is written through a RocksDB handle of the test's own, as a bad program or a bad disk
// would.
#include "common/eventlog/rocks_event_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/write_batch.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/eventlog/head_file.h"
#include "common/eventlog/keys.h"
#include "common/eventlog/store_check.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/testing/temp_dir.h"

namespace sakip::eventlog {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

std::string Slurp(rocksdb::DB& db, const std::string& key) {
  std::string value;
  EXPECT_TRUE(db.Get({}, key, &value).ok());
  return value;
}

class RocksEventLogTest : public ::testing::Test {
 protected:
  absl::Status Open(size_t write_buffer_bytes = 32 * 1024 * 1024) {
    log_ = nullptr;
    auto log = RocksEventLog::Open(
        {.directory = directory_.path(), .write_buffer_bytes = write_buffer_bytes});
    if (log.ok()) log_ = *std::move(log);
    return log.status();
  }

  // Makes a log of `count` records, one a request, and closes it.
  void Fill(int count, absl::string_view payload = "payload") {
    ASSERT_TRUE(Open().ok());
    std::vector<FutureAnswer> answers;
    for (int i = 0; i < count; ++i) {
      answers.push_back(StartAppend(
          *log_, TestRequest(absl::StrCat("r", i), i, kTestStream, {absl::StrCat(payload, i)})));
    }
    for (FutureAnswer& answer : answers) ASSERT_TRUE(Wait(answer).ok());
    log_ = nullptr;
  }

  // Closes the log and removes it.
  void Wipe() {
    log_ = nullptr;
    std::filesystem::remove_all(directory_.path());
  }

  // Changes the closed store by hand.
  void Change(const std::function<void(rocksdb::DB&)>& change) {
    rocksdb::DB* opened = nullptr;
    rocksdb::Options options;
    options.create_if_missing = true;
    ASSERT_TRUE(rocksdb::DB::Open(options, StorePath(), &opened).ok());
    const std::unique_ptr<rocksdb::DB> db(opened);
    change(*db);
  }

  std::string StorePath() const { return absl::StrCat(directory_.path(), "/store"); }
  std::string HeadPath() const { return absl::StrCat(directory_.path(), "/HEAD"); }

  void FlipByte(uint64_t position, size_t byte) {
    Change([&](rocksdb::DB& db) {
      std::string value = Slurp(db, RecordKey(position));
      value[byte] = static_cast<char>(value[byte] ^ 1);
      EXPECT_TRUE(db.Put({}, RecordKey(position), value).ok());
    });
  }

  // Changes a place in a table of the closed store that has these bytes, the first being 0.
  void FlipInTable(const std::string& bytes, int place) {
    for (const auto& entry : std::filesystem::directory_iterator(StorePath())) {
      if (entry.path().extension() != ".sst") continue;
      std::fstream table(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
      const std::string content(std::istreambuf_iterator<char>(table), {});
      size_t at = content.find(bytes);
      for (int i = 0; i < place && at != std::string::npos; ++i) at = content.find(bytes, at + 1);
      if (at == std::string::npos) continue;
      table.seekp(static_cast<std::streamoff>(at)) << static_cast<char>(content[at] ^ 1);
      return;
    }
    FAIL() << "no table has the place";
  }

  // Opens a log whose table cannot be read where record 5 is.
  void OpenWithADamagedTable() {
    std::mt19937 random(20231121);
    std::string payload(40'000, ' ');  // Each record has a block of its own.
    for (char& letter : payload) letter = static_cast<char>('a' + random() % 26);
    Fill(kMoreThanIsChecked, payload);
    Change([](rocksdb::DB& db) { EXPECT_TRUE(db.CompactRange({}, nullptr, nullptr).ok()); });
    FlipInTable(payload.substr(0, 64), 5);
    ASSERT_TRUE(Open().ok());
  }

  void ExpectRefused(absl::string_view reason, absl::string_view why) {
    const absl::Status status = Open();
    EXPECT_EQ(ErrorReason(status), reason) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(std::string(why)));
  }

  static constexpr int kMoreThanIsChecked = static_cast<int>(kCheckedRecords) + 50;

  sakip::testing::TempDir directory_;
  std::unique_ptr<RocksEventLog> log_;
};

TEST_F(RocksEventLogTest, KeepsEverythingInTablesToo) {
  constexpr int kRounds = 4, kRecords = 200;
  const std::string payload(1000, 'x');
  for (int round = 0; round < kRounds; ++round) {
    ASSERT_TRUE(Open(/*write_buffer_bytes=*/64 * 1024).ok());
    for (int i = round * kRecords; i < (round + 1) * kRecords; ++i) {
      FutureAnswer answer =
          StartAppend(*log_, TestRequest(absl::StrCat("r", i), i, kTestStream, {payload}));
      if (i % 50 == 0) {
        EXPECT_TRUE(Wait(answer).ok());
      }
    }
  }
  ASSERT_TRUE(Open().ok());

  const auto records = ReadAll(*log_);

  ASSERT_TRUE(records.ok()) << records.status();
  EXPECT_THAT(*records, SizeIs(kRounds * kRecords));
  EXPECT_TRUE(CheckHistory(*records).ok()) << CheckHistory(*records);
  for (int i = 0; i < kRounds * kRecords; i += 37) {
    const std::string id = absl::StrCat("r", i);
    const auto found = log_->FindRequest(kTestAgency, id, TestRequest(id).request_digest);
    ASSERT_TRUE(found.ok() && found->has_value()) << i;
    EXPECT_EQ((*found)->first_position, static_cast<uint64_t>(i));
  }
}

TEST_F(RocksEventLogTest, DoesNotServeARecordWithAFlippedByte) {
  for (const size_t byte : {size_t{0}, size_t{31}, size_t{32}, size_t{100}}) {
    Wipe();
    Fill(kMoreThanIsChecked);
    FlipByte(5, byte);
    ASSERT_TRUE(Open().ok());

    const auto before = log_->Read(0, {});
    const auto at = log_->Read(5, {});
    const auto after = log_->Read(6, {.records = 10});

    ASSERT_TRUE(before.ok()) << before.status();
    EXPECT_THAT(before->records, SizeIs(5));
    EXPECT_EQ(before->next_position, 5u);
    EXPECT_EQ(at.status().code(), absl::StatusCode::kDataLoss);
    EXPECT_EQ(ErrorReason(at.status()), "RECORD_DAMAGED");
    EXPECT_THAT(after->records, SizeIs(10));
  }
}

// What the engine says of a damaged table has its path.
TEST_F(RocksEventLogTest, NamesNoFilesToWhoReadsADamagedTable) {
  ASSERT_NO_FATAL_FAILURE(OpenWithADamagedTable());

  for (const absl::Status& damaged :
       {log_->Read(5, {}).status(),
        log_->FindRequest(kTestAgency, "r5", TestRequest("r5").request_digest).status()}) {
    EXPECT_EQ(ErrorReason(damaged), "RECORD_DAMAGED");
    EXPECT_THAT(std::string(damaged.message()), Not(HasSubstr(directory_.path())));
  }
}

TEST_F(RocksEventLogTest, AFloodOfReadsOfADamagedTableIsCountedAndNotWritten) {
  ASSERT_NO_FATAL_FAILURE(OpenWithADamagedTable());

  ::testing::internal::CaptureStderr();
  for (int i = 0; i < 500; ++i) EXPECT_FALSE(log_->Read(5, {}).ok());
  log_ = nullptr;
  std::istringstream logged(::testing::internal::GetCapturedStderr());

  int written = 0;
  int left_out = 0;
  for (std::string text; std::getline(logged, text);) {
    const auto line = nlohmann::json::parse(text);
    if (line["event"] == "log_unreadable") ++written;
    if (line["event"] == "log_unreadable_lines_left_out") {
      left_out += std::stoi(line["lines"].get<std::string>());
    }
  }
  EXPECT_LT(written, 250);  // Ten, where all are read within a second.
  EXPECT_EQ(written + left_out, 500);
}

TEST_F(RocksEventLogTest, DoesNotAnswerOrReplayFromADamagedRecord) {
  Fill(kMoreThanIsChecked);
  FlipByte(5, 40);
  ASSERT_TRUE(Open().ok());
  uint64_t observed = 0;

  const absl::Status replay = log_->Observe([&](uint64_t, const StoredRecord&) { ++observed; });

  EXPECT_EQ(ErrorReason(replay), "RECORD_DAMAGED");
  EXPECT_EQ(observed, 5u);
  EXPECT_EQ(ErrorReason(AppendNow(*log_, TestRequest("r5", 5)).status()), "RECORD_DAMAGED");
  EXPECT_EQ(
      ErrorReason(log_->FindRequest(kTestAgency, "r5", TestRequest("r5").request_digest).status()),
      "RECORD_DAMAGED");
}

TEST_F(RocksEventLogTest, DoesNotServeARecordFromAnotherPlace) {
  Fill(kMoreThanIsChecked);
  Change([](rocksdb::DB& db) {
    EXPECT_TRUE(db.Put({}, RecordKey(5), Slurp(db, RecordKey(6))).ok());
    EXPECT_TRUE(db.Delete({}, RecordKey(9)).ok());
  });
  ASSERT_TRUE(Open().ok());

  for (const uint64_t position : {5, 9}) {
    EXPECT_EQ(ErrorReason(log_->Read(position, {}).status()), "RECORD_DAMAGED") << position;
  }
  EXPECT_THAT(log_->Read(6, {})->records, SizeIs(3));
}

TEST_F(RocksEventLogTest, RefusesToOpenWithADamagedRecordAtTheEnd) {
  Fill(10);
  FlipByte(7, 50);

  ExpectRefused("LOG_DAMAGED", "position 7");
}

TEST_F(RocksEventLogTest, RefusesToOpenWithAGapAtTheEndOrWithoutABeginning) {
  Fill(kMoreThanIsChecked);
  Change([](rocksdb::DB& db) { EXPECT_TRUE(db.Delete({}, RecordKey(0)).ok()); });
  ExpectRefused("LOG_DAMAGED", "position 0");
  Wipe();
  Fill(10);
  Change([](rocksdb::DB& db) { EXPECT_TRUE(db.Delete({}, RecordKey(8)).ok()); });
  ExpectRefused("LOG_DAMAGED", "position 8");
}

TEST_F(RocksEventLogTest, RefusesToOpenWhereTheLastRecordIsGoneButItsRowsAreNot) {
  Fill(10);
  Change([](rocksdb::DB& db) { EXPECT_TRUE(db.Delete({}, RecordKey(9)).ok()); });

  ExpectRefused("LOG_DAMAGED", "revision 10");
}

// Records and rows of the last request go together, as where the storage engine forgets a group.
void Forget(rocksdb::DB& db, uint64_t position) {
  const std::string id = absl::StrCat("r", position);
  rocksdb::WriteBatch batch;
  const std::string record = Slurp(db, RecordKey(position - 1));
  EXPECT_TRUE(batch.Delete(RecordKey(position)).ok());
  EXPECT_TRUE(batch.Delete(RequestKey(kTestAgency, id)).ok());
  EXPECT_TRUE(batch.Put(StreamKey(kTestStream), EncodeRevision(position)).ok());
  EXPECT_TRUE(
      batch.Put(AgencyKey(kTestAgency), EncodeAgencyHead({position, record.substr(0, kHashBytes)}))
          .ok());
  EXPECT_TRUE(db.Write({}, &batch).ok());
}

TEST_F(RocksEventLogTest, RefusesToOpenWhereAcknowledgedRecordsAreMissing) {
  Fill(10);
  Change([](rocksdb::DB& db) {
    Forget(db, 9);
    Forget(db, 8);
  });

  ExpectRefused("LOG_INCOMPLETE", "positions 8 to 9");
}

TEST_F(RocksEventLogTest, RefusesToOpenWithoutItsStore) {
  Fill(10);
  std::filesystem::remove_all(StorePath());

  ExpectRefused("LOG_INCOMPLETE", "positions 0 to 9");
}

TEST_F(RocksEventLogTest, RefusesToOpenWithoutItsHead) {
  Fill(10);
  std::filesystem::remove(HeadPath());

  ExpectRefused("LOG_INCOMPLETE", "HEAD file is missing");
}

TEST_F(RocksEventLogTest, RefusesAnotherLogUnderItsHead) {
  sakip::testing::TempDir other;
  Fill(10, "other");
  std::filesystem::copy(StorePath(), absl::StrCat(other.path(), "/store"),
                        std::filesystem::copy_options::recursive);
  Wipe();
  Fill(10);
  std::filesystem::remove_all(StorePath());
  std::filesystem::copy(absl::StrCat(other.path(), "/store"), StorePath(),
                        std::filesystem::copy_options::recursive);

  ExpectRefused("LOG_DAMAGED", "another root");
}

// A kill between the store's sync and HEAD's leaves records that nobody was told of.
TEST_F(RocksEventLogTest, KeepsRecordsThatHeadDoesNotKnowYet) {
  Fill(10);
  const std::string before = absl::StrCat(directory_.path(), "/before");
  std::filesystem::copy(HeadPath(), before);
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r10", 10)).ok());
  log_ = nullptr;
  std::filesystem::rename(before, HeadPath());

  ASSERT_TRUE(Open().ok());

  EXPECT_EQ(log_->end_position(), 11u);
  EXPECT_TRUE(AppendNow(*log_, TestRequest("r10", 10))->repeated);
}

TEST_F(RocksEventLogTest, StopsWhereAnotherProcessWritesToItsHead) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r0")).ok());
  auto intruder = HeadFile::Open(*rocksdb::Env::Default(), HeadPath());
  ASSERT_TRUE(intruder.ok()) << intruder.status();
  ASSERT_TRUE((*intruder)->BeginEpoch(1, merkle::EmptyRoot()).ok());

  EXPECT_EQ(ErrorReason(AppendNow(*log_, TestRequest("r1", 1)).status()), "LOG_STOPPED");
  EXPECT_EQ(ErrorReason(AppendNow(*log_, TestRequest("r2", 1)).status()), "LOG_STOPPED");
}

TEST_F(RocksEventLogTest, VerifiesAWholeLogAndNamesWhatIsDamaged) {
  const auto verify = [this] { return log_->Verify([](uint64_t, uint64_t) { return true; }); };
  Fill(kMoreThanIsChecked);
  ASSERT_TRUE(Open().ok());
  EXPECT_TRUE(verify().ok()) << verify();
  const std::pair<std::string, std::string> changes[] = {
      {RecordKey(5), "position 5"},
      {NodeKey({1, 2}), "node 2 of level 1"},
      {RequestKey(kTestAgency, "r7"), "position 7"},
  };
  for (const auto& [key, named] : changes) {
    log_ = nullptr;
    std::string value;
    Change([&, &key = key](rocksdb::DB& db) {
      value = Slurp(db, key);
      std::string changed = value;
      changed[3] ^= 1;
      EXPECT_TRUE(db.Put({}, key, changed).ok());
    });
    ASSERT_TRUE(Open().ok());

    const absl::Status damaged = verify();

    EXPECT_EQ(ErrorReason(damaged), "LOG_DAMAGED");
    EXPECT_THAT(std::string(damaged.message()), HasSubstr(named));
    log_ = nullptr;
    Change([&, &key = key](rocksdb::DB& db) { EXPECT_TRUE(db.Put({}, key, value).ok()); });
  }
}

TEST_F(RocksEventLogTest, NeverGivesAwayAProofOverADamagedNode) {
  Fill(kMoreThanIsChecked);
  Change([](rocksdb::DB& db) {
    std::string node = Slurp(db, NodeKey({2, 1}));
    node[0] ^= 1;
    EXPECT_TRUE(db.Put({}, NodeKey({2, 1}), node).ok());
  });
  ASSERT_TRUE(Open().ok());

  EXPECT_EQ(ErrorReason(log_->ProveInclusion(0, 200).status()), "RECORD_DAMAGED");
  EXPECT_EQ(ErrorReason(log_->ProveConsistency(4, 200).status()), "RECORD_DAMAGED");
  EXPECT_TRUE(log_->ProveInclusion(1, 4).ok());
}

TEST_F(RocksEventLogTest, RefusesToOpenWithRowsThatDoNotAgreeWithTheRecords) {
  const std::string hash(kHashBytes, 'x');
  const std::function<void(rocksdb::DB&)> changes[] = {
      [](rocksdb::DB& db) { db.Delete({}, StreamKey(kTestStream)).PermitUncheckedError(); },
      [](rocksdb::DB& db) {
        db.Put({}, StreamKey(kTestStream), EncodeRevision(9)).PermitUncheckedError();
      },
      [](rocksdb::DB& db) { db.Put({}, StreamKey(kTestStream), "short").PermitUncheckedError(); },
      [](rocksdb::DB& db) { db.Delete({}, AgencyKey(kTestAgency)).PermitUncheckedError(); },
      [&](rocksdb::DB& db) {
        db.Put({}, AgencyKey(kTestAgency), EncodeAgencyHead({10, hash})).PermitUncheckedError();
      },
      [](rocksdb::DB& db) { db.Delete({}, RequestKey(kTestAgency, "r3")).PermitUncheckedError(); },
      [&](rocksdb::DB& db) {
        db.Put({}, RequestKey(kTestAgency, "r3"), EncodeRequestRow({hash, 3, 3, 4}))
            .PermitUncheckedError();
      },
  };
  for (const auto& change : changes) {
    Wipe();
    Fill(10);
    Change(change);
    EXPECT_EQ(ErrorReason(Open()), "LOG_DAMAGED");
  }
}

TEST_F(RocksEventLogTest, RefusesAnotherFormatVersion) {
  Fill(1);
  Change([](rocksdb::DB& db) { EXPECT_TRUE(db.Put({}, kFormatKey, "sakip-eventlog/2").ok()); });

  ExpectRefused("LOG_FORMAT_UNKNOWN", "sakip-eventlog/2");
}

TEST_F(RocksEventLogTest, RefusesAStoreThatIsNoLog) {
  Fill(0);
  Change([](rocksdb::DB& db) {
    EXPECT_TRUE(db.Delete({}, kFormatKey).ok());
    EXPECT_TRUE(db.Put({}, "something", "else").ok());
  });

  ExpectRefused("LOG_FORMAT_UNKNOWN", "tells no format");
}

TEST_F(RocksEventLogTest, LetsOneOpenTheDirectoryAtATime) {
  ASSERT_TRUE(Open().ok());

  const auto second = RocksEventLog::Open({.directory = directory_.path()});

  EXPECT_EQ(ErrorReason(second.status()), "LOG_NOT_OPENED");
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
}

// One bit in the middle of the write-ahead log: RocksDB's default mode would open with what follows
// missing.
TEST_F(RocksEventLogTest, NamesAHeadThatCannotBeRead) {
  Fill(1);
  std::filesystem::remove(directory_.File("HEAD"));
  std::filesystem::create_directory(directory_.File("HEAD"));

  ExpectRefused("LOG_NOT_OPENED", "HEAD");
}

TEST_F(RocksEventLogTest, RefusesToOpenWithDamageInsideTheWriteAheadLog) {
  ASSERT_TRUE(Open().ok());
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(AppendNow(*log_, TestRequest(absl::StrCat("r", i), i)).ok());
  }
  log_ = nullptr;
  std::filesystem::path wal;
  for (const auto& entry : std::filesystem::directory_iterator(StorePath())) {
    if (entry.path().extension() == ".log" && entry.file_size() > 0) wal = entry.path();
  }
  ASSERT_FALSE(wal.empty());
  std::fstream file(wal, std::ios::in | std::ios::out | std::ios::binary);
  const auto middle = static_cast<std::streamoff>(std::filesystem::file_size(wal) / 2);
  file.seekg(middle);
  const char byte = static_cast<char>(file.get());
  file.seekp(middle);
  file.put(static_cast<char>(byte ^ 1));
  file.close();

  EXPECT_EQ(ErrorReason(Open()), "LOG_DAMAGED");
}

}  // namespace
}  // namespace sakip::eventlog
