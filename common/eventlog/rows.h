// The rows that a log keeps beside its records. Values; see FORMAT.md.
#ifndef SAKIP_COMMON_EVENTLOG_ROWS_H_
#define SAKIP_COMMON_EVENTLOG_ROWS_H_

#include <cstdint>
#include <string>

#include "common/merkle/hash.h"

namespace sakip::eventlog {

using merkle::kHashBytes;

// Where the chain of an agency's records stands.
struct AgencyHead {
  uint64_t sequence = 0;  // Number of records of the agency.
  std::string leaf_hash;  // Of its last record, 32 bytes; empty where it has none.

  friend bool operator==(const AgencyHead&, const AgencyHead&) = default;
};

// What a request left behind, kept for ever: a repeat is answered from it.
struct RequestRow {
  std::string digest;  // SHA-256 of the request, 32 bytes.
  uint64_t first_position = 0;
  uint64_t last_position = 0;
  uint64_t stream_revision = 0;  // After its last event.

  friend bool operator==(const RequestRow&, const RequestRow&) = default;
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_ROWS_H_
