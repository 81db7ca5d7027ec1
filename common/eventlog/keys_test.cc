#include "common/eventlog/keys.h"

#include <gtest/gtest.h>

#include <limits>

#include "absl/strings/escaping.h"

namespace sakip::eventlog {
namespace {

const std::string kHash(kHashBytes, 'h');
constexpr char kAgency[] = "regions/35.09/agencies/dinsos";

std::string Hex(absl::string_view bytes) { return absl::BytesToHexString(bytes); }

TEST(Keys, HaveTheBytesThatTheFormatPromises) {
  EXPECT_EQ(Hex(RecordKey(0x0102030405060708)), "720102030405060708");
  EXPECT_EQ(StreamKey("regions/35/agencies/a/x"), "sregions/35/agencies/a/x");
  EXPECT_EQ(AgencyKey("regions/35/agencies/a"), "aregions/35/agencies/a");
  EXPECT_EQ(RequestKey("regions/35/agencies/a", "id"),
            std::string("qregions/35/agencies/a\0id", 25));
  EXPECT_EQ(std::string(kFormatKey), "f");
  EXPECT_EQ(std::string(kFormatValue), "sakip-eventlog/1");
}

TEST(Values, HaveTheBytesThatTheFormatPromises) {
  const std::string hash =
      absl::HexStringToBytes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

  EXPECT_EQ(Hex(EncodeRecord({"rec", hash})), Hex(hash) + "726563");
  EXPECT_EQ(Hex(EncodeRevision(258)), "0000000000000102");
  EXPECT_EQ(Hex(EncodeAgencyHead({7, hash})), "0000000000000007" + Hex(hash));
  EXPECT_EQ(Hex(EncodeRequestRow({hash, 1, 2, 3})),
            Hex(hash) + "000000000000000100000000000000020000000000000003");
}

TEST(Keys, OfRecordsSortByPosition) {
  const uint64_t positions[] = {
      0, 1, 255, 256, 1 << 20, 0xffffffffu, 1ull << 40, std::numeric_limits<uint64_t>::max()};
  for (size_t i = 1; i < std::size(positions); ++i) {
    EXPECT_LT(RecordKey(positions[i - 1]), RecordKey(positions[i]));
  }
  EXPECT_LT(std::string(kRecordKeysBegin), RecordKey(0));
  EXPECT_GT(std::string(kRecordKeysEnd), RecordKey(std::numeric_limits<uint64_t>::max()));
}

TEST(Keys, DecodeToWhatWasEncoded) {
  EXPECT_EQ(DecodeRecordKey(RecordKey(123456789)), 123456789u);
  const std::string stream_key = StreamKey("regions/35/agencies/a/x");
  EXPECT_EQ(DecodeStreamKey(stream_key), absl::string_view("regions/35/agencies/a/x"));
  const std::string agency_key = AgencyKey(kAgency);
  EXPECT_EQ(DecodeAgencyKey(agency_key), absl::string_view(kAgency));
  const std::string request_key = RequestKey(kAgency, absl::string_view("a\0b", 3));
  const auto parts = DecodeRequestKey(request_key);
  ASSERT_TRUE(parts.has_value());
  EXPECT_EQ(parts->agency, kAgency);
  EXPECT_EQ(parts->request_id, absl::string_view("a\0b", 3));
}

TEST(Values, DecodeToWhatWasEncoded) {
  const StoredRecord record = {std::string("r\0c", 3), kHash};
  const AgencyHead head = {std::numeric_limits<uint64_t>::max(), kHash};
  const RequestRow row = {kHash, 5, 9, 12};

  const auto decoded = DecodeRecord(EncodeRecord(record));

  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(decoded->record, record.record);
  EXPECT_EQ(decoded->leaf_hash, record.leaf_hash);
  EXPECT_EQ(DecodeRevision(EncodeRevision(77)), 77u);
  EXPECT_EQ(DecodeAgencyHead(EncodeAgencyHead(head)), head);
  EXPECT_EQ(DecodeRequestRow(EncodeRequestRow(row)), row);
}

TEST(Keys, OfAnotherKindOrLengthAreNotDecoded) {
  EXPECT_FALSE(DecodeRecordKey("r1234567").has_value());
  EXPECT_FALSE(DecodeRecordKey("r123456789").has_value());
  EXPECT_FALSE(DecodeRecordKey("x12345678").has_value());
  EXPECT_FALSE(DecodeStreamKey("s").has_value());
  EXPECT_FALSE(DecodeStreamKey("ax").has_value());
  EXPECT_FALSE(DecodeAgencyKey("").has_value());
  EXPECT_FALSE(DecodeRequestKey("qagency").has_value());
}

TEST(Values, OfTheWrongLengthAreNotDecoded) {
  EXPECT_FALSE(DecodeRecord(std::string(kHashBytes - 1, 'x')).has_value());
  EXPECT_TRUE(DecodeRecord(std::string(kHashBytes, 'x')).has_value());
  for (const size_t size : {0, 7, 9, 39, 41, 55, 57}) {
    const std::string value(size, 'x');
    EXPECT_FALSE(DecodeRevision(value).has_value()) << size;
    EXPECT_FALSE(DecodeAgencyHead(value).has_value()) << size;
    EXPECT_FALSE(DecodeRequestRow(value).has_value()) << size;
  }
}

TEST(Keys, NodeKeysSortByLevelAndIndex) {
  EXPECT_LT(NodeKey({1, 255}), NodeKey({1, 256}));
  EXPECT_LT(NodeKey({1, 256}), NodeKey({2, 0}));
  EXPECT_EQ(DecodeNodeKey(NodeKey({63, 7})), (merkle::NodeId{63, 7}));
  EXPECT_EQ(DecodeNodeKey(NodeKey({0, 7})), std::nullopt);
  EXPECT_EQ(DecodeNodeKey(NodeKey({64, 7})), std::nullopt);
  EXPECT_EQ(DecodeNodeKey(RecordKey(7)), std::nullopt);
  EXPECT_EQ(DecodeNodeKey(NodeKey({1, 7}) + "x"), std::nullopt);
}

}  // namespace
}  // namespace sakip::eventlog
