// Callers are disowned, with real calls and streams: a key is removed, a token expires, keys are
// rolled. Streams of requests: common/rpc/confirm_test.cc.
#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/auth/cached_keys.h"
#include "common/auth/test_http_server.h"
#include "common/auth/test_issuer.h"
#include "common/auth/token_authenticator.h"
#include "common/eventlog/event_log_service.h"
#include "common/eventlog/memory_event_log.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/rpc/channel.h"
#include "common/rpc/server.h"
#include "common/rpc/status_convert.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"

namespace sakip::auth {
namespace {

using absl::StatusCode;
using eventlog::v1::FollowRecordsResponse;
using sakip::testing::FakeClock;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;

// Asks streams that wait as often as a test wants.
class OftenAsked final : public rpc::Authenticator {
 public:
  OftenAsked(std::unique_ptr<Authenticator> authenticator, absl::Duration every)
      : authenticator_(std::move(authenticator)), every_(every) {}

  absl::StatusOr<rpc::Principal> Authenticate(const rpc::Evidence& evidence) const override {
    return authenticator_->Authenticate(evidence);
  }
  absl::Status Confirm(const rpc::Principal& principal) const override {
    return authenticator_->Confirm(principal);
  }
  absl::Duration confirm_every() const override { return every_; }
  bool loopback_only() const override { return false; }

 private:
  const std::unique_ptr<Authenticator> authenticator_;
  const absl::Duration every_;
};

// A log of one record, served to those whose tokens are signed with `keys`.
class LogServer {
 public:
  LogServer(std::shared_ptr<KeySource> keys, const Clock& clock,
            absl::Duration confirm_every = absl::Milliseconds(5)) {
    TokenOptions options;
    options.issuer = kIssuer;
    options.audience = kAudience;
    options.clock = &clock;
    rpc::GateOptions gate_options;
    gate_options.services = {eventlog::v1::EventLogService::service_full_name()};
    gate_options.authenticator = std::make_unique<OftenAsked>(
        MakeTokenAuthenticator(options, std::move(keys)).value(), confirm_every);
    gate_ = rpc::Gate::Create(std::move(gate_options)).value();
    service_ = std::make_unique<eventlog::EventLogService>(*gate_, log_);
    rpc::ServerOptions server_options;
    server_options.services = {service_.get()};
    server_ = rpc::Server::Start(std::move(server_options), *gate_).value();
    stub_ = eventlog::v1::EventLogService::NewStub(server_->InProcessChannel());
    Append();
  }

  void Append() {
    const std::string stream = "regions/35.09/agencies/dinsos/years/2023";
    ASSERT_THAT(eventlog::AppendNow(log_, eventlog::TestRequest(
                                              absl::StrCat("r", log_.end_position()),
                                              log_.StreamRevision(stream).value(), stream, {"x"})),
                IsOk());
  }

  static void Prepare(const std::string& token, grpc::ClientContext& context) {
    rpc::Prepare({.deadline = rpc::CallDeadline(absl::Seconds(30))}, context);
    context.AddMetadata("authorization", "Bearer " + token);
  }

  absl::Status Read(const std::string& token) {
    grpc::ClientContext context;
    Prepare(token, context);
    eventlog::v1::ReadRecordsRequest request;
    request.set_scope("regions/35.09/agencies/dinsos");
    eventlog::v1::ReadRecordsResponse response;
    return rpc::FromGrpcStatus(stub_->ReadRecords(&context, request, &response));
  }

  eventlog::v1::EventLogService::Stub& stub() { return *stub_; }

 private:
  eventlog::MemoryEventLog log_;
  std::unique_ptr<rpc::Gate> gate_;
  std::unique_ptr<eventlog::EventLogService> service_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<eventlog::v1::EventLogService::Stub> stub_;
};

// A stream of the log that has given its first record, and waits.
class Follower {
 public:
  Follower(LogServer& server, const std::string& token) {
    LogServer::Prepare(token, context_);
    eventlog::v1::FollowRecordsRequest request;
    request.set_scope("regions/35.09/agencies/dinsos");
    reader_ = server.stub().FollowRecords(&context_, request);
    EXPECT_TRUE(Read());
  }
  ~Follower() {
    context_.TryCancel();
    if (!finished_) Finish().IgnoreError();
  }

  bool Read() {
    FollowRecordsResponse response;
    return reader_->Read(&response);
  }
  absl::Status Finish() {
    finished_ = true;
    return rpc::FromGrpcStatus(reader_->Finish());
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<FollowRecordsResponse>> reader_;
  bool finished_ = false;
};

class RevocationTest : public ::testing::Test {
 protected:
  std::string Token(Algorithm algorithm = Algorithm::kEdDsa) {
    return IssueToken(GoodReader(), TestKey(algorithm));
  }
  TokenRequest GoodReader() const {
    TokenRequest request = GoodRequest(clock_.Now());
    request.roles = {rpc::Role::kAuditor};
    return request;
  }

