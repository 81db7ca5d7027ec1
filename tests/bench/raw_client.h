// RawClient calls a method and reads nothing of the answer: what is measured is the service and the
// way to it, not what a client makes of its bytes.
#ifndef SAKIP_TESTS_BENCH_RAW_CLIENT_H_
#define SAKIP_TESTS_BENCH_RAW_CLIENT_H_

#include <google/protobuf/message.h>
#include <grpcpp/generic/generic_stub.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sakip::bench {

// Thread-safe across slots.
class RawClient {
 public:
  // `method`: `/sakip.bench.v1.EchoService/Echo`.
  RawClient(const std::string& address, size_t slots, std::string method);

  // Calls `done` with the number of bytes of the answer. A call that fails ends the process.
  void Start(size_t slot, const google::protobuf::Message& request,
             std::function<void(size_t bytes)> done);

  // Returns the number of bytes of the answer.
  size_t Call(size_t slot, const google::protobuf::Message& request);

 private:
  const std::string method_;
  std::vector<std::shared_ptr<grpc::GenericStub>> stubs_;  // By slot; some share a connection.
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_RAW_CLIENT_H_
