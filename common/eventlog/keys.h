// Encodes and decodes every key and value of an event log's store, and nothing else. The layout is
// FORMAT.md. Functions are pure. A decoder returns nothing where the bytes are not of its kind.
#ifndef SAKIP_COMMON_EVENTLOG_KEYS_H_
#define SAKIP_COMMON_EVENTLOG_KEYS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "common/eventlog/event_log.h"
#include "common/eventlog/rows.h"
#include "common/merkle/tree.h"

namespace sakip::eventlog {

// The row that tells the version of the format.
inline constexpr char kFormatKey[] = "f";
inline constexpr char kFormatValue[] = "sakip-eventlog/1";

// Every record key is at or after the first bound and before the second.
inline constexpr char kRecordKeysBegin[] = "r";
inline constexpr char kRecordKeysEnd[] = "s";

std::string RecordKey(uint64_t position);
std::optional<uint64_t> DecodeRecordKey(absl::string_view key);

std::string StreamKey(absl::string_view stream);
std::optional<absl::string_view> DecodeStreamKey(absl::string_view key);

std::string AgencyKey(absl::string_view agency);
std::optional<absl::string_view> DecodeAgencyKey(absl::string_view key);

// The parts of a request's key; they point into it.
struct RequestKeyParts {
  absl::string_view agency;
  absl::string_view request_id;
};
std::string RequestKey(absl::string_view agency, absl::string_view request_id);
std::optional<RequestKeyParts> DecodeRequestKey(absl::string_view key);

// A node of the tree above the leaves.
std::string NodeKey(const merkle::NodeId& id);
std::optional<merkle::NodeId> DecodeNodeKey(absl::string_view key);

std::string EncodeRecord(const StoredRecord& record);
std::optional<StoredRecord> DecodeRecord(absl::string_view value);

std::string EncodeRevision(uint64_t revision);
std::optional<uint64_t> DecodeRevision(absl::string_view value);

std::string EncodeAgencyHead(const AgencyHead& head);
std::optional<AgencyHead> DecodeAgencyHead(absl::string_view value);

std::string EncodeRequestRow(const RequestRow& row);
std::optional<RequestRow> DecodeRequestRow(absl::string_view value);

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_KEYS_H_
