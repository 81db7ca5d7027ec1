// The settings of RocksDB for a log. The reason for each stands in FORMAT.md. Thread-safe.
#ifndef SAKIP_COMMON_EVENTLOG_ROCKS_OPTIONS_H_
#define SAKIP_COMMON_EVENTLOG_ROCKS_OPTIONS_H_

#include <rocksdb/options.h>

#include <cstddef>

#include "common/eventlog/rocks_event_log.h"

namespace sakip::eventlog {

// RocksDB can protect a key in memory with 8 bytes or not at all.
inline constexpr size_t kProtectionBytesPerKey = 8;

rocksdb::Options DatabaseOptions(const RocksEventLogOptions& options);

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_ROCKS_OPTIONS_H_
