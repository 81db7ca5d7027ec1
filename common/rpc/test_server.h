// TestServer is a server with the service of testdata/test_service.proto, for the tests of this
// folder.
#ifndef SAKIP_COMMON_RPC_TEST_SERVER_H_
#define SAKIP_COMMON_RPC_TEST_SERVER_H_

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "common/base/mutex.h"
#include "common/base/status_macros.h"
#include "common/rpc/channel.h"
#include "common/rpc/client_stream.h"
#include "common/rpc/gate.h"
#include "common/rpc/server.h"
#include "common/rpc/status_convert.h"
#include "common/rpc/stream.h"
#include "common/rpc/unary.h"
#include "test_service.grpc.pb.h"

namespace sakip::rpc {

// Longest that a test waits for something that must happen.
inline constexpr std::chrono::seconds kPatience{20};

// Counts up to a number, or until it is told to end.
class CountReactor : public grpc::ServerWriteReactor<rpctest::v1::CountResponse> {
 public:
  CountReactor(std::shared_ptr<Admission> admission, uint32_t messages,
               std::function<void(CountReactor*)> on_done)
      : admission_(std::move(admission)), messages_(messages), on_done_(std::move(on_done)) {}

  void Begin() { WriteNext(); }

  // Thread-safe.
  void End(const absl::Status& status) {
    if (!ended_.exchange(true)) Finish(admission_->End(status));
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return End(absl::CancelledError("the client has gone"));
    admission_->CountResponse(response_.ByteSizeLong());
    // Without an end it stays quiet after the first message.
    if (messages_ != 0) WriteNext();
  }
  void OnCancel() override { End(absl::CancelledError("the client cancelled")); }
  void OnDone() override {
    on_done_(this);
    delete this;
  }

 private:
  void WriteNext() {
    if (messages_ != 0 && response_.number() == messages_) return End(absl::OkStatus());
    response_.set_number(response_.number() + 1);
    StartWrite(&response_);
  }

  const std::shared_ptr<Admission> admission_;
  const uint32_t messages_;
  const std::function<void(CountReactor*)> on_done_;
  rpctest::v1::CountResponse response_;
  std::atomic<bool> ended_{false};
};

// Answers at once, or as `on_get` says. Thread-safe once the server runs.
class TestServiceImpl : public rpctest::v1::TestService::CallbackService {
 public:
  using GetDone = Done<rpctest::v1::GetResponse>;

  explicit TestServiceImpl(Gate& gate) : gate_(gate) {
    gate_.OnDrain([this] { EndStreams(); });
  }

  grpc::ServerUnaryReactor* Get(grpc::CallbackServerContext* context,
                                const rpctest::v1::GetRequest* request,
                                rpctest::v1::GetResponse* response) override {
    return UnaryAsync(gate_, context, request, response,
                      [this](std::shared_ptr<const Call> call, GetDone done) {
                        ++handled;
                        on_get(std::move(call), std::move(done));
                      });
  }

  grpc::ServerUnaryReactor* Put(grpc::CallbackServerContext* context,
                                const rpctest::v1::PutRequest* request,
                                rpctest::v1::PutResponse* response) override {
    return Unary(gate_, context, request, response,
                 [this](const Call&) -> absl::StatusOr<rpctest::v1::PutResponse> {
                   ++handled;
                   RETURN_IF_ERROR(on_put());
                   return rpctest::v1::PutResponse();
                 });
  }

  grpc::ServerUnaryReactor* Head(grpc::CallbackServerContext* context,
                                 const rpctest::v1::HeadRequest* request,
                                 rpctest::v1::HeadResponse* response) override {
    return Unary(gate_, context, request, response,
                 [this](const Call&) -> absl::StatusOr<rpctest::v1::HeadResponse> {
                   ++handled;
                   return rpctest::v1::HeadResponse();
                 });
  }

  grpc::ServerUnaryReactor* Copy(grpc::CallbackServerContext* context,
                                 const rpctest::v1::CopyRequest* request,
                                 rpctest::v1::CopyResponse* response) override {
    return Unary(gate_, context, request, response,
                 [this](const Call&) -> absl::StatusOr<rpctest::v1::CopyResponse> {
                   ++handled;
                   return rpctest::v1::CopyResponse();
                 });
  }

  grpc::ServerWriteReactor<rpctest::v1::CountResponse>* Count(
      grpc::CallbackServerContext* context, const rpctest::v1::CountRequest* request) override {
    auto admission = gate_.Admit(context, *request);
    if (!admission.ok()) return Refuse<rpctest::v1::CountResponse>(admission.status());
    ++handled;
    auto* reactor = new CountReactor(*std::move(admission), request->messages(),
                                     [this](CountReactor* done) { Leave(done); });
    {
      MutexLock lock(mutex_);
      streams_.insert(reactor);
    }
    reactor->Begin();
    if (gate_.draining()) EndStreams();
    return reactor;
  }

