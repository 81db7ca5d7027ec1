#include "common/eventlog/record.h"

#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace sakip::eventlog {
namespace {

AppendRequest Request() {
  return {.stream = "regions/35.09/agencies/dinsos/years/2023",
          .expected_revision = 2,
          .request_id = "req-1",
          .request_digest = std::string(kHashBytes, 'd'),
          .actor = "office",
          .events = {}};
}

StoredRecord Record(uint64_t position) {
  return MakeRecord({.position = position,
                     .stream_revision = 3,
                     .agency_sequence = 4,
                     .previous_agency_hash = std::string(kHashBytes, 'p'),
                     .recorded_time = absl::FromUnixNanos(1'700'000'000'123'456'789)},
                    Request(), {"sakip.test.v1.Happened", "payload"});
}

TEST(MakeRecord, HasTheBytesAndTheHashThatTheFormatPromises) {
  const StoredRecord record = Record(300);

  // Put together by hand and hashed with another program.
  const std::string bytes = absl::StrCat(
      "\x08\xac\x02", "\x12\x28", "regions/35.09/agencies/dinsos/years/2023", "\x18\x03",
      "\x20\x04", "\x2a\x20", std::string(32, 'p'), "\x32\x05", "req-1", "\x3a\x20",
      std::string(32, 'd'), "\x42\x0b\x08\x80\xe2\xcf\xaa\x06\x10\x95\x9a\xef\x3a", "\x4a\x06",
      "office", "\x52\x16", "sakip.test.v1.Happened", "\x5a\x07", "payload");
  EXPECT_EQ(absl::BytesToHexString(record.record), absl::BytesToHexString(bytes));
  EXPECT_EQ(absl::BytesToHexString(record.leaf_hash),
            "f1aa0d6cfeb58ed1d2d7276074cde788378a297efa912fd8238e433e46bbac38");
}

TEST(MakeRecord, KeepsEveryField) {
  const StoredRecord stored = Record(7);

  const auto record = ParseRecord(stored);

  ASSERT_TRUE(record.ok()) << record.status();
  EXPECT_EQ(record->position(), 7u);
  EXPECT_EQ(record->stream(), Request().stream);
  EXPECT_EQ(record->stream_revision(), 3u);
  EXPECT_EQ(record->agency_sequence(), 4u);
  EXPECT_EQ(record->previous_agency_hash(), std::string(kHashBytes, 'p'));
  EXPECT_EQ(record->request_id(), "req-1");
  EXPECT_EQ(record->request_digest(), std::string(kHashBytes, 'd'));
  EXPECT_EQ(RecordedTime(*record), absl::FromUnixNanos(1'700'000'000'123'456'789));
  EXPECT_EQ(record->actor(), "office");
  EXPECT_EQ(record->type(), "sakip.test.v1.Happened");
  EXPECT_EQ(record->payload(), "payload");
}

TEST(LeafHash, IsThatOfRfc6962) {
  // The leaf hash of an empty input, from the test vectors of RFC 6962's reference code.
  EXPECT_EQ(absl::BytesToHexString(LeafHash("")),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  EXPECT_EQ(absl::BytesToHexString(LeafHash(std::string(1, '\0'))),
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7");
}

TEST(PositionOf, ReadsWhatTheRecordCarries) {
  for (const uint64_t position :
       {uint64_t{0}, uint64_t{1}, uint64_t{127}, uint64_t{128}, uint64_t{1} << 40}) {
    EXPECT_EQ(PositionOf(Record(position).record), position);
  }
  EXPECT_EQ(PositionOf(""), 0u);
  EXPECT_EQ(PositionOf("\x08\xff"), 0u);
}

TEST(VerifyRecord, RefusesEveryFlippedBit) {
  const StoredRecord good = Record(5);
  ASSERT_TRUE(VerifyRecord(5, good).ok());

  for (size_t bit = 0; bit < good.record.size() * 8; ++bit) {
    StoredRecord bad = good;
    bad.record[bit / 8] = static_cast<char>(bad.record[bit / 8] ^ (1 << bit % 8));
    EXPECT_EQ(ErrorReason(VerifyRecord(5, bad)), "RECORD_DAMAGED") << bit;
  }
  StoredRecord bad = good;
  bad.leaf_hash[31] = static_cast<char>(bad.leaf_hash[31] ^ 1);
  EXPECT_EQ(VerifyRecord(5, bad).code(), absl::StatusCode::kDataLoss);
}

TEST(VerifyRecord, RefusesTheRecordOfAnotherPosition) {
  EXPECT_EQ(ErrorReason(VerifyRecord(6, Record(5))), "RECORD_DAMAGED");
}

TEST(KeepVerified, EndsBeforeTheFirstDamagedRecord) {
  std::vector<StoredRecord> records = {Record(5), Record(6), Record(7)};
  records[1].record += "x";

  EXPECT_TRUE(KeepVerified(5, records).ok());

  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(PositionOf(records[0].record), 5u);
}

TEST(KeepVerified, FailsWhereTheFirstIsDamaged) {
  std::vector<StoredRecord> records = {Record(5), Record(6)};
  records[0].record += "x";

  EXPECT_EQ(ErrorReason(KeepVerified(5, records)), "RECORD_DAMAGED");
}

}  // namespace
}  // namespace sakip::eventlog
