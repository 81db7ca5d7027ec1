// PullStream is a stream to a reader that makes its next message when the one before was taken, and
// waits where there is none: a reader that does not read costs one message and no more. Every RPC
// that streams without buffering is one of its uses; they differ in what the messages are.
#ifndef SAKIP_COMMON_RPC_PULL_STREAM_H_
#define SAKIP_COMMON_RPC_PULL_STREAM_H_

#include <grpcpp/alarm.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/mutex.h"
#include "common/rpc/admission.h"
#include "common/rpc/message_bytes.h"
#include "common/rpc/stream_set.h"

namespace sakip::rpc {

// Decides when a message is made, whatever it is. Thread-safe. What the virtual functions do is
// done by one thread at a time; they neither block nor wait for a peer.
class PullStream : public BreakableStream {
 public:
  ~PullStream() override;

  // Begins to stream. Called once, after the stream has entered its set.
  void Start() { Continue(); }

  // Ends the stream with `why` as soon as nothing is being written. The first call counts.
  void Break(const absl::Status& why) final;

 protected:
  // What a look for the next message found.
  enum class Next {
    kMessage,  // It is made.
    kWait,     // There is none yet.
    kLater,    // Much was looked at; go on after others had their turn.
    kEnd       // There are no more: the stream ends well.
  };

  explicit PullStream(std::shared_ptr<Admission> admission);

  // The message was written, or the reader is gone.
  void OnWritten(bool ok);
  void OnGone();

  // Ends a wait, from any thread. What it returns may be called at any time, also when the stream
  // is gone.
  std::function<void()> Waker() const;

 private:
  // Shared with those who may wake the stream after its end.
  struct Link {
    Mutex mutex;
    PullStream* stream ABSL_GUARDED_BY(mutex) = nullptr;  // Nullptr when it is gone.
  };

  // What making a message costs, in the units of methods; where it is kQueuedCostMin or more the
  // stream waits for its turn each time, and overload slows it down.
  virtual uint32_t MessageCost() const { return 0; }
  virtual absl::StatusOr<Next> MakeNext() = 0;
  virtual size_t MessageBytes() const = 0;
  virtual void WriteMessage() = 0;  // OnWritten follows.
  virtual void DropMessage() = 0;   // And its memory.
  // Sees to it that Waker() is called when there may be more, perhaps before it returns; undone by
  // EndWait. At the time returned the stream looks again in any case.
  virtual absl::Time BeginWait() = 0;
  virtual void EndWait() = 0;
  virtual void Finish(grpc::Status status) = 0;

  void Continue();
  void Pause(absl::Duration time);
  void Sleep(bool at_once, absl::Time until, bool ends_wait) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Make(const absl::Status& turn);
  absl::Status Broken();
  void Wait();
  void Wake();
  void ContinueElsewhere();
  void End(const absl::Status& status);

  const std::shared_ptr<Admission> admission_;
  const std::shared_ptr<Link> link_;

  Mutex mutex_;
  grpc::Alarm alarm_;                             // Cancelled under the lock.
  bool waiting_ ABSL_GUARDED_BY(mutex_) = false;  // The alarm is set and goes on with the stream.
  bool woken_ ABSL_GUARDED_BY(mutex_) = false;    // Since the wait began.
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status broken_ ABSL_GUARDED_BY(mutex_);  // Not OK where Break was called.
};

// Streams messages of type `Response` as `Stream`, a PullStream, decides. Deletes itself when gRPC
// is done with the stream. `streams` outlives it.
template <typename Response, typename Stream = PullStream>
class PullReactor : public grpc::ServerWriteReactor<grpc::ByteBuffer>, public Stream {
 public:
  void OnWriteDone(bool ok) final {
    bytes_.Clear();
    Stream::OnWritten(ok);
  }
  void OnCancel() final { Stream::OnGone(); }
  void OnDone() final {
    streams_.Leave(this);
    delete this;
  }

 protected:
  template <typename... Arguments>
  explicit PullReactor(StreamSet& streams, Arguments&&... arguments)
      : Stream(std::forward<Arguments>(arguments)...), streams_(streams) {}

  Response& message() { return message_; }

 private:
  size_t MessageBytes() const final { return message_.ByteSizeLong(); }
  void WriteMessage() final {
    bytes_ = ToBytes(message_);
    this->StartWrite(&bytes_);
  }
  void DropMessage() final { message_ = Response(); }  // Clear() would keep the memory.
  void Finish(grpc::Status status) final {
    grpc::ServerWriteReactor<grpc::ByteBuffer>::Finish(std::move(status));
  }

  StreamSet& streams_;
  Response message_;
  grpc::ByteBuffer bytes_;  // Of the message that is being written.
};

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_PULL_STREAM_H_
