// WatchedPlans keeps scoring's projection up to date with a real planning, as scoringd does.
#ifndef SAKIP_TESTS_SCENARIOS_WATCHED_PLANS_H_
#define SAKIP_TESTS_SCENARIOS_WATCHED_PLANS_H_

#include <chrono>
#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/base/status_macros.h"
#include "common/rpc/channel.h"
#include "services/scoring/rpc/plan_watcher.h"
#include "services/scoring/store/progress.h"
#include "services/scoring/store/projection.h"

namespace sakip::scoring {

// Not thread-safe. Borrows the projection, which outlives it.
class WatchedPlans {
 public:
  WatchedPlans(const std::string& address, Projection& projection,
               absl::Duration stream_time_max = absl::Minutes(10)) {
    eventlog::FollowerOptions options;
    options.source = "planning";
    options.from_position = projection.Position(Source::kPlanning).value();
    options.stream_time_max = stream_time_max;
    watcher_ = std::make_unique<PlanWatcher>(
        planning::v1::PlanWatchService::NewStub(rpc::MakeChannel({.target = address}).value()),
        options,
        [this, &projection](const std::vector<planning::v1::PlanEvent>& events,
                            uint64_t next_position) {
          RETURN_IF_ERROR(projection.ApplyPlans(events, next_position));
          for (const planning::v1::PlanEvent& event : events) seen_.push_back(event.position());
          progress_.Advance(Source::kPlanning, next_position);
          return absl::OkStatus();
        });
  }

  // Waits until planning was read up to `position`; false after a minute.
  bool Reach(uint64_t position) {
    auto reached = std::make_shared<std::promise<void>>();
    progress_.Wait({position, 0}, [reached] { reached->set_value(); });
    return reached->get_future().wait_for(std::chrono::minutes(1)) == std::future_status::ready;
  }

  // Positions of the events that came; read once a position was reached and nothing follows.
  const std::vector<uint64_t>& seen() const { return seen_; }

  const PlanWatcher& watcher() const { return *watcher_; }

 private:
  Progress progress_;
  std::vector<uint64_t> seen_;            // Written by the watcher's thread.
  std::unique_ptr<PlanWatcher> watcher_;  // Last: its thread uses the others.
};

}  // namespace sakip::scoring

#endif  // SAKIP_TESTS_SCENARIOS_WATCHED_PLANS_H_
