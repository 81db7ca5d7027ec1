#include "common/eventlog/verify/export_verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <random>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/eventlog/record.h"
#include "common/eventlog/testing/history_test_support.h"
#include "common/eventlog/verify/export_file.h"
#include "common/eventlog/verify/history_check.h"
#include "common/note/note.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip::eventlog {
namespace {

using ::sakip::testing::IsOk;
using ::sakip::testing::StatusIs;
using ::testing::AnyOf;
using ::testing::Contains;

constexpr int kEvents = 64;
constexpr uint32_t kSeed = 20231121;

auto IsDamagedAt(uint64_t position) {
  return ::testing::AllOf(
      StatusIs(absl::StatusCode::kDataLoss, "LOG_DAMAGED"),
      ::testing::ResultOf(
          [](const absl::StatusOr<VerifiedExport>& r) { return ErrorFacts(r.status()); },
          Contains(ErrorFact{"position", absl::StrCat(position)})));
}

class ExportVerifyTest : public ::testing::Test {
 protected:
  ExportVerifyTest() { history_.Grow(kEvents); }

  absl::StatusOr<VerifiedExport> Verify(const std::string& bytes) {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
    return VerifyExport(path_, Trust());
  }
  LogTrust Trust() const { return {{history_.signer().verifier()}, older_}; }

  // The export with other records under the checkpoint of the real ones.
  std::string With(const std::vector<StoredRecord>& records) const {
    return TestHistory::ExportBytes(records, history_.SignedNoteAt(kEvents));
  }

