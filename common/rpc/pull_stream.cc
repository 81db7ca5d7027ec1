#include "common/rpc/pull_stream.h"

#include <algorithm>

#include "absl/time/clock.h"
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

// Writes the next message, or waits where there is none. Only the running thread is here.
void PullStream::Continue() {
  absl::Status broken;
  {
    MutexLock lock(mutex_);
    broken = broken_;
  }
  if (broken.ok()) broken = admission_->Confirm();
  if (!broken.ok()) return End(broken);
  const auto next = MakeNext();
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
  const absl::Time until = std::min(BeginWait(), absl::Now() + admission_->confirm_every());
  MutexLock lock(mutex_);
  waiting_ = true;
  alarm_.Set(woken_ || !broken_.ok() ? Now() : ToGpr(until), [this](bool) {
    {
      MutexLock woken(mutex_);
      waiting_ = false;
    }
    EndWait();
    Continue();
  });
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