  FakeClock clock_;
  std::shared_ptr<TestKeys> keys_ =
      std::make_shared<TestKeys>(Jwks({Algorithm::kEdDsa, Algorithm::kEs256}));
};

TEST_F(RevocationTest, EndsAStreamThatWaitsOnceItsKeyIsRemoved) {
  LogServer server(keys_, clock_);
  Follower follower(server, Token());
  Follower other(server, Token(Algorithm::kEs256));

  keys_->Set(Jwks({Algorithm::kEs256}));

  EXPECT_FALSE(follower.Read());
  EXPECT_THAT(follower.Finish(), StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
  EXPECT_THAT(server.Read(Token()), StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
  server.Append();
  EXPECT_TRUE(other.Read());
  EXPECT_THAT(server.Read(Token(Algorithm::kEs256)), IsOk());
}

TEST_F(RevocationTest, EndsAStreamBeforeItsNextMessage) {
  LogServer server(keys_, clock_, absl::Hours(1));
  Follower follower(server, Token());

  keys_->Set(Jwks({}));
  server.Append();

  EXPECT_FALSE(follower.Read());
  EXPECT_THAT(follower.Finish(), StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
}

TEST_F(RevocationTest, EndsAStreamWithItsToken) {
  LogServer server(keys_, clock_);
  TokenRequest longer = GoodReader();
  longer.lifetime = absl::Minutes(15);
  longer.issue_time += absl::Minutes(1);
  Follower follower(server, Token());
  Follower other(server, IssueToken(longer, TestKey(Algorithm::kEdDsa)));

  clock_.Advance(absl::Minutes(16));

  EXPECT_FALSE(follower.Read());
  EXPECT_THAT(follower.Finish(), StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
  server.Append();
  EXPECT_TRUE(other.Read());
}

// A key that is removed right after it was fetched, and a stream that asks right before the next
// fetch is done, which takes as long as it may.
TEST_F(RevocationTest, TakesAMinuteAtMost) {
  constexpr absl::Duration kFetchMax = absl::Seconds(5);

  EXPECT_LE(CachedKeysOptions().refresh_every + kFetchMax + rpc::kConfirmEvery, absl::Minutes(1));
}

TEST_F(RevocationTest, ServesKnownKeysForADayWithoutTheIssuer) {
  TestHttpServer issuer(TestHttpServer::Ok(Jwks({Algorithm::kEdDsa})));
  auto keys = std::make_shared<CachedKeys>(MakeUrlFetcher(issuer.url(), "").value(),
                                           CachedKeysOptions(), clock_);
  ASSERT_THAT(keys->Refresh(), IsOk());
  LogServer server(keys, clock_);
  issuer.Set("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");

  clock_.Advance(absl::Hours(24));
  EXPECT_FALSE(keys->Refresh().ok());
  EXPECT_THAT(server.Read(Token()), IsOk());
  Follower follower(server, Token());

  clock_.Advance(absl::Seconds(1));
  EXPECT_THAT(server.Read(Token()), StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
  EXPECT_FALSE(follower.Read());
  EXPECT_THAT(follower.Finish(), StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
}

// As README.md says: the new key is published, then used, then the old one is retired. Callers
// who never pause see nothing of it.
TEST_F(RevocationTest, RollsKeysWithoutAFailedCall) {
  TestHttpServer issuer(TestHttpServer::Ok(Jwks({Algorithm::kEdDsa})));
  auto keys = std::make_shared<CachedKeys>(
      MakeUrlFetcher(issuer.url(), "").value(),
      CachedKeysOptions{.refresh_every = absl::Milliseconds(5)}, clock_);
  ASSERT_THAT(keys->Refresh(), IsOk());
  keys->Start();
  LogServer server(keys, clock_);
  std::atomic<Algorithm> current{Algorithm::kEdDsa};
  std::atomic<bool> stop{false};
  std::atomic<int> calls{0};
  std::atomic<int> failed{0};
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i) {
    callers.emplace_back([&] {
      while (!stop) {
        if (!server.Read(Token(current)).ok()) ++failed;
        ++calls;
      }
    });
  }
  const auto await = [](auto condition) {
    while (!condition()) std::this_thread::yield();
  };
  const auto publish = [&](std::initializer_list<Algorithm> algorithms) {
    issuer.Set(TestHttpServer::Ok(Jwks(algorithms)));
    await([&, size = algorithms.size()] { return keys->Keys()->keys().size() == size; });
  };
  // Calls under way and one more of each caller.
  const auto let_calls_pass = [&] { await([&, until = calls + 8] { return calls >= until; }); };

  const std::string old = Token();
  let_calls_pass();
  publish({Algorithm::kEdDsa, Algorithm::kEs256});
  current = Algorithm::kEs256;
  let_calls_pass();
  publish({Algorithm::kEs256});
  let_calls_pass();
  stop = true;
  for (std::thread& caller : callers) caller.join();

  EXPECT_EQ(failed, 0);
  EXPECT_GE(calls, 24);
  EXPECT_THAT(server.Read(old), StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
}

}  // namespace
}  // namespace sakip::auth
