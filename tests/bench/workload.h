// What is written: events as agencies make them, and slots that append them to a log without
// getting into each other's way.
#ifndef SAKIP_TESTS_BENCH_WORKLOAD_H_
#define SAKIP_TESTS_BENCH_WORKLOAD_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/eventlog/event_log.h"

namespace sakip::bench {

// Payloads of the two sizes that are measured. An event of 500 B is a record of 500 B on disk, of
// which the payload is what the names, times and hashes leave.
inline constexpr size_t kRecordBytes = 500;
inline constexpr size_t kEventPayloadBytes = 230;
inline constexpr size_t kSubmissionBytes = 16 * 1024;
inline constexpr size_t kSubmissionLines = 48;

// `bytes` of text that shrinks to about half when it is compressed, others for each `seed`.
// Thread-safe.
std::string Text(size_t bytes, uint64_t seed);

// Makes requests that a log accepts: each slot writes for agencies of its own and knows how far
// their streams are. A slot is used by one thread at a time, different slots by any.
class Writers {
 public:
  // `group` tells those on one log apart.
  Writers(size_t slots, size_t payload_bytes, size_t events_per_request = 1,
          absl::string_view group = "a");

  // The next request of a slot; its predecessor was stored.
  eventlog::AppendRequest Next(size_t slot);

 private:
  static constexpr size_t kAgenciesPerSlot = 8;

  struct Stream {
    std::string name;
    uint64_t revision = 0;
  };
  struct Slot {
    std::vector<Stream> streams;
    uint64_t requests = 0;
  };

  const size_t payload_bytes_;
  const size_t events_per_request_;
  std::vector<Slot> slots_;
};

// Appends the next request of `slot`; an append that fails ends the process. Borrows both.
void AppendNext(eventlog::EventLog& log, Writers& writers, size_t slot, std::function<void()> done);

// Appends `events` events of 500 B to an empty log, many at a time.
void Fill(eventlog::EventLog& log, size_t events);

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_WORKLOAD_H_
