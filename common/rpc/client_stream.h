// ClientStream is the reactor of an RPC with a stream of requests: the gate at its first message,
// one message at a time, observed and with a status for the wire at its end.
//
//   grpc::ServerReadReactor<grpc::ByteBuffer>* Import(grpc::CallbackServerContext* context,
//                                                     grpc::ByteBuffer* out) override {
//     return rpc::ReadStream<Stream>(gate_, streams_, context, out, [](Stream& stream) {
//       return std::make_unique<ImportCall>(stream);
//     });
//   }
//
// The first message names tenant and idempotency key; what later messages hold is the handler's to
// hold against them. A stream that breaks off may look like one that ended: where that matters, the
// first message says how much will come.
#ifndef SAKIP_COMMON_RPC_CLIENT_STREAM_H_
#define SAKIP_COMMON_RPC_CLIENT_STREAM_H_

#include <grpcpp/alarm.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/base/mutex.h"
#include "common/rpc/admission.h"
#include "common/rpc/gate.h"
#include "common/rpc/message_bytes.h"
#include "common/rpc/status_convert.h"
#include "common/rpc/stream_handler.h"
#include "common/rpc/stream_set.h"

namespace sakip::rpc {

// What a handler does with its call. Thread-safe. Owns the handler; both are gone once the call was
// finished and every hold let go, so a thread without a hold does nothing with them after Finish.
template <typename Request, typename Response>
class ClientStream final : public grpc::ServerReadReactor<grpc::ByteBuffer>,
                           public BreakableStream {
 public:
  using Handler = StreamHandler<Request>;
  using MakeHandler = std::function<std::unique_ptr<Handler>(ClientStream&)>;
  using Hold = std::shared_ptr<void>;

  ClientStream(Gate& gate, StreamSet& streams, grpc::CallbackServerContext* context,
               grpc::ByteBuffer* out, MakeHandler make)
      : gate_(gate),
        streams_(streams),
        context_(context),
        out_(out),
        make_(std::move(make)),
        link_(std::make_shared<Link>()) {
    link_->stream = this;
  }
  ~ClientStream() override {
    MutexLock lock(link_->mutex);
    link_->stream = nullptr;
  }

  void Begin() {
    const Hold hold = KeepAlive();
    ReadNext();
    streams_.Enter(this);
  }

  // Keeps stream and handler until the copies of the hold are gone: for what answers on other
  // threads. Taken within OnMessage or OnEnd, or by who has one.
  Hold KeepAlive() {
    MutexLock lock(mutex_);
    ++holds_;
    return Hold(this, [this](void*) { LetGo(); });
  }

  // Asks for a message: OnMessage or OnEnd follows, once the ones before are paid for. Nothing
  // happens after Finish.
  void ReadNext() {
    {
      MutexLock lock(mutex_);
      if (finished_) return;
      ++holds_;  // gRPC takes no read once the call was finished.
      const absl::Duration debt = admission_ == nullptr ? absl::ZeroDuration() : admission_->Debt();
      if (debt > absl::ZeroDuration()) {
        paused_ = true;
        pause_.Set(absl::ToChronoTime(absl::Now() + debt), [this](bool) { EndPause(); });
        return;
      }
    }
    this->StartRead(&bytes_);
    LetGo();
  }

  // Ends the call; the first call counts. `result` is sent where it is OK, once nobody holds.
  void Finish(absl::StatusOr<Response> result) {
    {
      MutexLock lock(mutex_);
      if (finished_) return;
      finished_ = true;
      result_ = std::move(result);
      if (paused_) pause_.Cancel();
      if (holds_ > 0) return;
    }
    Send();
  }

  bool finished() const {
    MutexLock lock(mutex_);
    return finished_;
  }

  // What is known of the call. The handler is made after the gate was passed.
  const Call& call() const { return admission_->call(); }

 private:
  // Shared with the alarm, which may go off when the stream is gone.
  struct Link {
    Mutex mutex;  // Taken before that of the stream.
    ClientStream* stream ABSL_GUARDED_BY(mutex) = nullptr;
  };

  // Held while the handler runs: what it keeps alive then was alive. Was the call finished before,
  // nothing may be begun for it.
  void OnReadDone(bool ok) override {
    {
      MutexLock lock(mutex_);
      if (finished_) return;
      ++holds_;
    }
    Take(ok);
    LetGo();
  }

  void Take(bool ok) {
    Request message;
    // A stream without a message is one whose first does not parse.
    const bool is_read = handler_ == nullptr ? Admit(message) : ReadLater(ok, message);
    if (!is_read) return;
    bytes_.Clear();
    handler_->OnMessage(std::move(message));
  }

  // Reads a message after the first; false where there is none, and the handler knows.
  bool ReadLater(bool ok, Request& message) {
    absl::Status status = !ok && context_->IsCancelled() ? Gone() : admission_->Confirm();
    if (status.ok() && !ok) {
      handler_->OnEnd();
      return false;
    }
    if (status.ok()) status = admission_->Read(bytes_, message);
    if (!status.ok()) Break(status);
    return status.ok();
  }

  void OnCancel() override { Break(Gone()); }

  void OnDone() override {
    streams_.Leave(this);
    delete this;
  }

  // Called where the stream cannot go meanwhile: by gRPC, or by the set that it is in.
  void Break(const absl::Status& why) override {
    Handler* handler = nullptr;
    {
      MutexLock lock(mutex_);
      if (finished_) return;
      ++holds_;
      if (admission_ != nullptr) handler = handler_.get();
    }
    Finish(why);
    if (handler != nullptr) handler->OnBroken(why);
    LetGo();
  }

  // Reads the first message; false where the gate refuses, or the stream was broken meanwhile.
  bool Admit(Request& message) {
    auto admission = gate_.Admit(context_, bytes_, message);
    if (!admission.ok()) {
      Finish(admission.status());
      return false;
    }
    {
      MutexLock lock(mutex_);
      if (finished_) {
        (*admission)->End(Gone());
        return false;
      }
      admission_ = *std::move(admission);
      handler_ = make_(*this);
    }
    MutexLock lock(link_->mutex);
    WatchCaller();
    return true;
  }

  // Goes on with what ReadNext began.
  void EndPause() {
    bool finished = false;
    {
      MutexLock lock(mutex_);
      paused_ = false;
      finished = finished_;
    }
    if (!finished) this->StartRead(&bytes_);
    LetGo();
  }

  // Ends the stream also where its client sends nothing, once the caller is disowned. Under the
  // lock of the link, which the stream cannot go without.
  void WatchCaller() {
    const absl::Time when = absl::Now() + admission_->confirm_every();
    alarm_.Set(absl::ToChronoTime(when), [link = link_](bool due) {
      if (!due) return;
      const std::shared_ptr<Link> held = link;  // Set lets this function go.
      MutexLock lock(held->mutex);
      if (held->stream == nullptr || held->stream->finished()) return;
      const absl::Status confirmed = held->stream->admission_->Confirm();
      confirmed.ok() ? held->stream->WatchCaller() : held->stream->Break(confirmed);
    });
  }

  void LetGo() {
    {
      MutexLock lock(mutex_);
      if (--holds_ > 0 || !finished_) return;
    }
    Send();
  }

  // Once: by who finished without holds, or by the last who held.
  void Send() {
    if (admission_ == nullptr) {
      return SendStatus(SendableToGrpcStatus(ToSendable(result_.status(), "")));
    }
    if (result_.ok()) {
      *out_ = ToBytes(*result_);
      admission_->CountResponse(out_->Length());
    }
    admission_->EndWhenRecorded(result_.status(),
                                [this](grpc::Status status) { SendStatus(std::move(status)); });
  }

  void SendStatus(grpc::Status status) {
    grpc::ServerReadReactor<grpc::ByteBuffer>::Finish(std::move(status));
  }

  static absl::Status Gone() { return absl::CancelledError("the client has gone"); }

  Gate& gate_;
  StreamSet& streams_;
  grpc::CallbackServerContext* const context_;
  grpc::ByteBuffer* const out_;
  const MakeHandler make_;
  const std::shared_ptr<Link> link_;
  grpc::Alarm alarm_;       // Under the lock of the link.
  grpc::ByteBuffer bytes_;  // Of the message that is read.
  // Set once by OnReadDone, before the handler's first message.
  std::shared_ptr<Admission> admission_;
  std::unique_ptr<Handler> handler_;
  absl::StatusOr<Response> result_;  // Set once, with finished_.

  mutable Mutex mutex_;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  int holds_ ABSL_GUARDED_BY(mutex_) = 0;
  bool paused_ ABSL_GUARDED_BY(mutex_) = false;  // The alarm below is set, and has a hold.
  grpc::Alarm pause_;                            // Set and cancelled under the lock.
};

// Reads a stream of requests with what `make(Stream&)` returns, a unique_ptr to the handler of that
// ClientStream, where the gate admits the first message. `gate`, `streams` and what `make` holds
// outlive the call.
template <typename Stream, typename Make>
grpc::ServerReadReactor<grpc::ByteBuffer>* ReadStream(Gate& gate, StreamSet& streams,
                                                      grpc::CallbackServerContext* context,
                                                      grpc::ByteBuffer* out, Make make) {
  auto* stream = new Stream(gate, streams, context, out, make);
  stream->Begin();
  return stream;
}

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_CLIENT_STREAM_H_
