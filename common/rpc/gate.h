// Gate is what every call passes before its handler runs and after it: authenticate, admit,
// authorize, observe. Handlers check no roles, deadlines or sizes themselves.
#ifndef SAKIP_COMMON_RPC_GATE_H_
#define SAKIP_COMMON_RPC_GATE_H_

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/base/mutex.h"
#include "common/quota/quotas.h"
#include "common/rpc/admission.h"
#include "common/rpc/audit_trail.h"
#include "common/rpc/call.h"
#include "common/rpc/identity.h"
#include "common/rpc/in_flight.h"
#include "common/rpc/method_table.h"
#include "common/rpc/metrics.h"
#include "common/rpc/observer.h"
#include "common/rpc/work_queue.h"

namespace sakip::rpc {

struct GateOptions {
  std::vector<std::string> services{};  // Full names: PlanningService::service_full_name().
  std::unique_ptr<Authenticator> authenticator{};  // Null means MakeDevAuthenticator().
  size_t calls_in_flight_max = 512;                // Calls with a response that run at a time.
  size_t streams_in_flight_max = 8192;             // Streams that run at a time, beside the calls.
  // Bytes of requests that are read at a time; read, they may take seventy times as much memory
  // until their items are counted. At least the largest request.
  size_t reading_bytes_max = 16 << 20;
  WorkLimits work{.workers = 0};    // 0: as many as there are processors (work_queue.h).
  quota::Quotas* quotas = nullptr;  // Borrowed; null means none.
  AuditTrail* audit = nullptr;      // Borrowed; null records nothing.
  Metrics* metrics = nullptr;       // Borrowed; null means InertMetrics().
  const Clock* clock = nullptr;     // Borrowed; null means the system's. Deadlines are read by it.
};

// Thread-safe. Made once in main; outlives the services, the server and every call.
class Gate {
 public:
  //   FAILED_PRECONDITION  an RPC is declared wrongly; the message lists every fault.
  static absl::StatusOr<std::unique_ptr<Gate>> Create(GateOptions options);

  // Decides whether the call may run, and reads its request: `bytes`, as they came (of a stream of
  // requests, its first message), into `request`, which is of the method's type and empty. Nothing
  // is read of who is not known, or of more than is taken. A refusal is observed here and may be
  // sent as it is. The first of these, in this order:
  //   UNIMPLEMENTED       NOT_OFFERED: the method is of no service of this gate.
  //   UNAUTHENTICATED     IDENTITY_INVALID
  //   INVALID_ARGUMENT    DEADLINE_MISSING, DEADLINE_TOO_FAR
  //   DEADLINE_EXCEEDED   DEADLINE_PASSED
  //   RESOURCE_EXHAUSTED  REQUEST_TOO_LARGE
  //   UNAVAILABLE         SHUTTING_DOWN
  //   RESOURCE_EXHAUSTED  QUOTA_EXCEEDED: the caller's.
  //   RESOURCE_EXHAUSTED  OVERLOADED
  //   RESOURCE_EXHAUSTED  OVERLOADED: as many bytes as may be are being read.
  //   INVALID_ARGUMENT    REQUEST_MALFORMED: there is no message of the method.
  //   INVALID_ARGUMENT    INVALID_FIELD: the field that names the tenant is malformed.
  //   PERMISSION_DENIED   PERMISSION_DENIED
  //   INVALID_ARGUMENT    INVALID_FIELD: `request_id` of a write is malformed.
  //   INVALID_ARGUMENT    INVALID_FIELD: a repeated field, or the request, has too many items (not
  //                       of a stream of requests, which its handler looks at).
  //   RESOURCE_EXHAUSTED  QUOTA_EXCEEDED: the tenant's.
  //   UNAVAILABLE         AUDIT_UNAVAILABLE: the call must be recorded and cannot be.
  //   RESOURCE_EXHAUSTED  OVERLOADED: too much waits to be recorded.
  absl::StatusOr<std::shared_ptr<Admission>> Admit(grpc::CallbackServerContext* context,
                                                   const grpc::ByteBuffer& bytes,
                                                   google::protobuf::Message& request);

  // Runs `callback` when the server drains, or now where it already does. Services with streams end
  // them there. What it touches lives until the server has drained.
  void OnDrain(std::function<void()> callback);

  // Refuses new calls from now on, then runs the callbacks once. The server calls it.
  void Drain();

  // True from the start of Drain, before the callbacks run: a stream that began meanwhile looks
  // here after it entered the list that a callback walks.
  bool draining() const { return draining_; }

  const MethodTable& methods() const { return methods_; }
  const Authenticator& authenticator() const { return *authenticator_; }

  // Where work of calls waits for its turn.
  WorkQueue& work() { return work_; }

 private:
  Gate(GateOptions options, MethodTable methods);

  absl::Status Check(const grpc::CallbackServerContext& context, const Method& method,
                     const grpc::ByteBuffer& bytes, google::protobuf::Message& request,
                     Call::Parts& call, Places& places);
  absl::Status TakeSlot(const Method& method, InFlightLimit::Slot& slot);
  absl::Status TakeTenantsQuota(const Call::Parts& call, const quota::Payer& caller,
                                const quota::Use& use, quota::Charge& charge);

  const MethodTable methods_;
  const std::unique_ptr<Authenticator> authenticator_;
  AuditTrail* const audit_;
  const Clock& clock_;
  Observer observer_;
  InFlightLimit calls_;
  InFlightLimit streams_;
  InFlightLimit reading_;
  quota::Quotas* const quotas_;
  WorkQueue work_;
  std::atomic<bool> draining_{false};
  Mutex mutex_;
  std::vector<std::function<void()>> drain_callbacks_ ABSL_GUARDED_BY(mutex_);
};

// UNAVAILABLE SHUTTING_DOWN: what a stream ends with when the server drains.
absl::Status ShuttingDown();

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_GATE_H_
