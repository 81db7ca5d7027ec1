#include "services/scoring/rpc/log_followers.h"

#include <algorithm>
#include <string>
#include <utility>

#include "common/base/status_macros.h"
#include "common/eventlog/follower.h"
#include "common/eventlog/record.h"
#include "services/scoring/rpc/plan_watcher.h"

namespace sakip::scoring {
namespace {

using eventlog::StoredRecord;
using planning::v1::PlanEvent;

class LogFollowers final : public Following {
 public:
  LogFollowers(std::unique_ptr<PlanWatcher> planning,
               std::unique_ptr<eventlog::Follower> realization)
      : planning_(std::move(planning)), realization_(std::move(realization)) {}

  Positions ends() const override {
    return {planning_->end_position(), realization_->end_position()};
  }

 private:
  const std::unique_ptr<PlanWatcher> planning_;
  const std::unique_ptr<eventlog::Follower> realization_;
};

// Goes on where the projection is.
absl::StatusOr<eventlog::FollowerOptions> OptionsOf(Source source, std::string name,
                                                    const Projection& projection, uint64_t limit,
                                                    const OnRead& on_read, rpc::Metrics* metrics) {
  eventlog::FollowerOptions options;
  options.source = std::move(name);
  options.metrics = metrics;
  ASSIGN_OR_RETURN(options.from_position, projection.Position(source));
  options.on_read = [source, limit, on_read](uint64_t next_position, uint64_t end_position) {
    on_read(source, std::min(next_position, limit), end_position);
  };
  return options;
}

// Applies what of a batch is before `limit`; `apply` takes events and the position behind them.
template <typename Event, typename PositionOf, typename Apply>
absl::Status ApplyBefore(uint64_t limit, const Projection& projection, Source source,
                         std::vector<Event> events, uint64_t next_position, PositionOf position_of,
                         Apply apply) {
  ASSIGN_OR_RETURN(const uint64_t position, projection.Position(source));
  if (position >= limit) return absl::OkStatus();
  CutAt(limit, position_of, events, next_position);
  return apply(events, next_position);
}

}  // namespace

Follow FollowOver(std::shared_ptr<grpc::Channel> planning,
                  std::shared_ptr<grpc::Channel> realization, rpc::Metrics& metrics) {
  return [planning, realization, &metrics](
             Projection& projection, const Positions& limits,
             const OnRead& on_read) -> absl::StatusOr<std::unique_ptr<Following>> {
    // What builds another store beside the one that serves is behind without harm.
    rpc::Metrics* const told = limits == kNoLimits ? &metrics : nullptr;
    ASSIGN_OR_RETURN(
        const eventlog::FollowerOptions plans,
        OptionsOf(Source::kPlanning, "planning", projection, limits.planning, on_read, told));
    ASSIGN_OR_RETURN(const eventlog::FollowerOptions submissions,
                     OptionsOf(Source::kRealization, "realization", projection, limits.realization,
                               on_read, told));
    auto watcher = std::make_unique<PlanWatcher>(
        planning::v1::PlanWatchService::NewStub(planning), plans,
        [&projection, limit = limits.planning](const std::vector<PlanEvent>& events,
                                               uint64_t next_position) {
          return ApplyBefore(
              limit, projection, Source::kPlanning, events, next_position,
              [](const PlanEvent& event) { return event.position(); },
              [&](const auto& kept, uint64_t next) { return projection.ApplyPlans(kept, next); });
        });
    auto follower = std::make_unique<eventlog::Follower>(
        eventlog::v1::EventLogService::NewStub(realization), submissions,
        [&projection, limit = limits.realization](const std::vector<StoredRecord>& records,
                                                  uint64_t next_position) {
          return ApplyBefore(
              limit, projection, Source::kRealization, records, next_position,
              [](const StoredRecord& stored) { return eventlog::PositionOf(stored.record); },
              [&](const auto& kept, uint64_t next) {
                return projection.ApplySubmissions(kept, next);
              });
        });
    return std::make_unique<LogFollowers>(std::move(watcher), std::move(follower));
  };
}

}  // namespace sakip::scoring
