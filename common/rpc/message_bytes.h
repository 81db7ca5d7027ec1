// Messages as the bytes of raw methods. Functions are thread-safe.
#ifndef SAKIP_COMMON_RPC_MESSAGE_BYTES_H_
#define SAKIP_COMMON_RPC_MESSAGE_BYTES_H_

#include <google/protobuf/message.h>
#include <grpc/slice.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/slice.h>
#include <grpcpp/support/status.h>

#include "common/rpc/checks.h"
#include "common/rpc/status_convert.h"

namespace sakip::rpc {

// Parses `bytes`.
//   INVALID_ARGUMENT  REQUEST_MALFORMED
inline grpc::Status ReadMessage(const grpc::ByteBuffer& bytes, google::protobuf::Message& message) {
  grpc::ByteBuffer read = bytes;  // Shares them.
  grpc::ProtoBufferReader reader(&read);
  if (!reader.status().ok()) return reader.status();
  if (message.ParseFromZeroCopyStream(&reader)) return grpc::Status::OK;
  return SendableToGrpcStatus(RequestMalformed());
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
