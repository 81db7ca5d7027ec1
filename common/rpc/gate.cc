#include "common/rpc/gate.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/message/item_check.h"
#include "common/rpc/call_id.h"
#include "common/rpc/checks.h"
#include "common/rpc/status_convert.h"

namespace sakip::rpc {
namespace {

Gauge& InFlightGauge(Metrics* metrics, const std::string& kind) {
  return (metrics == nullptr ? InertMetrics() : *metrics)
      .AddGauge("sakip_rpc_in_flight", "Calls that run now, by kind.", {{"kind", kind}});
}

// Infinite where the caller set none.
absl::Time DeadlineOf(const grpc::CallbackServerContext& context) {
  const std::chrono::system_clock::time_point deadline = context.deadline();
  if (deadline == std::chrono::system_clock::time_point::max()) return absl::InfiniteFuture();
  return absl::FromChrono(deadline);
}

const Method& UnknownMethod() {
  static const Method& method = *[] {
    auto* unknown = new Method;
    unknown->path = kUnknownMethod;
    return unknown;
  }();
  return method;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Gate>> Gate::Create(GateOptions options) {
  ASSIGN_OR_RETURN(MethodTable methods, MethodTable::Create(options.services));
  if (options.authenticator == nullptr) options.authenticator = MakeDevAuthenticator();
  return std::unique_ptr<Gate>(new Gate(std::move(options), std::move(methods)));
}

Gate::Gate(GateOptions options, MethodTable methods)
    : methods_(std::move(methods)),
      authenticator_(std::move(options.authenticator)),
      audit_(options.audit),
      clock_(OrSystemClock(options.clock)),
      observer_(methods_, options.metrics == nullptr ? InertMetrics() : *options.metrics),
      calls_(options.calls_in_flight_max, InFlightGauge(options.metrics, "call")),
      streams_(options.streams_in_flight_max, InFlightGauge(options.metrics, "stream")),
      reading_(
          options.reading_bytes_max,
          (options.metrics == nullptr ? InertMetrics() : *options.metrics)
              .AddGauge("sakip_rpc_reading_bytes", "Bytes of requests that are read now.", {})),
      quotas_(options.quotas),
      work_({.limits = options.work, .metrics = options.metrics, .clock = &clock_}) {}

absl::StatusOr<std::shared_ptr<Admission>> Gate::Admit(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer& bytes,
                                                       google::protobuf::Message& request) {
  const Method* found = methods_.FindByRequest(request.GetDescriptor());
  const Method& method = found == nullptr ? UnknownMethod() : *found;
  Call::Parts call;
  call.method = method.path;
  call.cost = method.cost;
  call.call_id = CallIdOf(context->client_metadata());
  const std::shared_ptr<const grpc::AuthContext> peer = context->auth_context();
  call.peer = authenticator_->PeerOf({.metadata = context->client_metadata(), .peer = peer.get()},
                                     context->peer());
  call.start_time = clock_.Now();
  Places places;
  absl::Status status = Check(*context, method, bytes, request, call, places);
  auto admission =
      std::make_shared<Admission>(Call(std::move(call)), method, bytes.Length(), std::move(places),
                                  *authenticator_, audit_, work_, reading_, observer_, clock_);
  if (status.ok()) status = admission->LetIn();
  if (status.ok()) return admission;
  admission->End(status);
  return status;
}

absl::Status Gate::Check(const grpc::CallbackServerContext& context, const Method& method,
                         const grpc::ByteBuffer& bytes, google::protobuf::Message& request,
                         Call::Parts& call, Places& places) {
  if (&method == &UnknownMethod()) {
    return MakeError(absl::StatusCode::kUnimplemented, "NOT_OFFERED",
                     "this server does not offer the method");
  }
  const std::shared_ptr<const grpc::AuthContext> peer = context.auth_context();
  ASSIGN_OR_RETURN(
      call.principal,
      authenticator_->Authenticate({.metadata = context.client_metadata(), .peer = peer.get()}));
  call.deadline = DeadlineOf(context);
  RETURN_IF_ERROR(CheckDeadline(method, call.deadline, call.start_time));
  RETURN_IF_ERROR(CheckSize(method, bytes.Length()));
  if (draining_) return ShuttingDown();
  const quota::Payer caller = CallerPayer(call.principal);
  const quota::Use use{method.cost, bytes.Length(), method.streams()};
  if (quotas_ != nullptr) {
    RETURN_IF_ERROR(quotas_->Take(caller, use, places.charge));
  }
  RETURN_IF_ERROR(TakeSlot(method, places.slot));
  InFlightLimit::Slot reading;  // Until its items are counted.
  RETURN_IF_ERROR(ReadRequest(bytes, reading_, reading, request));
  if (std::string id = RequestId(method, request); IsRequestId(id)) call.request_id = std::move(id);
  RETURN_IF_ERROR(CheckAuthorized(method, request, call));
  RETURN_IF_ERROR(CheckRequestId(method, request));
  // What the messages of a stream hold is its handler's to check.
  if (!method.client_streaming) {
    RETURN_IF_ERROR(CheckItems(request));
  }
  return TakeTenantsQuota(call, caller, use, places.charge);
}

// Whose scope let the call in pays: an agency for what it reads of its region, and a region for
// what it reads of its agencies, so that nobody uses up what others have. Last, so that strangers
// pay nothing of anybody's. What services and operators do is not paid for by tenants.
absl::Status Gate::TakeTenantsQuota(const Call::Parts& call, const quota::Payer& caller,
                                    const quota::Use& use, quota::Charge& charge) {
  if (quotas_ == nullptr || call.scope.empty()) return absl::OkStatus();
  if (caller.kind != quota::PayerKind::kCaller) return absl::OkStatus();
  return quotas_->Take(quota::TenantPayer(call.scope), use, charge);
}

absl::Status Gate::TakeSlot(const Method& method, InFlightLimit::Slot& slot) {
  InFlightLimit& limit = method.streams() ? streams_ : calls_;
  slot = limit.TryTake();
  if (slot) return absl::OkStatus();
  return MakeError(
      absl::StatusCode::kResourceExhausted, "OVERLOADED",
      absl::StrCat("the server has ", limit.max(), " ", method.streams() ? "streams" : "calls",
                   " in flight; retry after RetryInfo"));
}

void Gate::OnDrain(std::function<void()> callback) {
  {
    MutexLock lock(mutex_);
    if (!draining_) {
      drain_callbacks_.push_back(std::move(callback));
      return;
    }
  }
  callback();
}

void Gate::Drain() {
  std::vector<std::function<void()>> callbacks;
  {
    MutexLock lock(mutex_);
    draining_ = true;
    callbacks.swap(drain_callbacks_);
  }
  for (const auto& callback : callbacks) callback();
}

absl::Status ShuttingDown() {
  return MakeError(absl::StatusCode::kUnavailable, "SHUTTING_DOWN",
                   "the server stops; retry elsewhere or later with the same request id");
}

}  // namespace sakip::rpc
