#include "common/eventlog/event_log_service.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/rpc/stream.h"
#include "common/rpc/unary.h"

namespace sakip::eventlog {
namespace {

constexpr uint32_t kRecordsStandard = 128;
constexpr uint32_t kRecordsMax = 1000;

// A region, all regions or an agency.
absl::StatusOr<ResourceName> ParseScope(absl::string_view text) {
  auto scope = ParseResourceName(text);
  if (!scope.ok()) return InvalidField("scope", scope.status().message());
  if (!scope->collection.empty()) return InvalidField("scope", "is no region and no agency");
  return scope;
}

}  // namespace

EventLogService::EventLogService(rpc::Gate& gate, EventLog& log, Checkpointer* checkpointer)
    : gate_(gate), log_(log), checkpointer_(checkpointer) {
  gate_.OnDrain([this] { StopFollowers(); });
}

grpc::ServerUnaryReactor* EventLogService::ReadRecords(grpc::CallbackServerContext* context,
                                                       const v1::ReadRecordsRequest* request,
                                                       v1::ReadRecordsResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [&](const rpc::Call&) { return DoReadRecords(*request); });
}

absl::StatusOr<v1::ReadRecordsResponse> EventLogService::DoReadRecords(
    const v1::ReadRecordsRequest& request) {
  ASSIGN_OR_RETURN(const ResourceName scope, ParseScope(request.scope()));
  const uint32_t wanted = request.max_records() == 0 ? kRecordsStandard : request.max_records();
  ReadLimits limits;
  limits.records = std::min(wanted, kRecordsMax);
  ASSIGN_OR_RETURN(ReadResult read, log_.Read(request.from_position(), limits));
  RETURN_IF_ERROR(KeepInScope(scope, read));
  v1::ReadRecordsResponse response;
  for (StoredRecord& stored : read.records) {
    v1::StoredRecord* record = response.add_records();
    record->set_record(std::move(stored.record));
    record->set_leaf_hash(std::move(stored.leaf_hash));
  }
  response.set_next_position(read.next_position);
  response.set_end_position(read.end_position);
  return response;
}

grpc::ServerWriteReactor<v1::FollowRecordsResponse>* EventLogService::FollowRecords(
    grpc::CallbackServerContext* context, const v1::FollowRecordsRequest* request) {
  auto admission = gate_.Admit(context, *request);
  if (!admission.ok()) return rpc::Refuse<v1::FollowRecordsResponse>(admission.status());
  auto scope = ParseScope(request->scope());
  if (!scope.ok()) return rpc::Refuse<v1::FollowRecordsResponse>(**admission, scope.status());
  auto* follower = new FollowReactor(log_, *std::move(admission), *std::move(scope),
                                     request->from_position(), [this](FollowReactor* gone) {
                                       MutexLock lock(mutex_);
                                       followers_.erase(gone);
                                     });
  {
    MutexLock lock(mutex_);
    followers_.insert(follower);
  }
  // A drain that began before the follower was in the list did not see it.
  if (gate_.draining()) follower->Stop(rpc::ShuttingDown());
  follower->Start();
  return follower;
}

void EventLogService::StopFollowers() {
  MutexLock lock(mutex_);
  for (FollowReactor* follower : followers_) follower->Stop(rpc::ShuttingDown());
}

grpc::ServerUnaryReactor* EventLogService::GetHead(grpc::CallbackServerContext* context,
                                                   const v1::GetHeadRequest* request,
                                                   v1::GetHeadResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [&](const rpc::Call&) -> absl::StatusOr<v1::GetHeadResponse> {
                      v1::GetHeadResponse head;
                      head.set_end_position(log_.end_position());
                      return head;
                    });
}

}  // namespace sakip::eventlog
