#include "common/eventlog/follow_reactor.h"

#include <utility>
#include <vector>

#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/eventlog/record.h"

namespace sakip::eventlog {
namespace {

// A large record goes alone, so that no message is much larger than the largest record. What is
// left out is read again.
void LeaveLargeRecord(ReadResult& read) {
  if (read.records.size() < 2 || read.records.back().record.size() <= ReadLimits().bytes) return;
  read.records.pop_back();
  --read.next_position;
}

}  // namespace

absl::StatusOr<ResourceName> ParseScope(absl::string_view text) {
  auto scope = ParseResourceName(text);
  if (!scope.ok()) return InvalidField("scope", scope.status().message());
  if (!scope->collection.empty()) return InvalidField("scope", "is no region and no agency");
  return scope;
}

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

FollowStream::FollowStream(EventLog& log, std::shared_ptr<rpc::Admission> admission,
                           ResourceName scope, uint64_t from_position)
    : log_(log),
      admission_(std::move(admission)),
      scope_(std::move(scope)),
      next_position_(from_position) {}

// Writes the next message, or waits where there is none. Only the running thread is here.
void FollowStream::Continue() {
  if (EndIfStopped()) return;
  auto read = log_.Read(next_position_, ReadLimits());
  if (!read.ok()) return End(read.status());
  LeaveLargeRecord(*read);
  const uint64_t end_position = read->end_position;
  const bool at_end = read->next_position == end_position;
  if (read->next_position == next_position_ && told_end_) return WaitForMore();
  next_position_ = read->next_position;
  const absl::Status kept = KeepInScope(scope_, *read);
  if (!kept.ok()) return End(kept);
  const auto made = MakeMessage(std::move(read->records));
  if (!made.ok()) return End(made.status());

  // Where nothing is for the follower, only the end is worth a message.
  if (!*made && !at_end) return ContinueElsewhere();
  told_end_ = at_end;
  admission_->CountResponse(SetPositions(next_position_, end_position));
  WriteMessage();
}

void FollowStream::OnWritten(bool ok) {
  if (ok) {
    Continue();
  } else {
    End(absl::CancelledError("the follower is gone"));
  }
}

void FollowStream::WaitForMore() {
  DropMessage();  // A follower that waits costs no message.
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
void FollowStream::OnMore() {
  {
    MutexLock lock(mutex_);
    if (state_ == State::kArming) more_ = true;
    if (state_ != State::kWaiting) return;
    state_ = State::kRunning;
  }
  ContinueElsewhere();
}

// Continues on a thread of gRPC, with an empty stack.
void FollowStream::ContinueElsewhere() {
  // Of the past: gRPC rounds the present up to its next millisecond.
  alarm_.Set(gpr_inf_past(GPR_CLOCK_MONOTONIC), [this](bool) { Continue(); });
}

void FollowStream::Break(const absl::Status& why) {
  WaitId wait = 0;
  {
    MutexLock lock(mutex_);
    if (stopped_ || state_ == State::kFinished) return;
    stopped_ = true;
    stop_status_ = why;
    if (state_ != State::kWaiting) return;  // The running thread will see it.
    state_ = State::kRunning;
    wait = wait_;
  }
  log_.CancelWait(wait);
  ContinueElsewhere();
}

void FollowStream::OnGone() { Break(absl::CancelledError("the follower is gone")); }

bool FollowStream::EndIfStopped() {
  absl::Status status;
  {
    MutexLock lock(mutex_);
    if (!stopped_) return false;
    status = stop_status_;
  }
  End(status);
  return true;
}

void FollowStream::End(const absl::Status& status) {
  {
    MutexLock lock(mutex_);
    SAKIP_CHECK(state_ == State::kRunning);
    state_ = State::kFinished;
  }
  Finish(admission_->End(status));
}

}  // namespace sakip::eventlog