  using SumStream = ClientStream<rpctest::v1::SumRequest, rpctest::v1::SumResponse>;
  using SumHandler = StreamHandler<rpctest::v1::SumRequest>;

  grpc::ServerReadReactor<rpctest::v1::SumRequest>* Sum(
      grpc::CallbackServerContext* context, rpctest::v1::SumResponse* response) override {
    ++sums_begun;
    sums_begun.notify_all();
    return ReadStream<rpctest::v1::SumRequest>(gate_, sums_, context, response,
                                               [this](SumStream& stream) {
                                                 ++handled;
                                                 return on_sum(stream);
                                               });
  }

  // Makes the handler of Sum; set before calls are made.
  std::function<std::unique_ptr<SumHandler>(SumStream&)> on_sum;
  // Calls of Sum that reached the server, with or without a message.
  std::atomic<int> sums_begun{0};
  // Handlers that began.
  std::atomic<int> handled{0};
  // What Put does in its turn; set before calls are made.
  std::function<absl::Status()> on_put = [] { return absl::OkStatus(); };
  // What Get does; set before calls are made.
  std::function<void(std::shared_ptr<const Call>, GetDone)> on_get =
      [](const std::shared_ptr<const Call>&, const GetDone& done) {
        done(rpctest::v1::GetResponse());
      };

 private:
  void EndStreams() {
    MutexLock lock(mutex_);
    for (CountReactor* reactor : streams_) reactor->End(ShuttingDown());
  }
  void Leave(CountReactor* reactor) {
    MutexLock lock(mutex_);
    streams_.erase(reactor);
  }

  Gate& gate_;
  StreamSet sums_{gate_};
  Mutex mutex_;
  std::set<CountReactor*> streams_ ABSL_GUARDED_BY(mutex_);
};

// Keeps the answer of one Get for the test to give.
class HeldAnswer {
 public:
  explicit HeldAnswer(TestServiceImpl& service) {
    service.on_get = [this](auto, auto done) { promise_.set_value(std::move(done)); };
  }

  // Waits until the handler runs; empty where it did not.
  TestServiceImpl::GetDone Take() {
    std::future<TestServiceImpl::GetDone> taken = promise_.get_future();
    return taken.wait_for(kPatience) == std::future_status::ready ? taken.get() : nullptr;
  }

 private:
  std::promise<TestServiceImpl::GetDone> promise_;
};

// Runs the service on a free port. Not thread-safe.
class TestServer {
 public:
  explicit TestServer(GateOptions gate_options = {}, ServerOptions server_options = {}) {
    gate_options.services = {rpctest::v1::TestService::service_full_name()};
    auto made = Gate::Create(std::move(gate_options));
    SAKIP_CHECK(made.ok());
    gate = *std::move(made);
    service = std::make_unique<TestServiceImpl>(*gate);
    server_options.services = {service.get()};
    auto started = Server::Start(std::move(server_options), *gate);
    SAKIP_CHECK(started.ok());
    server = *std::move(started);
    channel = MakeChannel({.target = server->address()}).value();
    stub = rpctest::v1::TestService::NewStub(channel);
  }

  static OutgoingCall WithDeadline(absl::Duration timeout = absl::Seconds(30)) {
    OutgoingCall call;
    call.deadline = CallDeadline(timeout);
    return call;
  }

  grpc::Status RawGet(const rpctest::v1::GetRequest& request,
                      const OutgoingCall& call = WithDeadline()) {
    grpc::ClientContext context;
    Prepare(call, context);
    rpctest::v1::GetResponse response;
    return stub->Get(&context, request, &response);
  }
  absl::Status Get(const std::string& name, const OutgoingCall& call = WithDeadline()) {
    rpctest::v1::GetRequest request;
    request.set_name(name);
    return FromGrpcStatus(RawGet(request, call));
  }
  absl::Status Put(const rpctest::v1::PutRequest& request,
                   const OutgoingCall& call = WithDeadline()) {
    grpc::ClientContext context;
    Prepare(call, context);
    rpctest::v1::PutResponse response;
    return FromGrpcStatus(stub->Put(&context, request, &response));
  }
  absl::Status Put(const std::string& name, const std::string& request_id,
                   const OutgoingCall& call = WithDeadline()) {
    rpctest::v1::PutRequest request;
    request.mutable_thing()->set_name(name);
    request.set_request_id(request_id);
    return Put(request, call);
  }
  absl::Status Head(const OutgoingCall& call = WithDeadline()) {
    grpc::ClientContext context;
    Prepare(call, context);
    rpctest::v1::HeadResponse response;
    return FromGrpcStatus(stub->Head(&context, {}, &response));
  }

  std::unique_ptr<Gate> gate;
  std::unique_ptr<TestServiceImpl> service;
  std::unique_ptr<Server> server;
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<rpctest::v1::TestService::Stub> stub;
};

inline constexpr char kAgency[] = "regions/35.09/agencies/dinsos";
inline constexpr char kDocument[] = "regions/35.09/agencies/dinsos/annualPlans/2023";

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_TEST_SERVER_H_
