#include "common/eventlog/verify/record_links.h"

#include <limits>

#include "sakip/eventlog/v1/record.pb.h"

namespace sakip::eventlog {
namespace {

enum WireType : uint64_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

constexpr int kVarintBytesMax = 10;

// A field of a message in the wire format of Protocol Buffers.
struct Field {
  uint64_t number = 0;
  uint64_t type = 0;
  uint64_t value = 0;       // Of a varint.
  absl::string_view bytes;  // Of the types that have a length.
};

bool TakeVarint(absl::string_view& bytes, uint64_t& value) {
  value = 0;
  for (int i = 0; i < kVarintBytesMax && !bytes.empty(); ++i) {
    const uint8_t byte = static_cast<uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<uint64_t>(byte & 0x7f) << (7 * i);
    if (byte < 0x80) return true;
  }
  return false;
}

bool TakeBytes(absl::string_view& bytes, uint64_t size, absl::string_view& taken) {
  if (size > bytes.size()) return false;
  taken = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return true;
}

bool TakeField(absl::string_view& bytes, Field& field) {
  uint64_t tag = 0;
  // A parser drops the bits above 32 and takes the field for another one.
  if (!TakeVarint(bytes, tag) || tag > std::numeric_limits<uint32_t>::max()) return false;
  field.number = tag >> 3;
  field.type = tag & 7;
  if (field.number == 0) return false;
  switch (field.type) {
    case kVarint:
      return TakeVarint(bytes, field.value);
    case kFixed64:
      return TakeBytes(bytes, 8, field.bytes);
    case kBytes: {
      uint64_t size = 0;
      return TakeVarint(bytes, size) && TakeBytes(bytes, size, field.bytes);
    }
    case kFixed32:
      return TakeBytes(bytes, 4, field.bytes);
    default:
      return false;
  }
}

// Puts a field in its place; false where its type is not the one that the message has there.
bool Place(const Field& field, RecordLinks& links) {
  using v1::Record;
  const bool is_number = field.type == kVarint;
  switch (field.number) {
    case Record::kPositionFieldNumber:
      links.position = field.value;
      return is_number;
    case Record::kStreamFieldNumber:
      links.stream = field.bytes;
      return field.type == kBytes;
    case Record::kStreamRevisionFieldNumber:
      links.stream_revision = field.value;
      return is_number;
    case Record::kAgencySequenceFieldNumber:
      links.agency_sequence = field.value;
      return is_number;
    case Record::kPreviousAgencyHashFieldNumber:
      links.previous_agency_hash = field.bytes;
      return field.type == kBytes;
    default:
      return true;
  }
}

}  // namespace

std::optional<RecordLinks> ScanRecord(absl::string_view record) {
  RecordLinks links;
  uint64_t seen = 0;
  while (!record.empty()) {
    Field field;
    if (!TakeField(record, field) || !Place(field, links)) return std::nullopt;
    const uint64_t bit = field.number < 64 ? uint64_t{1} << field.number : 0;
    if ((seen & bit) != 0) return std::nullopt;
    seen |= bit;
  }
  return links;
}

}  // namespace sakip::eventlog
