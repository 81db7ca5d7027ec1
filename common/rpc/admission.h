// Admission is a call that passed the gate, from then to its end.
#ifndef SAKIP_COMMON_RPC_ADMISSION_H_
#define SAKIP_COMMON_RPC_ADMISSION_H_

#include <google/protobuf/message.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/status.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/quota/quotas.h"
#include "common/rpc/audit_trail.h"
#include "common/rpc/call.h"
#include "common/rpc/identity.h"
#include "common/rpc/in_flight.h"
#include "common/rpc/method_table.h"
#include "common/rpc/observer.h"
#include "common/rpc/work_queue.h"

namespace sakip::rpc {

// What a running call holds of the server's limits, and gives back when it is destroyed.
struct Places {
  InFlightLimit::Slot slot{};
  quota::Charge charge{};
};

// Thread-safe. Held by shared_ptr; the gate that made it outlives it. A call that is destroyed
// without End counts as a fault of ours.
class Admission : public std::enable_shared_from_this<Admission> {
 public:
  // `audit` is null where nothing is recorded.
  Admission(Call call, const Method& method, size_t request_bytes, Places places,
            const Authenticator& authenticator, AuditTrail* audit, WorkQueue& work,
            InFlightLimit& reading, Observer& observer, const Clock& clock)
      : call_(std::move(call)),
        method_(method),
        request_bytes_(request_bytes),
        authenticator_(authenticator),
        audit_(audit),
        work_(work),
        reading_(reading),
        observer_(observer),
        clock_(clock),
        places_(std::move(places)) {}
  ~Admission();
  Admission(const Admission&) = delete;
  Admission& operator=(const Admission&) = delete;

  const Call& call() const { return call_; }

  // The gate lets the call in; before that its End is a refusal. Called once at most, by the gate.
  // Errors are those of AuditTrail::Admit.
  absl::Status LetIn();

  // OK while the caller may go on: asked before each message of a stream and its end, and by a
  // stream that waits every confirm_every().
  //   UNAUTHENTICATED  IDENTITY_INVALID
  absl::Status Confirm() const { return authenticator_.Confirm(call_.principal()); }
  absl::Duration confirm_every() const { return authenticator_.confirm_every(); }

  // How long a stream waits before its next message, so that its caller and its tenant have paid
  // for the ones before; zero where nothing is owed. Not after End.
  absl::Duration Debt() const { return places_.charge.Debt(); }

  // Where work of the call waits for its turn.
  WorkQueue& work() const { return work_; }

  // Reads a further message of a stream of requests, as it came, into `request`, and counts it. Not
  // after End.
  //   RESOURCE_EXHAUSTED  REQUEST_TOO_LARGE
  //   RESOURCE_EXHAUSTED  OVERLOADED
  //   INVALID_ARGUMENT    REQUEST_MALFORMED
  absl::Status Read(const grpc::ByteBuffer& bytes, google::protobuf::Message& request);

  // Counts a response message of `bytes`, for the log line and for quotas. Not after End.
  void CountResponse(size_t bytes) {
    places_.charge.SpendBytes(bytes);
    response_bytes_.fetch_add(bytes, std::memory_order_relaxed);
    response_messages_.fetch_add(1, std::memory_order_relaxed);
  }

  // Ends the call once: gives its place back, observes it, and returns the status to finish the
  // reactor with.
  grpc::Status End(const absl::Status& status);

  // Ends the call and gives `finish` the status, once: that of a method that waits for its
  // record when its admission is on disk, perhaps on another thread, other calls at once. Where it
  // cannot be brought there the call is not acknowledged.
  void EndWhenRecorded(const absl::Status& status, std::function<void(grpc::Status)> finish);

 private:
  void Audit(const Observation& observation);

  const Call call_;
  const Method& method_;
  std::atomic<size_t> request_bytes_;
  const Authenticator& authenticator_;
  AuditTrail* const audit_;
  bool let_in_ = false;                         // Set before others have the admission.
  std::unique_ptr<AuditTrail::Record> record_;  // The same; null where the call is not recorded.
  WorkQueue& work_;
  InFlightLimit& reading_;
  Observer& observer_;
  const Clock& clock_;
  std::atomic<size_t> response_bytes_{0};
  std::atomic<uint64_t> response_messages_{0};
  std::atomic<bool> ended_{false};
  Places places_;  // Changed by the one End only.
};

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_ADMISSION_H_
