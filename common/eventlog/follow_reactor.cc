#include "common/eventlog/follow_reactor.h"

#include <utility>
#include <vector>

#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/eventlog/record.h"

namespace sakip::eventlog {

absl::Status KeepInScope(const ResourceName& scope, ReadResult& result) {
  if (scope.is_all_regions()) return absl::OkStatus();
  std::vector<StoredRecord> kept;
  for (StoredRecord& stored : result.records) {
    ASSIGN_OR_RETURN(const v1::Record record, ParseRecord(stored));
    if (ScopeCovers(scope, OwnerOf(record.stream()))) kept.push_back(std::move(stored));
  }
  result.records = std::move(kept);
  return absl::OkStatus();
}

FollowReactor::FollowReactor(EventLog& log, std::shared_ptr<rpc::Admission> admission,
                             ResourceName scope, uint64_t from_position,
                             std::function<void(FollowReactor*)> gone)
    : log_(log),
      admission_(std::move(admission)),
      scope_(std::move(scope)),
      gone_(std::move(gone)),
      next_position_(from_position) {}

// Writes the next message, or waits where there is none. Only the running thread is here.
void FollowReactor::Continue() {
  if (FinishIfStopped()) return;
  auto read = log_.Read(next_position_, ReadLimits());
  if (!read.ok()) return Finish(read.status());
  const bool at_end = read->next_position == read->end_position;
  if (read->next_position == next_position_ && told_end_) return WaitForMore();
  const absl::Status kept = KeepInScope(scope_, *read);
  if (!kept.ok()) return Finish(kept);

  next_position_ = read->next_position;
  // Where the scope leaves everything out, only the end is worth a message.
  if (read->records.empty() && !at_end) return ContinueElsewhere();
  told_end_ = at_end;
  message_.Clear();
  for (StoredRecord& stored : read->records) {
    v1::StoredRecord* record = message_.add_records();
    record->set_record(std::move(stored.record));
    record->set_leaf_hash(std::move(stored.leaf_hash));
  }
  message_.set_next_position(next_position_);
  message_.set_end_position(read->end_position);
  admission_->CountResponse(message_.ByteSizeLong());
  StartWrite(&message_);
}

void FollowReactor::OnWriteDone(bool ok) {
  if (ok) {
    Continue();
  } else {
    Finish(absl::CancelledError("the follower is gone"));
  }
}

void FollowReactor::WaitForMore() {
  // A follower that waits costs no message; Clear() would keep its memory.
  message_ = v1::FollowRecordsResponse();
  {
    MutexLock lock(mutex_);
    state_ = State::kArming;
    more_ = false;
  }
  const WaitId wait = log_.WaitForMore(next_position_, [this] { OnMore(); });
  bool cancel = false;
  {
    MutexLock lock(mutex_);
    wait_ = wait;
    if (!more_ && !stopped_) {
      state_ = State::kWaiting;
      return;
    }
    state_ = State::kRunning;
    cancel = !more_;
  }
  if (cancel) log_.CancelWait(wait);
  ContinueElsewhere();
}

// On a thread of the log, which must not read the disk for us.
void FollowReactor::OnMore() {
  {
    MutexLock lock(mutex_);
    if (state_ == State::kArming) more_ = true;
    if (state_ != State::kWaiting) return;
    state_ = State::kRunning;
  }
  ContinueElsewhere();
}

// Continues on a thread of gRPC, with an empty stack.
void FollowReactor::ContinueElsewhere() {
  alarm_.Set(gpr_now(GPR_CLOCK_MONOTONIC), [this](bool) { Continue(); });
}

void FollowReactor::Stop(const absl::Status& status) {
  WaitId wait = 0;
  {
    MutexLock lock(mutex_);
    if (stopped_ || state_ == State::kFinished) return;
    stopped_ = true;
    stop_status_ = status;
    if (state_ != State::kWaiting) return;  // The running thread will see it.
    state_ = State::kRunning;
    wait = wait_;
  }
  log_.CancelWait(wait);
  ContinueElsewhere();
}

void FollowReactor::OnCancel() { Stop(absl::CancelledError("the follower is gone")); }

bool FollowReactor::FinishIfStopped() {
  absl::Status status;
  {
    MutexLock lock(mutex_);
    if (!stopped_) return false;
    status = stop_status_;
  }
  Finish(status);
  return true;
}

void FollowReactor::Finish(const absl::Status& status) {
  {
    MutexLock lock(mutex_);
    SAKIP_CHECK(state_ == State::kRunning);
    state_ = State::kFinished;
  }
  grpc::ServerWriteReactor<v1::FollowRecordsResponse>::Finish(admission_->End(status));
}

void FollowReactor::OnDone() {
  gone_(this);
  delete this;
}

}  // namespace sakip::eventlog
