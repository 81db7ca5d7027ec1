// Messages as the bytes that go over the wire. Every method of a service is a raw one (RawService):
// what comes in is read by the gate, once it is known who calls. Functions are thread-safe.
#ifndef SAKIP_COMMON_RPC_MESSAGE_BYTES_H_
#define SAKIP_COMMON_RPC_MESSAGE_BYTES_H_

#include <google/protobuf/message.h>
#include <grpc/slice.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/slice.h>

namespace sakip::rpc {

// Parses `bytes`; false where they are no such message, or there are none at all.
inline bool ReadMessage(const grpc::ByteBuffer& bytes, google::protobuf::Message& message) {
  grpc::ByteBuffer read = bytes;  // Shares them.
  grpc::ProtoBufferReader reader(&read);
  return reader.status().ok() && message.ParseFromZeroCopyStream(&reader);
}

// Lets the bytes of a request go once they are read. gRPC keeps them to the end of the call, in an
// object that it made without const and does not look at any more.
inline void LetGo(const grpc::ByteBuffer& in) { const_cast<grpc::ByteBuffer&>(in).Clear(); }

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

// What is sent for a response: its bytes, which a handler may have made itself.
inline grpc::ByteBuffer ToBytes(const google::protobuf::Message& message) {
  return Joined(WriteMessage(message));
}
inline grpc::ByteBuffer ToBytes(const grpc::ByteBuffer& bytes) { return bytes; }

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_MESSAGE_BYTES_H_
