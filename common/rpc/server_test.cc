#include "common/rpc/server.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include "common/rpc/signals.h"
#include "common/rpc/test_server.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip::rpc {
namespace {

using absl::StatusCode;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using sakip::testing::TempDir;
using ::testing::HasSubstr;

// Sends bytes to a method of gRPC's own services, whose messages are not linked in.
grpc::Status CallWithBytes(const std::shared_ptr<grpc::Channel>& channel, const std::string& path,
                           const std::string& request, std::string* response = nullptr) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  Prepare(TestServer::WithDeadline(), context);
  const grpc::Slice slice(request);
  const grpc::ByteBuffer sent(&slice, 1);
  grpc::ByteBuffer received;
  std::promise<grpc::Status> done;
  stub.UnaryCall(&context, path, grpc::StubOptions(), &sent, &received,
                 [&](grpc::Status status) { done.set_value(std::move(status)); });
  const grpc::Status status = done.get_future().get();
  grpc::Slice flat;
  if (status.ok() && response != nullptr && received.TrySingleSlice(&flat).ok()) {
    response->assign(reinterpret_cast<const char*>(flat.begin()), flat.size());
  }
  return status;
}

// 1 SERVING, 2 NOT_SERVING; -1 where the service is not known.
int Health(const std::shared_ptr<grpc::Channel>& channel, const std::string& service) {
  const std::string request =
      service.empty() ? "" : "\x0a" + std::string(1, service.size()) + service;
  std::string response;
  const grpc::Status status =
      CallWithBytes(channel, "/grpc.health.v1.Health/Check", request, &response);
  return status.ok() && response.size() == 2 ? response[1] : -1;
}

