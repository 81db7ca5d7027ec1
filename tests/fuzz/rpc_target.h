// RpcTarget sends messages to a server in this process, as any caller could, and expects that it
// answers each with what the contract says.
#ifndef SAKIP_TESTS_FUZZ_RPC_TARGET_H_
#define SAKIP_TESTS_FUZZ_RPC_TARGET_H_

#include <google/protobuf/message.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/rpc/server.h"
#include "tests/calls/raw_caller.h"
#include "tests/fuzz/message_target.h"

namespace sakip::fuzz {

// A server and what it works with.
class ServedSuite {
 public:
  virtual ~ServedSuite() = default;
  virtual rpc::Server& server() = 0;
};

// Not thread-safe. The one of the process, which it lives as long as.
class RpcTarget {
 public:
  using MakeSuite = std::function<std::unique_ptr<ServedSuite>()>;

  // `make` is called now and then: what inputs store is gone with each server.
  explicit RpcTarget(MakeSuite make);

  // Calls the method whose request `message` is; of a stream of requests it is the first and the
  // second. Ends the process where the server answers with a fault of its own.
  void Call(const google::protobuf::Message& message);

 private:
  void Renew();
  void Stop();

  const MakeSuite make_;
  int calls_ = 0;
  std::unique_ptr<ServedSuite> suite_;
  std::unique_ptr<calls::RawCaller> caller_;
};

// A sample request of each method of the services, and `more`.
Messages RequestsOf(const std::vector<std::string>& services, Messages more = {});

}  // namespace sakip::fuzz

#endif  // SAKIP_TESTS_FUZZ_RPC_TARGET_H_
