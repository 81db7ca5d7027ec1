// FollowReactor streams a log to one follower: what is stored, then each record as it is appended.
// Every RPC that streams a log is one of its uses: they differ in what their messages are made of.
#ifndef SAKIP_COMMON_EVENTLOG_FOLLOW_REACTOR_H_
#define SAKIP_COMMON_EVENTLOG_FOLLOW_REACTOR_H_

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/event_log.h"
#include "common/rpc/admission.h"
#include "common/rpc/gate.h"
#include "common/rpc/pull_stream.h"
#include "common/rpc/stream.h"
#include "common/rpc/stream_set.h"

namespace sakip::eventlog {

// A region, all regions or an agency.
//   INVALID_ARGUMENT  INVALID_FIELD at `scope`: it is none of these.
absl::StatusOr<ResourceName> ParseScope(absl::string_view text);

// Drops the records of agencies that `scope` does not cover.
//   DATA_LOSS  RECORD_DAMAGED  a record does not parse.
absl::Status KeepInScope(const ResourceName& scope, ReadResult& result);

// Drops the records of a read that a follower with this scope is not sent, as KeepInScope does.
using KeepRecords = absl::Status (*)(const ResourceName& scope, ReadResult& result);

// Decides what a follower is sent, whatever the messages are. Thread-safe. Borrows the log, which
// outlives it.
class FollowStream : public rpc::PullStream {
 protected:
  FollowStream(EventLog& log, std::shared_ptr<rpc::Admission> admission, ResourceName scope,
               uint64_t from_position, KeepRecords keep);

 private:
  // Makes a new message of `records`; false where it holds nothing for the follower.
  virtual absl::StatusOr<bool> MakeMessage(std::vector<StoredRecord> records) = 0;
  // Completes the message.
  virtual void SetPositions(uint64_t next_position, uint64_t end_position) = 0;

  // Where much is read of which little is sent, others have their turns between.
  uint32_t MessageCost() const final { return read_for_nothing_ > 0 ? rpc::kQueuedCostMin : 0; }
  absl::StatusOr<Next> MakeNext() final;
  absl::Time BeginWait() final;
  void EndWait() final { log_.CancelWait(wait_); }

  EventLog& log_;
  const ResourceName scope_;
  const KeepRecords keep_;

  uint64_t next_position_;
  bool told_end_ = false;          // The follower knows that it has reached the end.
  uint64_t read_for_nothing_ = 0;  // Reads since one had something for the follower.
  WaitId wait_ = 0;
};

// Streams messages of type `Response`, which has `next_position` and `end_position`. Thread-safe.
template <typename Response>
class FollowReactor final : public rpc::PullReactor<Response, FollowStream> {
 public:
  // Adds `records`, consecutive ones without those out of scope, to an empty message; false where
  // they hold nothing for the follower. Its error ends the stream.
  using AddRecords =
      std::function<absl::StatusOr<bool>(std::vector<StoredRecord> records, Response& message)>;

  FollowReactor(EventLog& log, rpc::StreamSet& streams, std::shared_ptr<rpc::Admission> admission,
                ResourceName scope, uint64_t from_position, AddRecords add,
                KeepRecords keep = &KeepInScope)
      : rpc::PullReactor<Response, FollowStream>(streams, log, std::move(admission),
                                                 std::move(scope), from_position, keep),
        add_(std::move(add)) {}

 private:
  absl::StatusOr<bool> MakeMessage(std::vector<StoredRecord> records) override {
    this->message().Clear();
    return add_(std::move(records), this->message());
  }
  void SetPositions(uint64_t next_position, uint64_t end_position) override {
    this->message().set_next_position(next_position);
    this->message().set_end_position(end_position);
  }

  const AddRecords add_;
};

// Passes the gate and follows `log` as the request asks, which has `scope` and `from_position`.
// `streams`, `log` and what `add` holds outlive the stream.
template <typename Request, typename Response>
grpc::ServerWriteReactor<grpc::ByteBuffer>* Follow(rpc::Gate& gate, rpc::StreamSet& streams,
                                                   EventLog& log,
                                                   grpc::CallbackServerContext* context,
                                                   const grpc::ByteBuffer& in,
                                                   typename FollowReactor<Response>::AddRecords add,
                                                   KeepRecords keep = &KeepInScope) {
  return rpc::WriteStream<Request>(
      gate, streams, context, in,
      [&](rpc::Admitted call, const Request& request) -> absl::StatusOr<FollowReactor<Response>*> {
        ASSIGN_OR_RETURN(ResourceName scope, ParseScope(request.scope()));
        return new FollowReactor<Response>(log, streams, std::move(call), std::move(scope),
                                           request.from_position(), std::move(add), keep);
      });
}

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_FOLLOW_REACTOR_H_
