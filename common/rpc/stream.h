// WriteStream serves every RPC with a stream of responses: the gate before it starts, its reactor,
// observed and with a status for the wire at its end.
//
//   grpc::ServerWriteReactor<grpc::ByteBuffer>* Follow(grpc::CallbackServerContext* context,
//                                                      const grpc::ByteBuffer* in) override {
//     return rpc::WriteStream<v1::FollowRequest>(
//         gate_, streams_, context, *in,
//         [this](rpc::Admitted call, const v1::FollowRequest& request)
//             -> absl::StatusOr<FollowReactor*> {
//           ASSIGN_OR_RETURN(auto query, ToQuery(request));
//           return new FollowReactor(streams_, std::move(call), std::move(query));
//         });
//   }
//
// The set tells the stream to end when the server drains.
#ifndef SAKIP_COMMON_RPC_STREAM_H_
#define SAKIP_COMMON_RPC_STREAM_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/rpc/admission.h"
#include "common/rpc/gate.h"
#include "common/rpc/message_bytes.h"
#include "common/rpc/status_convert.h"
#include "common/rpc/stream_set.h"

namespace sakip::rpc {

// A call that passed the gate; its reactor keeps it until the end.
using Admitted = std::shared_ptr<Admission>;

namespace internal {

// Finishes at once.
class RefusedStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  explicit RefusedStream(grpc::Status status) { this->Finish(std::move(status)); }
  void OnDone() override { delete this; }
};

}  // namespace internal

// Begins what `make(Admitted, const Request&)` returns, an absl::StatusOr of a PullReactor*, where
// the gate admits the call; its error refuses the call. `gate` and `streams` outlive the stream.
template <typename Request, typename Make>
grpc::ServerWriteReactor<grpc::ByteBuffer>* WriteStream(Gate& gate, StreamSet& streams,
                                                        grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer& in, Make&& make) {
  Request request;
  const absl::StatusOr<Admitted> call = gate.Admit(context, in, request);
  LetGo(in);
  if (!call.ok()) return new internal::RefusedStream(SendableToGrpcStatus(call.status()));
  const auto reactor = make(*call, std::as_const(request));
  if (!reactor.ok()) return new internal::RefusedStream((*call)->End(reactor.status()));
  streams.Enter(*reactor);
  (*reactor)->Start();
  return *reactor;
}

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_STREAM_H_
