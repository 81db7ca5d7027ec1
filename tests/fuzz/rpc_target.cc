#include "tests/fuzz/rpc_target.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "common/base/log.h"
#include "common/message/digest.h"
#include "common/rpc/method_table.h"
#include "tests/calls/every_method.h"

namespace sakip::fuzz {
namespace {

constexpr int kCallsOfAServer = 200;

// Some calls wait for what never comes, as scoring does for positions of its logs.
constexpr absl::Duration kTimeout = absl::Milliseconds(50);
// Of a stream without an end: long enough for its first messages.
constexpr absl::Duration kEndlessPatience = absl::Milliseconds(5);

bool IsFault(const grpc::Status& status) {
  switch (status.error_code()) {
    case grpc::StatusCode::INTERNAL:
    case grpc::StatusCode::UNKNOWN:
    case grpc::StatusCode::DATA_LOSS:
      return true;
    default:
      return false;
  }
}

RpcTarget* running_target = nullptr;

}  // namespace

RpcTarget::RpcTarget(MakeSuite make) : make_(std::move(make)) {
  SAKIP_CHECK(running_target == nullptr);
  running_target = this;
  // The threads of a server must end before exit() takes away what they use, the last that came
  // first: OpenSSL, which this loads, after them.
  static_cast<void>(Sha256(""));
  std::atexit([] { running_target->Stop(); });
}

void RpcTarget::Stop() {
  // A channel within the process must not be used after its server has drained.
  caller_.reset();
  suite_.reset();
}

void RpcTarget::Renew() {
  Stop();
  suite_ = make_();
  caller_ = std::make_unique<calls::RawCaller>(suite_->server().InProcessChannel());
}

void RpcTarget::Call(const google::protobuf::Message& message) {
  if (calls_++ % kCallsOfAServer == 0) Renew();
  const rpc::Method* method = calls::EveryMethod().FindByRequest(message.GetDescriptor());
  SAKIP_CHECK(method != nullptr);
  calls::RawCall call;
  call.path = method->path;
  call.timeout = kTimeout;
  call.messages.push_back(message.SerializePartialAsString());
  if (method->client_streaming) call.messages.push_back(call.messages.front());
  if (method->deadline_max == absl::ZeroDuration()) {
    call.timeout = absl::InfiniteDuration();
    call.patience = kEndlessPatience;
  }
  const calls::RawAnswer answer = caller_->Make(call);
  if (!IsFault(answer.status)) return;
  std::fprintf(stderr, "%s: %d %s\n%s\n", call.path.c_str(), answer.status.error_code(),
               answer.status.error_message().c_str(), message.DebugString().c_str());
  SAKIP_CHECK(!"the server answered with a fault of its own");
}

Messages RequestsOf(const std::vector<std::string>& services, Messages more) {
  Messages requests;
  for (const rpc::Method& method : calls::EveryMethod().methods()) {
    if (std::find(services.begin(), services.end(), method.service) != services.end()) {
      requests.push_back(calls::SampleRequest(method));
    }
  }
  std::move(more.begin(), more.end(), std::back_inserter(requests));
  return requests;
}

}  // namespace sakip::fuzz
