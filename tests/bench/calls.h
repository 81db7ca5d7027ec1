// Calls over gRPC as a client with several connections makes them, and an echo to compare with.
#ifndef SAKIP_TESTS_BENCH_CALLS_H_
#define SAKIP_TESTS_BENCH_CALLS_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/server.h>
#include <grpcpp/support/status.h>

#include <cstddef>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/log.h"
#include "common/rpc/channel.h"
#include "echo.grpc.pb.h"

namespace sakip::bench {

// Slots that share a connection; a server takes 100 streams on one.
inline constexpr size_t kSlotsPerConnection = 64;

// A channel with a connection of its own.
std::shared_ptr<grpc::Channel> OwnConnection(const std::string& address);

// A stub for each slot, some sharing a connection. Thread-safe.
template <typename Service>
class Stubs {
 public:
  Stubs(const std::string& address, size_t slots) : slots_(slots) {
    for (size_t first = 0; first < slots; first += kSlotsPerConnection) {
      stubs_.push_back(Service::NewStub(OwnConnection(address)));
    }
  }

  typename Service::Stub& of(size_t slot) { return *stubs_[slot * stubs_.size() / slots_]; }

 private:
  const size_t slots_;
  std::vector<std::unique_ptr<typename Service::Stub>> stubs_;
};

// The response of a call; one that failed ends the process.
template <typename Response>
Response MustBe(absl::StatusOr<Response> response) {
  if (!response.ok()) std::cerr << response.status() << "\n";
  SAKIP_CHECK(response.ok());
  return *std::move(response);
}

// Starts a call; `start(context, response, done)` hands it to the stub, and `take` gets the
// response. A call that fails ends the process.
template <typename Response, typename Start>
void StartCall(const Start& start, std::function<void(const Response&)> take) {
  struct InFlight {
    grpc::ClientContext context;
    Response response;
  };
  auto* call = new InFlight;
  rpc::Prepare({.deadline = rpc::CallDeadline(absl::Minutes(1))}, call->context);
  start(&call->context, &call->response,
        [call, take = std::move(take)](const grpc::Status& status) {
          const std::unique_ptr<InFlight> ended(call);
          if (!status.ok()) std::cerr << status.error_message() << "\n";
          SAKIP_CHECK(status.ok());
          take(ended->response);
        });
}

// Serves the echo on a free port. Thread-safe.
class EchoServer {
 public:
  EchoServer();
  ~EchoServer();

  const std::string& address() const { return address_; }

 private:
  const std::unique_ptr<v1::EchoService::CallbackService> service_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

// Calls of the echo with so many bytes. Thread-safe across slots.
class EchoClient {
 public:
  EchoClient(const std::string& address, size_t slots, size_t bytes);

  void Start(size_t slot, std::function<void()> done);

 private:
  Stubs<v1::EchoService> stubs_;
  v1::EchoRequest request_;
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_CALLS_H_
