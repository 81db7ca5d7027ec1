#include "common/eventlog/rocks_event_log.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/eventlog/rocks_record_store.h"
#include "common/eventlog/store_check.h"

namespace sakip::eventlog {

absl::StatusOr<std::unique_ptr<RocksEventLog>> RocksEventLog::Open(RocksEventLogOptions options) {
  ASSIGN_OR_RETURN(std::unique_ptr<RocksRecordStore> store, RocksRecordStore::Open(options));
  ASSIGN_OR_RETURN(const uint64_t end_position, store->FindEnd());
  ASSIGN_OR_RETURN(const LogHead head, CheckStore(*store, end_position));
  // The constructor is private: make_unique cannot reach it.
  return std::unique_ptr<RocksEventLog>(
      new RocksEventLog(std::move(store), head,
                        {.limits = options.limits,
                         .clock = options.clock,
                         .on_stopped = std::move(options.on_stopped)}));
}

}  // namespace sakip::eventlog
