#include "common/eventlog/keys.h"

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/eventlog/stored_integer.h"

namespace sakip::eventlog {
namespace {

std::string TakeHash(absl::string_view& bytes) {
  std::string hash(bytes.substr(0, kHashBytes));
  bytes.remove_prefix(kHashBytes);
  return hash;
}

std::optional<absl::string_view> WithoutPrefix(char prefix, absl::string_view key) {
  if (key.size() < 2 || key[0] != prefix) return std::nullopt;
  return key.substr(1);
}

}  // namespace

std::string RecordKey(uint64_t position) { return absl::StrCat("r", StoredInteger(position)); }

std::optional<uint64_t> DecodeRecordKey(absl::string_view key) {
  if (key.size() != 1 + kIntegerBytes || key[0] != 'r') return std::nullopt;
  key.remove_prefix(1);
  return TakeInteger(key);
}

std::string StreamKey(absl::string_view stream) { return absl::StrCat("s", stream); }

std::optional<absl::string_view> DecodeStreamKey(absl::string_view key) {
  return WithoutPrefix('s', key);
}

std::string AgencyKey(absl::string_view agency) { return absl::StrCat("a", agency); }

std::optional<absl::string_view> DecodeAgencyKey(absl::string_view key) {
  return WithoutPrefix('a', key);
}

std::string RequestKey(absl::string_view agency, absl::string_view request_id) {
  return absl::StrCat("q", agency, absl::string_view("\0", 1), request_id);
}

std::optional<RequestKeyParts> DecodeRequestKey(absl::string_view key) {
  const auto rest = WithoutPrefix('q', key);
  if (!rest.has_value()) return std::nullopt;
  const size_t nul = rest->find('\0');
  if (nul == absl::string_view::npos) return std::nullopt;
  return RequestKeyParts{rest->substr(0, nul), rest->substr(nul + 1)};
}

std::string NodeKey(const merkle::NodeId& id) {
  const char level = static_cast<char>(id.level);
  return absl::StrCat("n", absl::string_view(&level, 1), StoredInteger(id.index));
}

std::optional<merkle::NodeId> DecodeNodeKey(absl::string_view key) {
  if (key.size() != 2 + kIntegerBytes || key[0] != 'n' || key[1] < 1 || key[1] > 63) {
    return std::nullopt;
  }
  const int level = key[1];
  key.remove_prefix(2);
  return merkle::NodeId{level, TakeInteger(key)};
}

std::string EncodeRecord(const StoredRecord& record) {
  SAKIP_CHECK(record.leaf_hash.size() == kHashBytes);
  return absl::StrCat(record.leaf_hash, record.record);
}

std::optional<StoredRecord> DecodeRecord(absl::string_view value) {
  if (value.size() < kHashBytes) return std::nullopt;
  StoredRecord record;
  record.leaf_hash = TakeHash(value);
  record.record = std::string(value);
  return record;
}

std::string EncodeRevision(uint64_t revision) { return StoredInteger(revision); }

std::optional<uint64_t> DecodeRevision(absl::string_view value) {
  if (value.size() != kIntegerBytes) return std::nullopt;
  return TakeInteger(value);
}

std::string EncodeAgencyHead(const AgencyHead& head) {
  SAKIP_CHECK(head.leaf_hash.size() == kHashBytes);
  return absl::StrCat(StoredInteger(head.sequence), head.leaf_hash);
}

std::optional<AgencyHead> DecodeAgencyHead(absl::string_view value) {
  if (value.size() != kIntegerBytes + kHashBytes) return std::nullopt;
  AgencyHead head;
  head.sequence = TakeInteger(value);
  head.leaf_hash = TakeHash(value);
  return head;
}

std::string EncodeRequestRow(const RequestRow& row) {
  SAKIP_CHECK(row.digest.size() == kHashBytes);
  return absl::StrCat(row.digest, StoredInteger(row.first_position),
                      StoredInteger(row.last_position), StoredInteger(row.stream_revision));
}

std::optional<RequestRow> DecodeRequestRow(absl::string_view value) {
  if (value.size() != kHashBytes + 3 * kIntegerBytes) return std::nullopt;
  RequestRow row;
  row.digest = TakeHash(value);
  row.first_position = TakeInteger(value);
  row.last_position = TakeInteger(value);
  row.stream_revision = TakeInteger(value);
  return row;
}

}  // namespace sakip::eventlog
