#include "common/eventlog/verify/record_links.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "sakip/eventlog/v1/record.pb.h"

namespace sakip::eventlog {
namespace {

v1::Record Sample() {
  v1::Record record;
  record.set_position(300);
  record.set_stream("regions/35.09/agencies/dinsos/years/2023");
  record.set_stream_revision(2);
  record.set_agency_sequence(1ull << 40);
  record.set_previous_agency_hash(std::string(32, 'h'));
  record.set_request_id("r");
  record.mutable_recorded_time()->set_seconds(1700000000);
  record.set_payload(std::string(1000, 'p'));
  return record;
}

TEST(ScanRecordTest, ReadsWhatAParserReads) {
  const v1::Record record = Sample();
  const std::string bytes = record.SerializeAsString();
  const auto links = ScanRecord(bytes);
  ASSERT_TRUE(links.has_value());
  EXPECT_EQ(links->position, record.position());
  EXPECT_EQ(links->stream, record.stream());
  EXPECT_EQ(links->stream_revision, record.stream_revision());
  EXPECT_EQ(links->agency_sequence, record.agency_sequence());
  EXPECT_EQ(links->previous_agency_hash, record.previous_agency_hash());
  EXPECT_EQ(ScanRecord("")->position, 0u);
}

// Fields of later versions, of every wire type.
TEST(ScanRecordTest, PassesOverFieldsThatItDoesNotKnow) {
  const std::string later(
      "\xa0\x06\x05"
      "\xa9\x06"
      "12345678"
      "\xb2\x06\x02xy"
      "\xbd\x06"
      "1234");
  const std::string bytes = Sample().SerializeAsString() + later;
  v1::Record parsed;
  ASSERT_TRUE(parsed.ParseFromString(bytes));
  const auto links = ScanRecord(bytes);
  ASSERT_TRUE(links.has_value());
  EXPECT_EQ(links->position, 300u);
}

TEST(ScanRecordTest, RefusesEveryBeginningThatEndsInAField) {
  const std::string bytes = Sample().SerializeAsString();
  v1::Record parsed;
  for (size_t size = 0; size < bytes.size(); ++size) {
    const std::string part = bytes.substr(0, size);
    EXPECT_EQ(ScanRecord(part).has_value(), parsed.ParseFromString(part)) << size;
  }
}

// A field number of more than 29 bits, of which a parser drops the upper ones: found by
// record_fuzz.
TEST(ScanRecordTest, RefusesATagThatAParserCutsDownToAnotherField) {
  const std::string bytes = Sample().SerializeAsString() + "\x88\x80\x80\x80\x10\x07";
  v1::Record parsed;
  ASSERT_TRUE(parsed.ParseFromString(bytes));
  ASSERT_EQ(parsed.position(), 7u);
  EXPECT_FALSE(ScanRecord(bytes).has_value());
}

TEST(ScanRecordTest, RefusesWhatTwoReadersCouldTakeDifferently) {
  const std::string bytes = Sample().SerializeAsString();
  EXPECT_FALSE(ScanRecord(bytes + std::string("\x08\x05", 2)).has_value());  // Position again.
  EXPECT_FALSE(ScanRecord(bytes + std::string("\x12\x01x", 3)).has_value());
  EXPECT_FALSE(ScanRecord(std::string("\x0a\x01x", 3)).has_value());  // Position as text.
  EXPECT_FALSE(ScanRecord(std::string("\x10\x01", 2)).has_value());   // Stream as number.
  EXPECT_FALSE(ScanRecord(std::string("\x03\x01", 2)).has_value());   // Field 0.
  EXPECT_FALSE(ScanRecord(std::string("\x5b", 1)).has_value());       // A group.
  EXPECT_FALSE(ScanRecord(absl::StrCat("\x08", std::string(11, '\x80'), "\x01")).has_value());
}

}  // namespace
}  // namespace sakip::eventlog
