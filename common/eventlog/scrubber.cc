#include "common/eventlog/scrubber.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/base/thread_priority.h"

namespace sakip::eventlog {

using SteadyClock = std::chrono::steady_clock;

Scrubber::Scrubber(const EventLog& log, ScrubberOptions options)
    : log_(log), options_(std::move(options)), thread_([this] { ScrubUntilStopped(); }) {}

Scrubber::~Scrubber() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  thread_.join();
}

void Scrubber::ScrubUntilStopped() {
  ComeLast();
  do {
    uint64_t records = 0;
    const absl::Status result = ScrubOnce(records);
    if (absl::IsCancelled(result)) return;
    Log(result.ok() ? LogLevel::kInfo : LogLevel::kError, "log_scrubbed",
        {{"records", absl::StrCat(records)}, {"result", result.ToString()}});
    if (options_.on_done) options_.on_done(result, records);
  } while (Wait(options_.interval));
}

absl::Status Scrubber::ScrubOnce(uint64_t& records) {
  SteadyClock::time_point began = SteadyClock::now();
  return log_.Verify([&](uint64_t next_position, uint64_t end_position) {
    records = end_position;
    const auto worked = absl::FromChrono(SteadyClock::now() - began);
    const bool go_on = next_position == 0 || Wait(worked * (1 / options_.share - 1));
    began = SteadyClock::now();
    return go_on;
  });
}

bool Scrubber::Wait(absl::Duration time) {
  const auto until = SteadyClock::now() + absl::ToChronoNanoseconds(time);
  MutexLock lock(mutex_);
  while (!stopping_ && SteadyClock::now() < until) changed_.wait_until(mutex_, until);
  return !stopping_;
}

}  // namespace sakip::eventlog