  const ::sakip::testing::TempDir folder_;
  const std::string path_ = folder_.File("log.export");
  TestHistory history_;
  std::optional<note::Checkpoint> older_;
};

TEST_F(ExportVerifyTest, AcceptsWhatTheWriterWrites) {
  const auto writer = ExportWriter::Create(path_, kTestOrigin);
  ASSERT_THAT(writer, IsOk());
  for (const StoredRecord& record : history_.records()) {
    ASSERT_THAT((*writer)->Add(record.record, *merkle::ToHash(record.leaf_hash)), IsOk());
  }
  ASSERT_FALSE(std::ifstream(path_).is_open()) << "has its name before it is whole";
  const std::string note = history_.SignedNoteAt(kEvents);
  ASSERT_THAT((*writer)->Finish(note), IsOk());
  std::ifstream file(path_, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  EXPECT_EQ(bytes, TestHistory::ExportBytes(history_.records(), note)) << "as in FORMAT.md";
  const auto verified = VerifyExport(path_, Trust());
  ASSERT_THAT(verified, IsOk());
  EXPECT_EQ(verified->head.checkpoint, history_.CheckpointAt(kEvents));
  EXPECT_EQ(verified->bytes, bytes.size());
  EXPECT_THAT(ExportWriter::Create(path_, kTestOrigin),
              StatusIs(absl::StatusCode::kAlreadyExists, "EXPORT_EXISTS"));
}

TEST_F(ExportVerifyTest, LeavesNothingBehindWhereItIsNotFinished) {
  ASSERT_THAT(ExportWriter::Create(path_, kTestOrigin), IsOk());
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
  EXPECT_THAT(ExportWriter::Create(folder_.File("no/folder"), kTestOrigin),
              StatusIs(absl::StatusCode::kUnknown, "EXPORT_NOT_WRITTEN"));
  EXPECT_THAT(VerifyExport(path_, Trust()),
              StatusIs(absl::StatusCode::kNotFound, "EXPORT_UNREADABLE"));
}

// Chunks of the reader are about a MiB: records smaller and larger than that, in both orders.
TEST_F(ExportVerifyTest, ReadsRecordsOfEverySize) {
  TestHistory history(history_.signer());
  for (const size_t size : {10, 3'000'000, 1'048'576, 1, 700'000, 700'000, 1'048'000, 0}) {
    history.Append(1, std::string(size, 'x'));
  }
  EXPECT_THAT(Verify(history.ExportBytes()), IsOk());
}

TEST_F(ExportVerifyTest, TellsHowFarItIs) {
  history_.Grow(20'000);
  std::ofstream(path_, std::ios::binary) << history_.ExportBytes();
  std::vector<VerifyProgress> seen;
  ASSERT_THAT(VerifyExport(path_, Trust(), [&](const VerifyProgress& p) { seen.push_back(p); }),
              IsOk());
  ASSERT_GE(seen.size(), 2u);
  EXPECT_LT(seen.front().records, seen.back().records);
  EXPECT_EQ(seen.back().records, history_.size());
  EXPECT_GE(seen.front().bytes_total, seen.back().bytes);
}

// Every bit of the file: refused, and in a record's frame the record is named.
TEST_F(ExportVerifyTest, EveryFlippedBitIsRefusedAndNamed) {
  const std::string bytes = history_.ExportBytes();
  ASSERT_THAT(Verify(bytes), IsOk());
  std::vector<size_t> ends;  // Of each record's frame.
  size_t at = bytes.find('\n', bytes.find('\n') + 1) + 1;
  const size_t begin = at;
  for (const StoredRecord& record : history_.records()) {
    ends.push_back(at += TestHistory::ExportFrame(record).size());
  }
  std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
  const auto put = [&](size_t offset, char byte) {
    file.seekp(static_cast<std::streamoff>(offset));
    file.put(byte);
    file.flush();
  };
  uint64_t position = 0;
  for (size_t offset = 0; offset < bytes.size(); ++offset) {
    while (position < ends.size() && offset >= ends[position]) ++position;
    for (int bit = 0; bit < 8; ++bit) {
      put(offset, static_cast<char>(bytes[offset] ^ (1 << bit)));
      const auto result = VerifyExport(path_, Trust());
      ASSERT_FALSE(result.ok()) << "offset " << offset << " bit " << bit;
      if (offset >= begin && position < ends.size()) {
        ASSERT_THAT(result, IsDamagedAt(position)) << "offset " << offset << " bit " << bit;
      }
    }
    put(offset, bytes[offset]);
  }
  EXPECT_THAT(VerifyExport(path_, Trust()), IsOk());
}

TEST_F(ExportVerifyTest, EveryTruncationAndEveryAdditionIsRefused) {
  const std::string bytes = history_.ExportBytes();
  for (size_t size = 0; size < bytes.size();
       size += size < 200 || size + 400 > bytes.size() ? 1 : 13) {
    ASSERT_FALSE(Verify(bytes.substr(0, size)).ok()) << size;
  }
  EXPECT_FALSE(Verify(bytes + "\n").ok());
  EXPECT_FALSE(Verify(bytes + std::string(1 << 21, 'x')).ok());
}

TEST_F(ExportVerifyTest, EveryDeletionIsRefusedAndNamed) {
  for (uint64_t k = 0; k < kEvents; ++k) {
    std::vector<StoredRecord> records = history_.records();
    records.erase(records.begin() + static_cast<ptrdiff_t>(k));
    const auto result = Verify(With(records));
    // The last one is missed by the checkpoint alone.
    if (k + 1 < kEvents) {
      EXPECT_THAT(result, IsDamagedAt(k));
    } else {
      EXPECT_THAT(result, StatusIs(absl::StatusCode::kDataLoss, "CHECKPOINT_DIFFERS"));
    }
  }
}

TEST_F(ExportVerifyTest, EveryDuplicationAndEverySwapIsRefusedAndNamed) {
  for (uint64_t k = 0; k < kEvents; ++k) {
    std::vector<StoredRecord> records = history_.records();
    records.insert(records.begin() + static_cast<ptrdiff_t>(k), records[k]);
    EXPECT_THAT(Verify(With(records)), IsDamagedAt(k + 1));
    for (uint64_t other = k + 1; other < kEvents; ++other) {
      records = history_.records();
      std::swap(records[k], records[other]);
      EXPECT_THAT(Verify(With(records)), IsDamagedAt(k));
    }
  }
}

// Another history with right hashes and links everywhere, from each position on.
TEST_F(ExportVerifyTest, ARewrittenHistoryIsRefused) {
  for (int k = 0; k < kEvents; ++k) {
    TestHistory forged(history_.signer());
    forged.Grow(k);
    forged.Grow(1, "forged");
    forged.Grow(kEvents - k - 1);
    EXPECT_THAT(Verify(With(forged.records())),
                StatusIs(absl::StatusCode::kDataLoss, "CHECKPOINT_DIFFERS"));
    // Signed by somebody else, under the log's name.
    forged.set_signer(TestSigner());
    EXPECT_THAT(Verify(forged.ExportBytes()),
                StatusIs(absl::StatusCode::kFailedPrecondition, "SIGNATURE_MISSING"));
    // Signed by the log itself: only who kept an older checkpoint notices.
    forged.set_signer(history_.signer());
    EXPECT_THAT(Verify(forged.ExportBytes()), IsOk());
    older_ = history_.CheckpointAt(k + 1);
    EXPECT_THAT(Verify(forged.ExportBytes()),
                StatusIs(absl::StatusCode::kDataLoss, "CHECKPOINT_DIFFERS"));
    older_.reset();
  }
}

TEST_F(ExportVerifyTest, InsertedRecordsAreRefusedAndNamed) {
  for (uint64_t k = 0; k <= kEvents; ++k) {
    TestHistory forged(history_.signer());
    forged.Grow(static_cast<int>(k) + 1, "forged");
    std::vector<StoredRecord> records = history_.records();
    records.insert(records.begin() + static_cast<ptrdiff_t>(k), forged.records()[k]);
    const auto result = Verify(With(records));
    ASSERT_FALSE(result.ok());
    // It stands where it says; what follows it does not, or does not follow on it.
    if (k < kEvents) {
      EXPECT_THAT(result, AnyOf(IsDamagedAt(k), IsDamagedAt(k + 1)));
    }
  }
}

// The log itself signs records that do not hang together: no honest log does.
TEST_F(ExportVerifyTest, SignedRecordsWithBrokenLinksAreRefused) {
  const auto damage = [&](const std::function<void(v1::Record&)>& change) {
    std::vector<StoredRecord> records = history_.records();
    v1::Record record = *ParseRecord(records[40]);
    change(record);
    records[40].record = record.SerializeAsString();
    records[40].leaf_hash = LeafHash(records[40].record);
    return Verify(With(records));
  };
  EXPECT_THAT(damage([](v1::Record& r) { r.set_position(41); }), IsDamagedAt(40));
  EXPECT_THAT(damage([](v1::Record& r) { r.set_stream_revision(99); }), IsDamagedAt(40));
  EXPECT_THAT(damage([](v1::Record& r) { r.set_agency_sequence(99); }), IsDamagedAt(40));
  EXPECT_THAT(damage([](v1::Record& r) { r.clear_previous_agency_hash(); }), IsDamagedAt(40));
  EXPECT_THAT(damage([](v1::Record& r) { r.set_stream("nowhere"); }), IsDamagedAt(40));
}

TEST_F(ExportVerifyTest, GoesThroughTheOlderCheckpoint) {
  const std::string bytes = history_.ExportBytes();
  for (int size = 0; size <= kEvents; ++size) {
    older_ = history_.CheckpointAt(size);
    EXPECT_THAT(Verify(bytes), IsOk()) << size;
    older_->root[5] = static_cast<char>(older_->root[5] ^ 1);
    EXPECT_THAT(Verify(bytes), StatusIs(absl::StatusCode::kDataLoss, "CHECKPOINT_DIFFERS"));
  }
  older_ = history_.CheckpointAt(kEvents);
  older_->origin = "another.log";
  EXPECT_FALSE(Verify(bytes).ok());
  TestHistory later = history_;
  later.Grow(1);
  older_ = later.CheckpointAt(kEvents + 1);
  EXPECT_THAT(Verify(bytes), StatusIs(absl::StatusCode::kDataLoss, "CHECKPOINT_DIFFERS"));
}

TEST_F(ExportVerifyTest, TheSecondLineIsTheOriginOfTheCheckpoint) {
  std::string bytes = history_.ExportBytes();
  bytes.replace(bytes.find(kTestOrigin), 5, "other");
  EXPECT_THAT(Verify(bytes), StatusIs(absl::StatusCode::kDataLoss, "EXPORT_DAMAGED"));
}

TEST_F(ExportVerifyTest, TenThousandHonestLogsRaiseNoAlarm) {
  std::cout << "seed " << kSeed << "\n";
  std::mt19937 random(kSeed);
  for (int i = 0; i < 10'000; ++i) {
    TestHistory honest(history_.signer());
    honest.Grow(static_cast<int>(random() % 12), std::string(random() % 100, 'p'));
    older_ = honest.CheckpointAt(honest.size() == 0 ? 0 : random() % honest.size());
    ASSERT_THAT(Verify(honest.ExportBytes()), IsOk()) << "log " << i;
  }
}

}  // namespace
}  // namespace sakip::eventlog