grpc::Status AskReflection(const TestServer& test) {
  // ServerReflectionRequest{list_services: ""}.
  return CallWithBytes(test.channel,
                       "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                       std::string("\x3a\x00", 2));
}

std::unique_ptr<Gate> MakeGate(std::vector<std::string> services) {
  return Gate::Create({.services = std::move(services)}).value();
}

TEST(Server, IsServingForEachServiceOnceStarted) {
  TestServer test;

  EXPECT_EQ(Health(test.channel, ""), 1);
  EXPECT_EQ(Health(test.channel, "sakip.rpctest.v1.TestService"), 1);
  EXPECT_EQ(Health(test.channel, "sakip.rpctest.v1.Nothing"), -1);
}

TEST(Server, IsNotServingUntilItIsSaidWhereTheOptionsWantThat) {
  TestServer test({}, {.serving = false});
  EXPECT_EQ(Health(test.channel, ""), 2);
  EXPECT_EQ(Health(test.channel, "sakip.rpctest.v1.TestService"), 2);
  EXPECT_THAT(test.Get(kAgency), IsOk());

  test.server->SetServing();
  EXPECT_EQ(Health(test.channel, ""), 1);
  EXPECT_EQ(Health(test.channel, "sakip.rpctest.v1.TestService"), 1);

  test.server->Drain();
  test.server->SetServing();  // Too late, and harmless.
}

TEST(Server, RefusesToBelieveIdentitiesWhereOthersReachIt) {
  const auto gate = MakeGate({});

  const auto server = Server::Start({.listen_address = "0.0.0.0:0"}, *gate);

  EXPECT_EQ(server.status(), DevIdentityOffLoopback("0.0.0.0:0"));
}

class ProvenIdentity : public Authenticator {
 public:
  absl::StatusOr<Principal> Authenticate(const Evidence&) const override { return Principal(); }
  absl::Status Confirm(const Principal&) const override { return absl::OkStatus(); }
  bool loopback_only() const override { return false; }
};

TEST(Server, RefusesToListenOffLoopbackWithoutTls) {
  const auto gate = Gate::Create({.authenticator = std::make_unique<ProvenIdentity>()}).value();

  EXPECT_THAT(Server::Start({.listen_address = "0.0.0.0:0"}, *gate),
              StatusIs(StatusCode::kFailedPrecondition));
}

// A gate and a service, for servers that do not start.
struct Parts {
  explicit Parts(std::unique_ptr<Authenticator> authenticator = nullptr)
      : gate(Gate::Create({.services = {rpctest::v1::TestService::service_full_name()},
                           .authenticator = std::move(authenticator)})
                 .value()),
        service(*gate) {}

  std::unique_ptr<Gate> gate;
  TestServiceImpl service;

  absl::StatusOr<std::unique_ptr<Server>> Start(ServerOptions options) {
    options.services = {&service};
    return Server::Start(std::move(options), *gate);
  }
};

TEST(Server, ListensOffLoopbackInPlainTextWhereThatIsWanted) {
  Parts parts(std::make_unique<ProvenIdentity>());
  // Short for 127.0.0.1, and not known as that: a test is not to be reached.
  const ServerOptions unsafe{.listen_address = "127.1:0"};
  ServerOptions wanted = unsafe;
  wanted.plain_text_off_loopback = true;

  EXPECT_THAT(parts.Start(unsafe), StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(parts.Start(wanted), IsOk());
}

TEST(Server, NeverBelievesIdentitiesWhereOthersReachIt) {
  const auto gate = MakeGate({});
  const grpc::SslServerCredentialsOptions tls;

  for (const bool plain_text : {false, true}) {
    const auto server =
        Server::Start({.listen_address = "0.0.0.0:0",
                       .credentials = plain_text ? nullptr : grpc::SslServerCredentials(tls),
                       .plain_text_off_loopback = plain_text},
                      *gate);
    EXPECT_EQ(server.status(), DevIdentityOffLoopback("0.0.0.0:0"));
  }
}

TEST(Server, RefusesAServiceThatTheGateDoesNotKnow) {
  const auto gate = MakeGate({});
  TestServiceImpl service(*gate);

  const auto server = Server::Start({.services = {&service}}, *gate);

  EXPECT_THAT(server, StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(std::string(server.status().message()), HasSubstr("sakip.rpctest.v1.TestService"));
}

TEST(Server, RefusesAServiceThatDoesNotNameAllItsMethods) {
  const auto gate = MakeGate({});
  RawService<rpctest::v1::TestService::Service, rpctest::v1::TestService::WithRawCallbackMethod_Get>
      service;

  const auto server = Server::Start({.services = {&service}}, *gate);

  EXPECT_THAT(server, StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(std::string(server.status().message()), HasSubstr("RawService"));
}

TEST(Server, TellsThatThePortIsTaken) {
  TestServer first;
  Parts second;

  const auto server = second.Start({.listen_address = first.server->address()});

  EXPECT_THAT(server, StatusIs(StatusCode::kUnavailable));
  EXPECT_THAT(std::string(server.status().message()), HasSubstr("is the port taken?"));
}

TEST(Server, NeedsSomethingToServe) {
  const auto gate = MakeGate({});

  EXPECT_THAT(Server::Start({}, *gate), StatusIs(StatusCode::kInvalidArgument));
}

TEST(Server, WritesItsAddressAndTakesItBackWhenDrained) {
  TempDir dir;
  const std::string path = dir.File("address");
  std::ofstream(path) << "left by another\n";
  TestServer test({}, {.address_file = path});

  std::string address;
  std::getline(std::ifstream(path), address);
  EXPECT_EQ(address, test.server->address());
  EXPECT_FALSE(std::filesystem::exists(path + ".tmp"));

  test.server->Drain();
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Server, FailsWhereTheAddressCannotBeWritten) {
  TempDir dir;
  Parts parts;

  const auto server = parts.Start({.address_file = dir.File("no/such/folder")});

  EXPECT_THAT(server, StatusIs(StatusCode::kUnavailable));
  EXPECT_THAT(std::string(server.status().message()), HasSubstr("cannot write"));
}

TEST(Server, ServesOnAUnixSocket) {
  TempDir dir;
  TestServer test({}, {.listen_address = "unix:" + dir.File("socket")});

  EXPECT_THAT(test.Get(kAgency), IsOk());
}

TEST(Server, ServesReflectionOnlyWhenAsked) {
  TestServer without;
  TestServer with({}, {.reflection = true});

  EXPECT_EQ(AskReflection(without).error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_TRUE(AskReflection(with).ok()) << AskReflection(with).error_message();
}

TEST(Server, NeverServesChannelz) {
  TestServer test({}, {.reflection = true});

  EXPECT_EQ(CallWithBytes(test.channel, "/grpc.channelz.v1.Channelz/GetServers", "").error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
}

TEST(Server, TakesSoManyStreamsOfAConnectionAndNoMore) {
  TestServer test({}, {.streams_per_connection_max = 2});
  rpctest::v1::CountRequest request;
  request.set_scope("regions/35");
  rpctest::v1::CountResponse response;
  grpc::ClientContext contexts[2];
  std::unique_ptr<grpc::ClientReader<rpctest::v1::CountResponse>> streams[2];
  for (int i = 0; i < 2; ++i) {
    streams[i] = test.stub->Count(&contexts[i], request);
    ASSERT_TRUE(streams[i]->Read(&response));
  }

  EXPECT_THAT(test.Get(kAgency, TestServer::WithDeadline(absl::Milliseconds(200))),
              StatusIs(StatusCode::kDeadlineExceeded));
  EXPECT_EQ(test.service->handled, 2);

  contexts[0].TryCancel();
  streams[0]->Finish();
  EXPECT_THAT(test.Get(kAgency), IsOk());
  contexts[1].TryCancel();
  streams[1]->Finish();
}

TEST(Server, NeedsMetricsForAMetricsAddress) {
  PrometheusMetrics metrics;
  Parts without;
  Parts with;

  EXPECT_THAT(without.Start({.metrics_address = "127.0.0.1:0"}),
              StatusIs(StatusCode::kInvalidArgument));
  const auto server = with.Start({.metrics_address = "127.0.0.1:0", .metrics = &metrics});
  ASSERT_THAT(server, IsOk());
  EXPECT_THAT((*server)->metrics_address(), ::testing::StartsWith("127.0.0.1:"));
}

TEST(Server, LetsARunningCallEndWhileItDrains) {
  TestServer test;
  HeldAnswer answer(*test.service);
  auto running = std::async(std::launch::async, [&] { return test.Get(kAgency); });
  Done<rpctest::v1::GetResponse> held = answer.Take();
  ASSERT_NE(held, nullptr);

  std::promise<void> draining;
  test.gate->OnDrain([&] { draining.set_value(); });
  std::thread drain([&] { test.server->Drain(); });
  EXPECT_EQ(draining.get_future().wait_for(kPatience), std::future_status::ready);
  held(rpctest::v1::GetResponse());
  drain.join();

  EXPECT_THAT(running.get(), IsOk());
  EXPECT_THAT(test.Get(kAgency), StatusIs(StatusCode::kUnavailable));
}

TEST(Server, CancelsWhatOutlastsTheGrace) {
  TestServer test({}, {.drain = {.grace = absl::Milliseconds(50)}});
  HeldAnswer answer(*test.service);
  auto running = std::async(std::launch::async, [&] { return test.Get(kAgency); });
  Done<rpctest::v1::GetResponse> held = answer.Take();
  ASSERT_NE(held, nullptr);

  std::thread drain([&] { test.server->Drain(); });
  const absl::Status status = running.get();
  held(rpctest::v1::GetResponse());
  drain.join();

  EXPECT_FALSE(status.ok());
}

TEST(Server, IsNotServingDuringTheLameDuckButTakesCalls) {
  TestServer test({}, {.drain = {.lame_duck = absl::Seconds(3)}});
  ASSERT_EQ(Health(test.channel, "sakip.rpctest.v1.TestService"), 1);

  std::thread drain([&] { test.server->Drain(); });
  int health = 1;
  // Each turn waits for an answer of the server.
  while (health == 1) health = Health(test.channel, "sakip.rpctest.v1.TestService");
  const absl::Status status = test.Get(kAgency);
  drain.join();

  EXPECT_EQ(health, 2);
  EXPECT_THAT(status, IsOk());
}

TEST(Server, EndsPromptlyOnSigtermWhenIdle) {
  sigset_t before;
  pthread_sigmask(SIG_SETMASK, nullptr, &before);
  const sigset_t signals = BlockShutdownSignals();
  PrometheusMetrics metrics;
  TestServer test({}, {.metrics_address = "127.0.0.1:0", .metrics = &metrics});
  ASSERT_THAT(test.Get(kAgency), IsOk());
  std::thread serving([&] {
    ServeUntilSignal(*test.server, signals);
    test.server.reset();
  });

  const absl::Time start = absl::Now();
  pthread_kill(serving.native_handle(), SIGTERM);
  serving.join();

  EXPECT_LT(absl::Now() - start, absl::Seconds(2));
  EXPECT_THAT(test.Get(kAgency), StatusIs(StatusCode::kUnavailable));
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace
}  // namespace sakip::rpc
