#include "services/planning/rpc/plan_watch_service.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/eventlog/follow_reactor.h"
#include "common/eventlog/payload.h"
#include "common/eventlog/record.h"
#include "sakip/planning/v1/events.pb.h"

namespace sakip::planning {
namespace {

// Sets what happened; leaves it unset where `record` is of a type that is not offered.
absl::Status SetEvent(const eventlog::v1::Record& record, v1::PlanEvent& event) {
  if (record.type() == v1::AgencyRegistered::descriptor()->full_name()) {
    ASSIGN_OR_RETURN(*event.mutable_agency_registered(),
                     eventlog::ParsePayload<v1::AgencyRegistered>(record));
  } else if (record.type() == v1::DocumentPublished::descriptor()->full_name()) {
    ASSIGN_OR_RETURN(auto published, eventlog::ParsePayload<v1::DocumentPublished>(record));
    published.mutable_document()->set_log_position(record.position());
    *event.mutable_document_published() = std::move(published);
  } else if (record.type() == v1::ReferenceValuesPublished::descriptor()->full_name()) {
    ASSIGN_OR_RETURN(auto published, eventlog::ParsePayload<v1::ReferenceValuesPublished>(record));
    for (v1::ReferenceValueChange& change : *published.mutable_changes()) {
      change.mutable_reference_value()->set_log_position(record.position());
    }
    *event.mutable_reference_values_published() = std::move(published);
  } else if (record.type() == v1::ScoringPolicyPublished::descriptor()->full_name()) {
    ASSIGN_OR_RETURN(auto published, eventlog::ParsePayload<v1::ScoringPolicyPublished>(record));
    published.mutable_scoring_policy()->set_log_position(record.position());
    *event.mutable_scoring_policy_published() = std::move(published);
  }
  return absl::OkStatus();
}

// A payload that does not parse holds nobody up: planning itself passes over it.
absl::StatusOr<bool> AddEvents(std::vector<eventlog::StoredRecord> records,
                               v1::WatchPlansResponse& message) {
  for (eventlog::StoredRecord& stored : records) {
    ASSIGN_OR_RETURN(eventlog::v1::Record record, eventlog::ParseRecord(stored));
    v1::PlanEvent event;
    const absl::Status set = SetEvent(record, event);
    if (!set.ok()) {
      Log(LogLevel::kError, "event_not_read",
          {{"position", absl::StrCat(record.position())}, {"error", set.ToString()}});
      continue;
    }
    if (event.event_case() == v1::PlanEvent::EVENT_NOT_SET) continue;
    event.set_position(record.position());
    *event.mutable_recorded_time() = std::move(*record.mutable_recorded_time());
    event.set_leaf_hash(std::move(stored.leaf_hash));
    *message.add_events() = std::move(event);
  }
  return message.events_size() > 0;
}

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* PlanWatchService::WatchPlans(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in) {
  return eventlog::Follow<v1::WatchPlansRequest, v1::WatchPlansResponse>(gate_, watchers_, log_,
                                                                         context, *in, AddEvents);
}

}  // namespace sakip::planning
