// Messages as the bytes of raw methods. Functions are thread-safe.
#ifndef SAKIP_COMMON_RPC_MESSAGE_BYTES_H_
#define SAKIP_COMMON_RPC_MESSAGE_BYTES_H_

#include <google/protobuf/message.h>
#include <grpc/slice.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/server_callback.h>
#include <grpcpp/support/slice.h>

#include "common/rpc/gate.h"
#include "common/rpc/status_convert.h"

namespace sakip::rpc {

// Parses `bytes`; false where they are no such message.
inline bool ReadMessage(const grpc::ByteBuffer& bytes, google::protobuf::Message& message) {
  grpc::ByteBuffer read = bytes;  // Shares them.
  grpc::ProtoBufferReader reader(&read);
  return reader.status().ok() && message.ParseFromZeroCopyStream(&reader);
}

// Answers a call whose request ReadMessage did not parse into `read` (Gate::RefuseMalformed).
inline grpc::ServerUnaryReactor* RefuseMalformed(Gate& gate, grpc::CallbackServerContext* context,
                                                 const google::protobuf::Message& read) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(SendableToGrpcStatus(gate.RefuseMalformed(context, read)));
  return reactor;
}

inline grpc::Slice WriteMessage(const google::protobuf::Message& message) {
  grpc_slice slice = grpc_slice_malloc(message.ByteSizeLong());
  message.SerializeWithCachedSizesToArray(GRPC_SLICE_START_PTR(slice));
  return grpc::Slice(slice, grpc::Slice::STEAL_REF);
}

// The slices one after the other, shared.
template <typename... Slices>
grpc::ByteBuffer Joined(const Slices&... slices) {
  const grpc::Slice all[] = {slices...};
  return grpc::ByteBuffer(all, sizeof...(slices));
}

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_MESSAGE_BYTES_H_
