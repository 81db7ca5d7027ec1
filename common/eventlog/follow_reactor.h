// FollowReactor streams a log to one follower: what is stored, then each record as it is appended.
// Every RPC that streams a log is one of its uses: they differ in what their messages are made of.
#ifndef SAKIP_COMMON_EVENTLOG_FOLLOW_REACTOR_H_
#define SAKIP_COMMON_EVENTLOG_FOLLOW_REACTOR_H_

#include <grpcpp/alarm.h>
#include <grpcpp/support/server_callback.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/base/mutex.h"
#include "common/base/resource_name.h"
#include "common/eventlog/event_log.h"
#include "common/rpc/admission.h"
#include "common/rpc/gate.h"
#include "common/rpc/stream.h"
#include "common/rpc/stream_set.h"

namespace sakip::eventlog {

// A region, all regions or an agency.
//   INVALID_ARGUMENT  INVALID_FIELD at `scope`: it is none of these.
absl::StatusOr<ResourceName> ParseScope(absl::string_view text);

// Drops the records of agencies that `scope` does not cover.
//   DATA_LOSS  RECORD_DAMAGED  a record does not parse.
absl::Status KeepInScope(const ResourceName& scope, ReadResult& result);

// Decides what a follower is sent and when, whatever the messages are. Thread-safe. Borrows the
// log, which outlives it.
class FollowStream : public rpc::BreakableStream {
 public:
  // Begins to stream. Called once, after the stream has entered its set.
  void Start() { Continue(); }

  // Ends the stream with `why` as soon as nothing is being written. The first call counts.
  void Break(const absl::Status& why) final;

 protected:
  FollowStream(EventLog& log, std::shared_ptr<rpc::Admission> admission, ResourceName scope,
               uint64_t from_position);

  // The message was written, or the follower is gone.
  void OnWritten(bool ok);
  void OnGone();

 private:
  // What happens next is decided by one thread at a time: the one that finds the stream kRunning.
  enum class State { kRunning, kArming, kWaiting, kFinished };

  // The rest is called by the running thread alone. Makes a new message of `records`; false where
  // it holds nothing for the follower.
  virtual absl::StatusOr<bool> MakeMessage(std::vector<StoredRecord> records) = 0;
  // Completes the message; returns its size in bytes.
  virtual size_t SetPositions(uint64_t next_position, uint64_t end_position) = 0;
  virtual void WriteMessage() = 0;  // OnWritten follows.
  virtual void DropMessage() = 0;   // And its memory.
  virtual void Finish(grpc::Status status) = 0;

  void Continue();
  void WaitForMore();
  void OnMore();
  void ContinueElsewhere();
  bool EndIfStopped();
  void End(const absl::Status& status);

  EventLog& log_;
  const std::shared_ptr<rpc::Admission> admission_;
  const ResourceName scope_;

  // Used by the running thread alone.
  uint64_t next_position_;
  bool told_end_ = false;  // The follower knows that it has reached the end.
  grpc::Alarm alarm_;

  Mutex mutex_;
  State state_ ABSL_GUARDED_BY(mutex_) = State::kRunning;
  bool more_ ABSL_GUARDED_BY(mutex_) = false;  // Woken while arming.
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status stop_status_ ABSL_GUARDED_BY(mutex_);
  WaitId wait_ ABSL_GUARDED_BY(mutex_) = 0;
};

// Streams messages of type `Response`, which has `next_position` and `end_position`. Thread-safe.
// Deletes itself when gRPC is done with the stream. Holds one message at a time: a follower that
// does not read costs that message and no more.
template <typename Response>
class FollowReactor final : public grpc::ServerWriteReactor<Response>, public FollowStream {
 public:
  // Adds `records`, consecutive ones without those out of scope, to an empty message; false where
  // they hold nothing for the follower. Its error ends the stream.
  using AddRecords =
      std::function<absl::StatusOr<bool>(std::vector<StoredRecord> records, Response& message)>;

  FollowReactor(EventLog& log, rpc::StreamSet& streams, std::shared_ptr<rpc::Admission> admission,
                ResourceName scope, uint64_t from_position, AddRecords add)
      : FollowStream(log, std::move(admission), std::move(scope), from_position),
        streams_(streams),
        add_(std::move(add)) {}

  void OnWriteDone(bool ok) override { OnWritten(ok); }
  void OnCancel() override { OnGone(); }
  void OnDone() override {
    streams_.Leave(this);
    delete this;
  }

 private:
  absl::StatusOr<bool> MakeMessage(std::vector<StoredRecord> records) override {
    message_.Clear();
    return add_(std::move(records), message_);
  }
  size_t SetPositions(uint64_t next_position, uint64_t end_position) override {
    message_.set_next_position(next_position);
    message_.set_end_position(end_position);
    return message_.ByteSizeLong();
  }
  void WriteMessage() override { this->StartWrite(&message_); }
  void DropMessage() override { message_ = Response(); }  // Clear() would keep the memory.
  void Finish(grpc::Status status) override {
    grpc::ServerWriteReactor<Response>::Finish(std::move(status));
  }

  rpc::StreamSet& streams_;
  const AddRecords add_;
  Response message_;
};

// Passes the gate and follows `log` as `request` asks, a message with `scope` and `from_position`.
// `streams`, `log` and what `add` holds outlive the stream.
template <typename Response, typename Request>
grpc::ServerWriteReactor<Response>* Follow(rpc::Gate& gate, rpc::StreamSet& streams, EventLog& log,
                                           grpc::CallbackServerContext* context,
                                           const Request& request,
                                           typename FollowReactor<Response>::AddRecords add) {
  auto admission = gate.Admit(context, request);
  if (!admission.ok()) return rpc::Refuse<Response>(admission.status());
  auto scope = ParseScope(request.scope());
  if (!scope.ok()) return rpc::Refuse<Response>(**admission, scope.status());
  auto* reactor =
      new FollowReactor<Response>(log, streams, *std::move(admission), *std::move(scope),
                                  request.from_position(), std::move(add));
  streams.Enter(reactor);
  reactor->Start();
  return reactor;
}

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_FOLLOW_REACTOR_H_
