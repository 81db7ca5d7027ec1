#include "common/rpc/pull_stream.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/log.h"

namespace sakip::rpc {
namespace {

// Of the past: gRPC rounds the present up to its next millisecond.
gpr_timespec Now() { return gpr_inf_past(GPR_CLOCK_MONOTONIC); }

gpr_timespec ToGpr(absl::Time time) {
  if (time == absl::InfiniteFuture()) return gpr_inf_future(GPR_CLOCK_REALTIME);
  gpr_timespec when;
  grpc::Timepoint2Timespec(absl::ToChronoTime(time), &when);
  return when;
}

}  // namespace

PullStream::PullStream(std::shared_ptr<Admission> admission)
    : admission_(std::move(admission)), link_(std::make_shared<Link>()) {
  MutexLock lock(link_->mutex);
  link_->stream = this;
}

PullStream::~PullStream() {
  MutexLock lock(link_->mutex);
  link_->stream = nullptr;
}

absl::Status PullStream::Broken() {
  MutexLock lock(mutex_);
  return broken_;
}

// Goes on to the next message when it is its turn. Only the running thread is here.
void PullStream::Continue() {
  absl::Status broken = Broken();
  if (broken.ok()) broken = admission_->Confirm();
  if (!broken.ok()) return End(broken);
  const absl::Duration debt = admission_->Debt();
  if (debt > absl::ZeroDuration()) return Pause(debt);
  admission_->work().InTurn(admission_->call(), MessageCost(),
                            [this](const absl::Status& turn) { Make(turn); });
}

// A reader that has had more than its quota waits instead of being refused.
void PullStream::Pause(absl::Duration time) {
  DropMessage();
  MutexLock lock(mutex_);
  Sleep(/*at_once=*/false, absl::Now() + time, /*ends_wait=*/false);
}

// Continues at `until` or when the alarm is cancelled, and soon enough to see that the caller was
// disowned.
void PullStream::Sleep(bool at_once, absl::Time until, bool ends_wait) {
  waiting_ = true;
  const absl::Time latest = absl::Now() + admission_->confirm_every();
  alarm_.Set(at_once || !broken_.ok() ? Now() : ToGpr(std::min(until, latest)),
             [this, ends_wait](bool) {
               {
                 MutexLock slept(mutex_);
                 waiting_ = false;
               }
               if (ends_wait) EndWait();
               Continue();
             });
}

// Writes the next message, or waits where there is none.
void PullStream::Make(const absl::Status& turn) {
  const absl::Status broken = Broken();  // While it waited for its turn.
  if (!broken.ok()) return End(broken);
  if (absl::IsResourceExhausted(turn)) return Pause(*RetryDelayOf(turn));
  const auto next = turn.ok() ? MakeNext() : turn;
  if (!next.ok()) return End(next.status());
  switch (*next) {
    case Next::kMessage:
      admission_->CountResponse(MessageBytes());
      return WriteMessage();
    case Next::kWait:
      return Wait();
    case Next::kLater:
      return ContinueElsewhere();
    case Next::kEnd:
      return End(absl::OkStatus());
  }
}

void PullStream::OnWritten(bool ok) {
  if (ok) {
    Continue();
  } else {
    End(absl::CancelledError("the reader is gone"));
  }
}

// The alarm is what waits: it goes off when something came, early because it was cancelled.
void PullStream::Wait() {
  DropMessage();  // A reader that waits costs no message.
  {
    MutexLock lock(mutex_);
    woken_ = false;
  }
  const absl::Time until = BeginWait();
  MutexLock lock(mutex_);
  Sleep(woken_, until, /*ends_wait=*/true);
}

std::function<void()> PullStream::Waker() const {
  return [link = link_] {
    MutexLock lock(link->mutex);
    if (link->stream != nullptr) link->stream->Wake();
  };
}

void PullStream::Wake() {
  MutexLock lock(mutex_);
  woken_ = true;
  if (waiting_) alarm_.Cancel();
}

// Continues on a thread of gRPC, with an empty stack.
void PullStream::ContinueElsewhere() {
  alarm_.Set(Now(), [this](bool) { Continue(); });
}

void PullStream::Break(const absl::Status& why) {
  MutexLock lock(mutex_);
  if (finished_ || !broken_.ok()) return;
  broken_ = why;
  if (waiting_) alarm_.Cancel();  // Where it does not wait the running thread will see it.
}

void PullStream::OnGone() { Break(absl::CancelledError("the reader is gone")); }

void PullStream::End(const absl::Status& status) {
  {
    MutexLock lock(mutex_);
    SAKIP_CHECK(!finished_);
    finished_ = true;
  }
  Finish(admission_->End(status));
}

}  // namespace sakip::rpc
