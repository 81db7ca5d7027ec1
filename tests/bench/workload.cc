#include "tests/bench/workload.h"

#include <iostream>
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/base/mutex.h"
#include "common/eventlog/rows.h"

namespace sakip::bench {
namespace {

constexpr size_t kFillEvents = 100;  // In one request.
constexpr size_t kFillInFlight = 32;

// Hexadecimal digits: one byte carries half a byte.
std::string Digits(size_t bytes) {
  std::mt19937_64 random(1);
  std::string digits(bytes, '0');
  for (char& digit : digits) digit = "0123456789abcdef"[random() % 16];
  return digits;
}

std::string StreamOf(absl::string_view group, size_t slot, size_t agency) {
  return absl::StrCat("regions/35.", 10 + slot % 30, "/agencies/", group, slot, "-", agency,
                      "/years/2023");
}

}  // namespace

std::string Text(size_t bytes, uint64_t seed) {
  static const std::string* const pool = new std::string(Digits(8 << 20));
  // Odd, so that neighbours start far from each other and come to every place in turn.
  constexpr uint64_t kStep = 7919;
  return pool->substr(seed * kStep % (pool->size() - bytes), bytes);
}

Writers::Writers(size_t slots, size_t payload_bytes, size_t events_per_request,
                 absl::string_view group)
    : payload_bytes_(payload_bytes), events_per_request_(events_per_request), slots_(slots) {
  for (size_t slot = 0; slot < slots; ++slot) {
    for (size_t agency = 0; agency < kAgenciesPerSlot; ++agency) {
      slots_[slot].streams.push_back({StreamOf(group, slot, agency), 0});
    }
  }
}

eventlog::AppendRequest Writers::Next(size_t slot) {
  Slot& state = slots_[slot];
  const uint64_t number = state.requests++;
  Stream& stream = state.streams[number % kAgenciesPerSlot];
  eventlog::AppendRequest request;
  request.stream = stream.name;
  request.expected_revision = stream.revision;
  request.request_id = absl::StrCat("7f3c0b52-", slot, "-", number);
  request.request_digest = Text(eventlog::kHashBytes, number);
  request.actor = "reporter-1";
  for (size_t event = 0; event < events_per_request_; ++event) {
    request.events.push_back({"sakip.realization.v1.QuarterSubmitted",
                              Text(payload_bytes_, number * events_per_request_ + event + slot)});
  }
  stream.revision += events_per_request_;
  return request;
}

void AppendNext(eventlog::EventLog& log, Writers& writers, size_t slot,
                std::function<void()> done) {
  log.Append(writers.Next(slot),
             [done = std::move(done)](const absl::StatusOr<eventlog::AppendResult>& result) {
               if (!result.ok()) std::cerr << result.status() << "\n";
               SAKIP_CHECK(result.ok());
               done();
             });
}

void Fill(eventlog::EventLog& log, size_t events) {
  Writers writers(kFillInFlight, kEventPayloadBytes, kFillEvents);
  Mutex mutex;
  ConditionVariable changed;
  std::vector<size_t> idle;
  for (size_t slot = 0; slot < kFillInFlight; ++slot) idle.push_back(slot);
  const auto take_idle = [&] {
    MutexLock lock(mutex);
    while (idle.empty()) changed.wait(mutex);
    const size_t slot = idle.back();
    idle.pop_back();
    return slot;
  };
  for (size_t filled = 0; filled < events; filled += kFillEvents) {
    const size_t slot = take_idle();
    AppendNext(log, writers, slot, [&, slot] {
      MutexLock lock(mutex);
      idle.push_back(slot);
      changed.notify_one();
    });
  }
  MutexLock lock(mutex);
  while (idle.size() < kFillInFlight) changed.wait(mutex);
}

}  // namespace sakip::bench
