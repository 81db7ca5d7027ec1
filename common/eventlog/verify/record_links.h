// RecordLinks: what ties a record to the others of its log, read from its bytes without parsing the
// message. Pure functions, thread-safe.
#ifndef SAKIP_COMMON_EVENTLOG_VERIFY_RECORD_LINKS_H_
#define SAKIP_COMMON_EVENTLOG_VERIFY_RECORD_LINKS_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace sakip::eventlog {

// Fields of sakip.eventlog.v1.Record. Texts point into the record's bytes.
struct RecordLinks {
  uint64_t position = 0;
  absl::string_view stream;
  uint64_t stream_revision = 0;
  uint64_t agency_sequence = 0;
  absl::string_view previous_agency_hash;
};

// Reads them; absent where the bytes are no record. Stricter than a parser: a field that stands
// twice is refused, because two readers could take different ones.
std::optional<RecordLinks> ScanRecord(absl::string_view record);

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_VERIFY_RECORD_LINKS_H_
