// Records, rows and notes of a log as they lie on disk: damaged bytes are an error, never read as
// something else.
#include "absl/strings/match.h"
#include "common/base/log.h"
#include "common/eventlog/head_file.h"
#include "common/eventlog/keys.h"
#include "common/eventlog/record.h"
#include "common/eventlog/testing/history_test_support.h"
#include "common/eventlog/verify/record_links.h"
#include "tests/fuzz/target.h"

namespace sakip::fuzz {
namespace {

// What a decoder takes is what its encoder writes.
template <typename Decoded, typename Encode>
void CheckRoundTrip(const Decoded& decoded, Encode encode, absl::string_view bytes) {
  if (decoded.has_value()) SAKIP_CHECK(encode(*decoded) == bytes);
}

void TryKeys(absl::string_view bytes) {
  using namespace eventlog;  // NOLINT: the names of one header.
  CheckRoundTrip(DecodeRecordKey(bytes), RecordKey, bytes);
  CheckRoundTrip(DecodeStreamKey(bytes), StreamKey, bytes);
  CheckRoundTrip(DecodeAgencyKey(bytes), AgencyKey, bytes);
  CheckRoundTrip(
      DecodeRequestKey(bytes),
      [](const RequestKeyParts& parts) { return RequestKey(parts.agency, parts.request_id); },
      bytes);
  CheckRoundTrip(DecodeNodeKey(bytes), NodeKey, bytes);
}

void TryValues(absl::string_view bytes) {
  using namespace eventlog;  // NOLINT: the names of one header.
  CheckRoundTrip(DecodeRecord(bytes), EncodeRecord, bytes);
  CheckRoundTrip(DecodeRevision(bytes), EncodeRevision, bytes);
  CheckRoundTrip(DecodeAgencyHead(bytes), EncodeAgencyHead, bytes);
  CheckRoundTrip(DecodeRequestRow(bytes), EncodeRequestRow, bytes);
  // What follows in its slot is no part of a head.
  const auto head = DecodeHead(bytes);
  if (head.has_value()) SAKIP_CHECK(absl::StartsWith(bytes, EncodeHead(*head)));
}

// Who verifies a record and who reads it see the same one.
void CheckLinks(const eventlog::v1::Record& record, absl::string_view bytes) {
  const auto links = eventlog::ScanRecord(bytes);
  if (!links.has_value()) return;
  SAKIP_CHECK(links->position == record.position());
  SAKIP_CHECK(links->stream == record.stream());
  SAKIP_CHECK(links->stream_revision == record.stream_revision());
  SAKIP_CHECK(links->agency_sequence == record.agency_sequence());
  SAKIP_CHECK(links->previous_agency_hash == record.previous_agency_hash());
}

void TryRecord(absl::string_view bytes) {
  eventlog::StoredRecord record;
  record.record = std::string(bytes);
  record.leaf_hash = eventlog::LeafHash(bytes);
  const uint64_t position = eventlog::PositionOf(bytes);
  SAKIP_CHECK(eventlog::VerifyRecord(position, record).ok());
  SAKIP_CHECK(!eventlog::VerifyRecord(position + 1, record).ok());
  const auto parsed = eventlog::ParseRecord(record);
  if (parsed.ok()) {
    CheckLinks(*parsed, bytes);
    static_cast<void>(eventlog::RecordedTime(*parsed));
  }
  record.leaf_hash[0] = static_cast<char>(record.leaf_hash[0] ^ 1);
  SAKIP_CHECK(!eventlog::VerifyRecord(position, record).ok());
}

}  // namespace

void Try(absl::string_view input) {
  if (input.empty()) return;
  const absl::string_view bytes = input.substr(1);
  switch (input[0] % 3) {
    case 0:
      return TryKeys(bytes);
    case 1:
      return TryValues(bytes);
    default:
      return TryRecord(bytes);
  }
}

std::vector<std::string> Seeds() {
  eventlog::TestHistory history;
  history.Grow(3);
  std::vector<std::string> seeds = {
      "\x00" + eventlog::RecordKey(7),
      "\x00" + eventlog::StreamKey("regions/35/years/2023"),
      "\x00" + eventlog::RequestKey("regions/35.09/agencies/dinsos", "r1"),
      "\x00" + eventlog::NodeKey({.level = 3, .index = 5}),
      "\x01" + eventlog::EncodeRevision(9),
      "\x01" + eventlog::EncodeHead({.sequence = 1, .epoch = 2, .size = 3})};
  for (const eventlog::StoredRecord& record : history.records()) {
    seeds.push_back("\x01" + eventlog::EncodeRecord(record));
    seeds.push_back("\x02" + record.record);
  }
  // A literal of a zero byte is empty.
  for (std::string& seed : seeds) {
    if (seed[0] != '\x01' && seed[0] != '\x02') seed.insert(0, 1, '\0');
  }
  return seeds;
}

}  // namespace sakip::fuzz
