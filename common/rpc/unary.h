// Unary and UnaryAsync wrap the handler of every RPC with one response: through the gate in,
// observed and with a status for the wire out.
//
//   grpc::ServerUnaryReactor* GetAgency(grpc::CallbackServerContext* context,
//                                       const v1::GetAgencyRequest* request,
//                                       v1::GetAgencyResponse* response) override {
//     return rpc::Unary(gate_, context, request, response, [this, request](const rpc::Call& call) {
//       return DoGetAgency(call, *request);
//     });
//   }
//
// A response is a message, or its bytes (grpc::ByteBuffer) where the method is a raw one. Handlers
// never block: what waits for a disk, a lock held over I/O or a peer uses UnaryAsync.
//
// A call whose method costs kQueuedCostMin or more waits for its turn in the gate's work queue
// before its handler runs, on another thread and after the method of the service returned: handlers
// capture `request`, which lives until the answer, by value, and nothing of the stack by reference.
#ifndef SAKIP_COMMON_RPC_UNARY_H_
#define SAKIP_COMMON_RPC_UNARY_H_

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/log.h"
#include "common/rpc/admission.h"
#include "common/rpc/gate.h"
#include "common/rpc/status_convert.h"

namespace sakip::rpc {

// Answers a call. Called exactly once, from any thread, also when the client has gone. Where every
// copy is destroyed without a call, the client gets INTERNAL.
template <typename Response>
using Done = std::function<void(absl::StatusOr<Response>)>;

namespace internal {

// Lives until gRPC is done with the call; request, response and context live as long.
class UnaryReactor final : public grpc::ServerUnaryReactor {
 public:
  void OnCancel() override { cancelled_ = true; }
  void OnDone() override { delete this; }

  // True where the client has gone.
  bool cancelled() const { return cancelled_; }

 private:
  std::atomic<bool> cancelled_{false};
};

inline size_t BytesOf(const google::protobuf::Message& response) { return response.ByteSizeLong(); }
inline size_t BytesOf(const grpc::ByteBuffer& response) { return response.Length(); }

// The answer that a handler owes. Thread-safe.
template <typename Response>
class Answer {
 public:
  Answer(std::shared_ptr<Admission> admission, Response* response, UnaryReactor* reactor)
      : admission_(std::move(admission)), response_(response), reactor_(reactor) {}
  ~Answer() {
    if (!given_) Give(absl::InternalError("the handler dropped the call without an answer"));
  }
  Answer(const Answer&) = delete;
  Answer& operator=(const Answer&) = delete;

  void Give(absl::StatusOr<Response> result) {
    SAKIP_CHECK(!given_.exchange(true));
    if (result.ok()) {
      *response_ = *std::move(result);
      admission_->CountResponse(BytesOf(*response_));
    }
    // The reactor is gone once it is finished, so it comes last.
    admission_->EndWhenRecorded(result.status(), [reactor = reactor_](grpc::Status status) {
      reactor->Finish(std::move(status));
    });
  }

 private:
  const std::shared_ptr<Admission> admission_;
  Response* const response_;
  UnaryReactor* const reactor_;
  std::atomic<bool> given_{false};
};

// Passes the gate; `begin(std::shared_ptr<const Call>, Done<Response>)` goes on with the call, now.
template <typename Response, typename Begin>
void Admit(Gate& gate, grpc::CallbackServerContext* context,
           const google::protobuf::Message& request, Response* response, UnaryReactor* reactor,
           Begin&& begin) {
  auto admission = gate.Admit(context, request);
  if (!admission.ok()) {
    reactor->Finish(SendableToGrpcStatus(admission.status()));
    return;
  }
  std::shared_ptr<const Call> call(*admission, &(*admission)->call());
  auto answer = std::make_shared<Answer<Response>>(*std::move(admission), response, reactor);
  std::forward<Begin>(begin)(
      std::move(call),
      Done<Response>([answer = std::move(answer)](absl::StatusOr<Response> result) {
        answer->Give(std::move(result));
      }));
}

}  // namespace internal

// Runs `handler(std::shared_ptr<const Call>, Done<Response>)` at once where the gate admits the
// call; what of it takes long it does in turn (WorkQueue::InTurn). `request` and `response` live
// until the answer is given, `handler` only until it returns. The call may be kept for longer.
template <typename Response, typename Handler>
grpc::ServerUnaryReactor* UnaryAtOnce(Gate& gate, grpc::CallbackServerContext* context,
                                      const google::protobuf::Message* request, Response* response,
                                      Handler&& handler) {
  auto* reactor = new internal::UnaryReactor;
  internal::Admit(gate, context, *request, response, reactor, std::forward<Handler>(handler));
  return reactor;
}

// Runs `handler(std::shared_ptr<const Call>, Done<Response>)` in the turn of the call, where the
// gate admits it. `handler` is copied; nothing is begun for a client that has gone meanwhile.
template <typename Response, typename Handler>
grpc::ServerUnaryReactor* UnaryAsync(Gate& gate, grpc::CallbackServerContext* context,
                                     const google::protobuf::Message* request, Response* response,
                                     Handler handler) {
  auto* reactor = new internal::UnaryReactor;
  internal::Admit(
      gate, context, *request, response, reactor,
      [&gate, &handler, reactor](std::shared_ptr<const Call> call, Done<Response> done) {
        const Call& admitted = *call;
        gate.work().InTurn(admitted, [handler = std::move(handler), reactor, call = std::move(call),
                                      done = std::move(done)](const absl::Status& turn) {
          if (!turn.ok()) return done(turn);
          // The reactor lives until the answer.
          if (reactor->cancelled()) return done(absl::CancelledError("the client has gone"));
          handler(call, done);
        });
      });
  return reactor;
}

// Runs `handler(const Call&) -> absl::StatusOr<Response>` in the turn of the call, where the gate
// admits it. `handler` is copied.
template <typename Response, typename Handler>
grpc::ServerUnaryReactor* Unary(Gate& gate, grpc::CallbackServerContext* context,
                                const google::protobuf::Message* request, Response* response,
                                Handler handler) {
  return UnaryAsync(
      gate, context, request, response,
      [handler = std::move(handler)](const std::shared_ptr<const Call>& call,
                                     const Done<Response>& done) { done(handler(*call)); });
}

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_UNARY_H_
