// MemoryEventLog keeps an event log in memory, for tests of what stands on a log.
#ifndef SAKIP_COMMON_EVENTLOG_MEMORY_EVENT_LOG_H_
#define SAKIP_COMMON_EVENTLOG_MEMORY_EVENT_LOG_H_

#include "common/eventlog/sequenced_event_log.h"

namespace sakip::eventlog {

// Thread-safe. All of EventLog's promises but durability.
class MemoryEventLog final : public SequencedEventLog {
 public:
  explicit MemoryEventLog(SequencedEventLogOptions options = {});
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_MEMORY_EVENT_LOG_H_
