#include "tests/bench/calls.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/support/channel_arguments.h>

#include "absl/strings/str_cat.h"
#include "tests/bench/workload.h"

namespace sakip::bench {
namespace {

class EchoHandler final : public v1::EchoService::CallbackService {
 public:
  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context,
                                 const v1::EchoRequest* request,
                                 v1::EchoResponse* response) override {
    response->set_payload(request->payload());
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context,
                                   const v1::AnswerRequest* request,
                                   v1::AnswerResponse* response) override {
    response->set_payload(Text(request->bytes(), 1));
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

}  // namespace

// Channels of MakeChannel with one target share a connection; here that would be the bottleneck.
std::shared_ptr<grpc::Channel> OwnConnection(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

EchoServer::EchoServer() : service_(std::make_unique<EchoHandler>()) {
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(service_.get());
  server_ = builder.BuildAndStart();
  SAKIP_CHECK(server_ != nullptr);
  address_ = absl::StrCat("127.0.0.1:", port);
}

EchoServer::~EchoServer() { server_->Shutdown(); }

EchoClient::EchoClient(const std::string& address, size_t slots, size_t bytes)
    : stubs_(address, slots) {
  request_.set_payload(Text(bytes, 1));
}

void EchoClient::Start(size_t slot, std::function<void()> done) {
  StartCall<v1::EchoResponse>(
      [&](auto* context, auto* response, auto answer) {
        stubs_.of(slot).async()->Echo(context, &request_, response, std::move(answer));
      },
      [done = std::move(done)](const v1::EchoResponse&) { done(); });
}

}  // namespace sakip::bench
