#include "tests/bench/raw_client.h"

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <latch>
#include <utility>

#include "tests/bench/calls.h"

namespace sakip::bench {
namespace {

grpc::ByteBuffer ToBytes(const google::protobuf::Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace

RawClient::RawClient(const std::string& address, size_t slots, std::string method)
    : method_(std::move(method)) {
  for (size_t slot = 0; slot < slots; ++slot) {
    if (slot % kSlotsPerConnection == 0) {
      stubs_.push_back(std::make_shared<grpc::GenericStub>(OwnConnection(address)));
    } else {
      stubs_.push_back(stubs_.back());
    }
  }
}

void RawClient::Start(size_t slot, const google::protobuf::Message& request,
                      std::function<void(size_t bytes)> done) {
  const grpc::ByteBuffer bytes = ToBytes(request);
  StartCall<grpc::ByteBuffer>(
      [&](auto* context, auto* response, auto answer) {
        stubs_[slot]->UnaryCall(context, method_, {}, &bytes, response, std::move(answer));
      },
      [done = std::move(done)](const grpc::ByteBuffer& response) { done(response.Length()); });
}

size_t RawClient::Call(size_t slot, const google::protobuf::Message& request) {
  size_t answered = 0;
  std::latch done(1);
  Start(slot, request, [&](size_t bytes) {
    answered = bytes;
    done.count_down();
  });
  done.wait();
  return answered;
}

}  // namespace sakip::bench
