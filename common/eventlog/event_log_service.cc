#include "common/eventlog/event_log_service.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/follow_reactor.h"
#include "common/eventlog/proof_answers.h"
#include "common/rpc/unary.h"

namespace sakip::eventlog {
namespace {

constexpr uint32_t kRecordsStandard = 128;
constexpr uint32_t kRecordsMax = 1000;

// Adds `records` to the message of either RPC that serves them.
template <typename Message>
void AddRecords(std::vector<StoredRecord> records, Message& message) {
  for (StoredRecord& stored : records) SetRecord(std::move(stored), *message.add_records());
}

}  // namespace

EventLogService::EventLogService(rpc::Gate& gate, EventLog& log, Checkpointer* checkpointer)
    : gate_(gate), log_(log), checkpointer_(checkpointer), followers_(gate) {}

grpc::ServerUnaryReactor* EventLogService::ReadRecords(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* in,
                                                       grpc::ByteBuffer* out) {
  return rpc::Unary<v1::ReadRecordsRequest>(gate_, context, in, out,
                                            std::bind_front(&EventLogService::DoReadRecords, this));
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
  AddRecords(std::move(read.records), response);
  response.set_next_position(read.next_position);
  response.set_end_position(read.end_position);
  return response;
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* EventLogService::FollowRecords(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in) {
  return Follow<v1::FollowRecordsRequest, v1::FollowRecordsResponse>(
      gate_, followers_, log_, context, *in,
      [](std::vector<StoredRecord> records, v1::FollowRecordsResponse& message) {
        AddRecords(std::move(records), message);
        return message.records_size() > 0;
      });
}

grpc::ServerUnaryReactor* EventLogService::GetHead(grpc::CallbackServerContext* context,
                                                   const grpc::ByteBuffer* in,
                                                   grpc::ByteBuffer* out) {
  return rpc::Unary<v1::GetHeadRequest>(
      gate_, context, in, out,
      [this](const rpc::Call&, const v1::GetHeadRequest&) -> absl::StatusOr<v1::GetHeadResponse> {
        v1::GetHeadResponse head;
        head.set_end_position(log_.end_position());
        return head;
      });
}

}  // namespace sakip::eventlog
