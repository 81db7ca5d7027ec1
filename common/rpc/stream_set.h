// StreamSet is the running streams of a service, which it tells to end when the server drains.
#ifndef SAKIP_COMMON_RPC_STREAM_SET_H_
#define SAKIP_COMMON_RPC_STREAM_SET_H_

#include <set>

#include "absl/status/status.h"
#include "common/base/mutex.h"
#include "common/rpc/gate.h"

namespace sakip::rpc {

// A running stream. Break is thread-safe and does not wait.
class BreakableStream {
 public:
  virtual ~BreakableStream() = default;
  virtual void Break(const absl::Status& why) = 0;
};

// Thread-safe. Outlives its streams; borrows the gate.
class StreamSet {
 public:
  explicit StreamSet(Gate& gate) : gate_(gate) {
    gate_.OnDrain([this] { BreakAll(); });
  }

  void Enter(BreakableStream* stream) {
    {
      MutexLock lock(mutex_);
      streams_.insert(stream);
    }
    if (gate_.draining()) BreakAll();
  }
  void Leave(BreakableStream* stream) {
    MutexLock lock(mutex_);
    streams_.erase(stream);
  }

 private:
  void BreakAll() {
    MutexLock lock(mutex_);
    for (BreakableStream* stream : streams_) stream->Break(ShuttingDown());
  }

  Gate& gate_;
  Mutex mutex_;
  std::set<BreakableStream*> streams_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_STREAM_SET_H_
