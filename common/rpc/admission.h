// Admission is a call that passed the gate, from then to its end.
#ifndef SAKIP_COMMON_RPC_ADMISSION_H_
#define SAKIP_COMMON_RPC_ADMISSION_H_

#include <grpcpp/support/status.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/rpc/call.h"
#include "common/rpc/identity.h"
#include "common/rpc/in_flight.h"
#include "common/rpc/observer.h"

namespace sakip::rpc {

// Thread-safe. The gate that made it outlives it. A call that is destroyed without End counts as a
// fault of ours.
class Admission {
 public:
  Admission(Call call, size_t request_bytes, InFlightLimit::Slot slot,
            const Authenticator& authenticator, Observer& observer, const Clock& clock)
      : call_(std::move(call)),
        request_bytes_(request_bytes),
        authenticator_(authenticator),
        observer_(observer),
        clock_(clock),
        slot_(std::move(slot)) {}
  ~Admission();
  Admission(const Admission&) = delete;
  Admission& operator=(const Admission&) = delete;

  const Call& call() const { return call_; }

  // OK while the caller may go on: asked before each message of a stream and its end, and by a
  // stream that waits every confirm_every().
  //   UNAUTHENTICATED  IDENTITY_INVALID
  absl::Status Confirm() const { return authenticator_.Confirm(call_.principal()); }
  absl::Duration confirm_every() const { return authenticator_.confirm_every(); }

  // Counts a further request message of `bytes` for the log line.
  void CountRequest(size_t bytes) { request_bytes_.fetch_add(bytes, std::memory_order_relaxed); }

  // Counts a response message of `bytes` for the log line.
  void CountResponse(size_t bytes) {
    response_bytes_.fetch_add(bytes, std::memory_order_relaxed);
    response_messages_.fetch_add(1, std::memory_order_relaxed);
  }

  // Ends the call once: gives its place back, observes it, and returns the status to finish the
  // reactor with.
  grpc::Status End(const absl::Status& status);

 private:
  const Call call_;
  std::atomic<size_t> request_bytes_;
  const Authenticator& authenticator_;
  Observer& observer_;
  const Clock& clock_;
  std::atomic<size_t> response_bytes_{0};
  std::atomic<uint64_t> response_messages_{0};
  std::atomic<bool> ended_{false};
  InFlightLimit::Slot slot_;  // Touched by the one End only.
};

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_ADMISSION_H_
