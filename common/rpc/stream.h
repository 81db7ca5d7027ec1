// What the reactor of a server-streaming RPC needs: the gate before it starts, a reactor that
// refuses, and the observation at its end.
//
//   grpc::ServerWriteReactor<Response>* Follow(grpc::CallbackServerContext* context,
//                                              const Request* request) override {
//     auto admission = gate_.Admit(context, *request);
//     if (!admission.ok()) return rpc::Refuse<Response>(admission.status());
//     return new FollowReactor(*std::move(admission), ...);
//   }
//
// The reactor keeps the admission, calls `admission->CountResponse(bytes)` for each message and
// ends with `Finish(admission->End(status))`, once, also when the client has cancelled. It deletes
// itself in OnDone.
//
// When the server drains, a stream without an end is told by the callback that its service gave to
// Gate::OnDrain, and ends with ShuttingDown(). The service keeps its running reactors in a list
// under a lock; after entering it a new reactor looks at `gate.draining()`, so that none is missed.
#ifndef SAKIP_COMMON_RPC_STREAM_H_
#define SAKIP_COMMON_RPC_STREAM_H_

#include <grpcpp/support/server_callback.h>

#include <utility>

#include "absl/status/status.h"
#include "common/rpc/admission.h"
#include "common/rpc/gate.h"
#include "common/rpc/status_convert.h"

namespace sakip::rpc {

namespace internal {

// Finishes at once.
template <typename Response>
class RefusedStream final : public grpc::ServerWriteReactor<Response> {
 public:
  explicit RefusedStream(grpc::Status status) { this->Finish(std::move(status)); }
  void OnDone() override { delete this; }
};

}  // namespace internal

// Ends a stream that the gate refused; `refusal` is what Gate::Admit returned.
template <typename Response>
grpc::ServerWriteReactor<Response>* Refuse(const absl::Status& refusal) {
  return new internal::RefusedStream<Response>(SendableToGrpcStatus(refusal));
}

// Ends a stream that the gate admitted and its service refuses before it starts.
template <typename Response>
grpc::ServerWriteReactor<Response>* Refuse(Admission& admission, const absl::Status& refusal) {
  return new internal::RefusedStream<Response>(admission.End(refusal));
}

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_STREAM_H_
