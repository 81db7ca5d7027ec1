#include "services/scoring/rpc/plan_watcher.h"

#include <iterator>
#include <utility>

#include "common/base/status_macros.h"

namespace sakip::scoring {
namespace {

using planning::v1::PlanEvent;

// Borrows `apply`.
class PlanStream final : public eventlog::MessageStream<planning::v1::WatchPlansResponse> {
 public:
  PlanStream(std::unique_ptr<Reader> reader, const PlanWatcher::Apply& apply)
      : MessageStream(std::move(reader)), apply_(apply) {}

  absl::Status Check(uint64_t from_position) override {
    uint64_t lowest = from_position;
    for (const PlanEvent& event : message().events()) {
      RETURN_IF_ERROR(eventlog::CheckPosition(event.position(), next_position(), lowest));
    }
    return absl::OkStatus();
  }

  // A stream that waits holds no events.
  absl::Status Apply() override {
    auto& wire = *message().mutable_events();
    const std::vector<PlanEvent> events(std::make_move_iterator(wire.begin()),
                                        std::make_move_iterator(wire.end()));
    return apply_(events, next_position());
  }

 private:
  const PlanWatcher::Apply& apply_;
};

}  // namespace

PlanWatcher::PlanWatcher(std::unique_ptr<planning::v1::PlanWatchService::StubInterface> stub,
                         const eventlog::FollowerOptions& options, Apply apply)
    : StreamFollower(
          options, [stub = std::shared_ptr(std::move(stub)), scope = options.scope,
                    apply = std::move(apply)](grpc::ClientContext& context, uint64_t position) {
            planning::v1::WatchPlansRequest request;
            request.set_from_position(position);
            request.set_scope(scope);
            return std::make_unique<PlanStream>(stub->WatchPlans(&context, request), apply);
          }) {}

}  // namespace sakip::scoring
