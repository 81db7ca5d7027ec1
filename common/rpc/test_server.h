// TestServer is a server with the service of testdata/test_service.proto, for the tests of this
// folder.
#ifndef SAKIP_COMMON_RPC_TEST_SERVER_H_
#define SAKIP_COMMON_RPC_TEST_SERVER_H_

#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "common/base/status_macros.h"
#include "common/rpc/channel.h"
#include "common/rpc/client_stream.h"
#include "common/rpc/gate.h"
#include "common/rpc/message_bytes.h"
#include "common/rpc/pull_stream.h"
#include "common/rpc/raw_service.h"
#include "common/rpc/server.h"
#include "common/rpc/status_convert.h"
#include "common/rpc/stream.h"
#include "common/rpc/stream_set.h"
#include "common/rpc/unary.h"
#include "test_service.grpc.pb.h"

namespace sakip::rpc {

// Longest that a test waits for something that must happen.
inline constexpr std::chrono::seconds kPatience{20};

// Counts up to a number, or says one and stays quiet where that is 0.
class CountReactor final : public PullReactor<rpctest::v1::CountResponse> {
 public:
  CountReactor(StreamSet& streams, Admitted call, uint32_t messages)
      : PullReactor(streams, std::move(call)), messages_(messages) {}

 private:
  absl::StatusOr<Next> MakeNext() override {
    if (messages_ == 0 && number_ > 0) return Next::kWait;
    if (messages_ != 0 && number_ == messages_) return Next::kEnd;
    message().set_number(++number_);
    return Next::kMessage;
  }
  absl::Time BeginWait() override { return absl::InfiniteFuture(); }
  void EndWait() override {}

  const uint32_t messages_;
  uint32_t number_ = 0;
};

// Every method of the service, as bytes.
using RawTestService = RawService<rpctest::v1::TestService::Service,
                                  rpctest::v1::TestService::WithRawCallbackMethod_Get,
                                  rpctest::v1::TestService::WithRawCallbackMethod_Put,
                                  rpctest::v1::TestService::WithRawCallbackMethod_Head,
                                  rpctest::v1::TestService::WithRawCallbackMethod_Copy,
                                  rpctest::v1::TestService::WithRawCallbackMethod_Count,
                                  rpctest::v1::TestService::WithRawCallbackMethod_Sum>;

// Answers at once, or as `on_get` says. Thread-safe once the server runs.
class TestServiceImpl : public RawTestService {
 public:
  using GetDone = Done<rpctest::v1::GetResponse>;

  explicit TestServiceImpl(Gate& gate) : gate_(gate) {}

  grpc::ServerUnaryReactor* Get(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                grpc::ByteBuffer* out) override {
    return UnaryAsync<rpctest::v1::GetRequest, rpctest::v1::GetResponse>(
        gate_, context, in, out,
        [this](std::shared_ptr<const Call> call, const rpctest::v1::GetRequest&, GetDone done) {
          ++handled;
          on_get(std::move(call), std::move(done));
        });
  }

  grpc::ServerUnaryReactor* Put(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                grpc::ByteBuffer* out) override {
    return Unary<rpctest::v1::PutRequest>(
        gate_, context, in, out,
        [this](const Call&,
               const rpctest::v1::PutRequest&) -> absl::StatusOr<rpctest::v1::PutResponse> {
          ++handled;
          RETURN_IF_ERROR(on_put());
          return rpctest::v1::PutResponse();
        });
  }

  grpc::ServerUnaryReactor* Head(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                 grpc::ByteBuffer* out) override {
    return Empty<rpctest::v1::HeadRequest, rpctest::v1::HeadResponse>(context, in, out);
  }

  grpc::ServerUnaryReactor* Copy(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                 grpc::ByteBuffer* out) override {
    return Empty<rpctest::v1::CopyRequest, rpctest::v1::CopyResponse>(context, in, out);
  }

  grpc::ServerWriteReactor<grpc::ByteBuffer>* Count(grpc::CallbackServerContext* context,
                                                    const grpc::ByteBuffer* in) override {
    return WriteStream<rpctest::v1::CountRequest>(
        gate_, streams_, context, *in,
        [this](Admitted call,
               const rpctest::v1::CountRequest& request) -> absl::StatusOr<CountReactor*> {
          ++handled;
          return new CountReactor(streams_, std::move(call), request.messages());
        });
  }

  using SumStream = ClientStream<rpctest::v1::SumRequest, rpctest::v1::SumResponse>;
  using SumHandler = StreamHandler<rpctest::v1::SumRequest>;

  grpc::ServerReadReactor<grpc::ByteBuffer>* Sum(grpc::CallbackServerContext* context,
                                                 grpc::ByteBuffer* out) override {
    ++sums_begun;
    sums_begun.notify_all();
    return ReadStream<SumStream>(gate_, streams_, context, out, [this](SumStream& stream) {
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
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Empty(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                  grpc::ByteBuffer* out) {
    return Unary<Request>(gate_, context, in, out,
                          [this](const Call&, const Request&) -> absl::StatusOr<Response> {
                            ++handled;
                            return Response();
                          });
  }

  Gate& gate_;
  StreamSet streams_{gate_};
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
  // What Get answers to any bytes, or to none at all.
  absl::Status GetBytes(const std::optional<std::string>& bytes,
                        const OutgoingCall& call = WithDeadline()) {
    grpc::ClientContext context;
    Prepare(call, context);
    grpc::CompletionQueue queue;
    grpc::GenericStub generic(channel);
    const auto stream = generic.PrepareCall(&context, "/sakip.rpctest.v1.TestService/Get", &queue);
    grpc::Status status;
    void* tag = nullptr;
    bool ok = false;
    const auto wait = [&] { SAKIP_CHECK(queue.Next(&tag, &ok)); };
    stream->StartCall(nullptr);
    wait();
    if (bytes.has_value()) {
      const grpc::Slice slice(*bytes);
      stream->Write(grpc::ByteBuffer(&slice, 1), nullptr);
      wait();
    }
    stream->WritesDone(nullptr);
    wait();
    grpc::ByteBuffer response;
    stream->Read(&response, nullptr);
    wait();
    stream->Finish(&status, nullptr);
    wait();
    return FromGrpcStatus(status);
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
