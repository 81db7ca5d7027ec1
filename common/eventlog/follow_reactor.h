// FollowReactor streams the records of a log to one follower: all that are stored, then each as it
// is appended.
#ifndef SAKIP_COMMON_EVENTLOG_FOLLOW_REACTOR_H_
#define SAKIP_COMMON_EVENTLOG_FOLLOW_REACTOR_H_

#include <grpcpp/alarm.h>
#include <grpcpp/support/server_callback.h>

#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "common/base/mutex.h"
#include "common/base/resource_name.h"
#include "common/eventlog/event_log.h"
#include "common/rpc/admission.h"
#include "sakip/eventlog/v1/event_log_service.pb.h"

namespace sakip::eventlog {

// Drops the records of agencies that `scope` does not cover.
//   DATA_LOSS  RECORD_DAMAGED  a record does not parse.
absl::Status KeepInScope(const ResourceName& scope, ReadResult& result);

// Thread-safe. Deletes itself when gRPC is done with the stream; borrows the log, which outlives
// it. Holds one message at a time: a follower that does not read costs that message and no more.
class FollowReactor final : public grpc::ServerWriteReactor<v1::FollowRecordsResponse> {
 public:
  // `gone` is called last, when nothing uses the reactor any more.
  FollowReactor(EventLog& log, std::shared_ptr<rpc::Admission> admission, ResourceName scope,
                uint64_t from_position, std::function<void(FollowReactor*)> gone);

  // Begins to stream. Called once, after the reactor is known to those who may call Stop.
  void Start() { Continue(); }

  // Ends the stream with `status` as soon as nothing is being written. The first call counts.
  void Stop(const absl::Status& status);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  // What happens next is decided by one thread at a time: the one that finds the reactor kRunning.
  enum class State { kRunning, kArming, kWaiting, kFinished };

  void Continue();
  void WaitForMore();
  void OnMore();
  void ContinueElsewhere();
  bool FinishIfStopped();
  void Finish(const absl::Status& status);

  EventLog& log_;
  const std::shared_ptr<rpc::Admission> admission_;
  const ResourceName scope_;
  const std::function<void(FollowReactor*)> gone_;

  // Used by the running thread alone.
  uint64_t next_position_;
  bool told_end_ = false;  // The follower knows that it has reached the end.
  v1::FollowRecordsResponse message_;
  grpc::Alarm alarm_;

  Mutex mutex_;
  State state_ ABSL_GUARDED_BY(mutex_) = State::kRunning;
  bool more_ ABSL_GUARDED_BY(mutex_) = false;  // Woken while arming.
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status stop_status_ ABSL_GUARDED_BY(mutex_);
  WaitId wait_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_FOLLOW_REACTOR_H_
