// CutTornManifest mends the one damage that a loss of power may leave in the storage engine's list
// of files (MANIFEST): an end that was not synced and is there in part. The engine cuts off such an
// end of its write-ahead log, and of this file only where nothing follows the cut.
#ifndef SAKIP_COMMON_EVENTLOG_TORN_MANIFEST_H_
#define SAKIP_COMMON_EVENTLOG_TORN_MANIFEST_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/eventlog/head_file.h"
#include "common/eventlog/rocks_event_log.h"

namespace rocksdb {
class Env;
}  // namespace rocksdb

namespace sakip::eventlog {

// Cuts the end off the MANIFEST of the closed store of `options`, where the store is then whole:
// every record up to `head` is there and all that is kept beside the records fits. That is tried on
// a copy of the list, opened for reading, so a store that is not mended is as it was. Reads the
// whole log.
//
//   DATA_LOSS    LOG_DAMAGED     no such end explains why the store does not open.
//   UNAVAILABLE  LOG_NOT_OPENED  the directory cannot be written to.
absl::Status CutTornManifest(rocksdb::Env& env, const RocksEventLogOptions& options,
                             const Head& head);

// Where the records of a file in RocksDB's log format begin, and where the last whole one ends,
// as their lengths say. Ends at a header that cannot be one. Pure.
std::vector<uint64_t> ManifestRecordEnds(absl::string_view manifest);

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_TORN_MANIFEST_H_
