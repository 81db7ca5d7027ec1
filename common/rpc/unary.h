// Unary and UnaryAsync wrap the handler of every RPC with one response: through the gate in,
// observed and with a status for the wire out.
//
//   grpc::ServerUnaryReactor* GetAgency(grpc::CallbackServerContext* context,
//                                       const grpc::ByteBuffer* in,
//                                       grpc::ByteBuffer* out) override {
//     return rpc::Unary<v1::GetAgencyRequest>(
//         gate_, context, in, out, std::bind_front(&PlanningService::DoGetAgency, this));
//   }
//
// A handler gives a message, or its bytes (grpc::ByteBuffer) where it keeps them. Handlers never
// block: what waits for a disk, a lock held over I/O or a peer uses UnaryAsync.
//
// A call whose method costs kQueuedCostMin or more waits for its turn in the gate's work queue
// before its handler runs, on another thread and after the method of the service returned: handlers
// capture nothing of the stack by reference. The request lives until the answer.
#ifndef SAKIP_COMMON_RPC_UNARY_H_
#define SAKIP_COMMON_RPC_UNARY_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/log.h"
#include "common/rpc/admission.h"
#include "common/rpc/gate.h"
#include "common/rpc/message_bytes.h"
#include "common/rpc/status_convert.h"

namespace sakip::rpc {

// Answers a call. Called exactly once, from any thread, also when the client has gone. Where every
// copy is destroyed without a call, the client gets INTERNAL.
template <typename Response>
using Done = std::function<void(absl::StatusOr<Response>)>;

namespace internal {

// Lives until gRPC is done with the call, and the request with it.
template <typename Request>
class UnaryReactor final : public grpc::ServerUnaryReactor {
 public:
  void OnCancel() override { cancelled_ = true; }
  void OnDone() override { delete this; }

  Request& request() { return request_; }

  // True where the client has gone.
  bool cancelled() const { return cancelled_; }

 private:
  Request request_;
  std::atomic<bool> cancelled_{false};
};

// The answer that a handler owes. Thread-safe.
template <typename Response>
class Answer {
 public:
  Answer(std::shared_ptr<Admission> admission, grpc::ByteBuffer* out,
         grpc::ServerUnaryReactor* reactor)
      : admission_(std::move(admission)), out_(out), reactor_(reactor) {}
  ~Answer() {
    if (!given_) Give(absl::InternalError("the handler dropped the call without an answer"));
  }
  Answer(const Answer&) = delete;
  Answer& operator=(const Answer&) = delete;

  void Give(const absl::StatusOr<Response>& result) {
    SAKIP_CHECK(!given_.exchange(true));
    if (result.ok()) {
      *out_ = ToBytes(*result);
      admission_->CountResponse(out_->Length());
    }
    // The reactor is gone once it is finished, so it comes last.
    admission_->EndWhenRecorded(result.status(), [reactor = reactor_](grpc::Status status) {
      reactor->Finish(std::move(status));
    });
  }

 private:
  const std::shared_ptr<Admission> admission_;
  grpc::ByteBuffer* const out_;
  grpc::ServerUnaryReactor* const reactor_;
  std::atomic<bool> given_{false};
};

// Passes the gate; `begin(std::shared_ptr<const Call>, Done<Response>)` goes on with the call, now.
template <typename Response, typename Request, typename Begin>
void Admit(Gate& gate, grpc::CallbackServerContext* context, const grpc::ByteBuffer& in,
           grpc::ByteBuffer* out, UnaryReactor<Request>* reactor, Begin&& begin) {
  auto admission = gate.Admit(context, in, reactor->request());
  LetGo(in);
  if (!admission.ok()) {
    reactor->request() = Request();  // Nobody waits for its memory.
    reactor->Finish(SendableToGrpcStatus(admission.status()));
    return;
  }
  std::shared_ptr<const Call> call(*admission, &(*admission)->call());
  auto answer = std::make_shared<Answer<Response>>(*std::move(admission), out, reactor);
  std::forward<Begin>(begin)(
      std::move(call),
      Done<Response>([answer = std::move(answer)](const absl::StatusOr<Response>& result) {
        answer->Give(result);
      }));
}

}  // namespace internal

// Runs `handler(std::shared_ptr<const Call>, const Request&, Done<Response>)` at once where the
// gate admits the call; what of it takes long it does in turn (WorkQueue::InTurn). The request and
// `out` live until the answer is given, `handler` only until it returns. The call may be kept for
// longer.
template <typename Request, typename Response, typename Handler>
grpc::ServerUnaryReactor* UnaryAtOnce(Gate& gate, grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* in, grpc::ByteBuffer* out,
                                      Handler&& handler) {
  auto* reactor = new internal::UnaryReactor<Request>;
  internal::Admit<Response>(
      gate, context, *in, out, reactor, [&](std::shared_ptr<const Call> call, Done<Response> done) {
        handler(std::move(call), std::as_const(reactor->request()), std::move(done));
      });
  return reactor;
}

// Runs `handler` in the turn of the call, where the gate admits it. It takes the call, which is a
// shared_ptr<const Call> where it is kept or a const Call&, the const Request& and a
// Done<Response>, and is copied. Nothing is begun for a client that has gone meanwhile.
template <typename Request, typename Response, typename Handler>
grpc::ServerUnaryReactor* UnaryAsync(Gate& gate, grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* in, grpc::ByteBuffer* out,
                                     Handler handler) {
  auto* reactor = new internal::UnaryReactor<Request>;
  internal::Admit<Response>(
      gate, context, *in, out, reactor,
      [&gate, &handler, reactor](std::shared_ptr<const Call> call, Done<Response> done) {
        const Call& admitted = *call;
        gate.work().InTurn(admitted, [handler = std::move(handler), reactor, call = std::move(call),
                                      done = std::move(done)](const absl::Status& turn) {
          if (!turn.ok()) return done(turn);
          // The reactor lives until the answer.
          if (reactor->cancelled()) return done(absl::CancelledError("the client has gone"));
          const Request& request = reactor->request();
          if constexpr (std::is_invocable_v<const Handler&, const Call&, const Request&,
                                            const Done<Response>&>) {
            handler(*call, request, done);
          } else {
            handler(call, request, done);
          }
        });
      });
  return reactor;
}

// Runs `handler` in the turn of the call, where the gate admits it. It takes the const Request&,
// perhaps after a const Call&, returns an absl::StatusOr<Response>, and is copied.
template <typename Request, typename Handler>
grpc::ServerUnaryReactor* Unary(Gate& gate, grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* in, grpc::ByteBuffer* out,
                                Handler handler) {
  const auto handle = [handler = std::move(handler)](const Call& call, const Request& request) {
    if constexpr (std::is_invocable_v<const Handler&, const Request&>) {
      return handler(request);
    } else {
      return handler(call, request);
    }
  };
  using Result = std::invoke_result_t<decltype(handle), const Call&, const Request&>;
  using Response = typename Result::value_type;
  return UnaryAsync<Request, Response>(
      gate, context, in, out,
      [handle](const Call& call, const Request& request, const Done<Response>& done) {
        done(handle(call, request));
      });
}

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_UNARY_H_
