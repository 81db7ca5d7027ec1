// What ends a connection, from both sides: peers that are slow, idle, silent or a nuisance, and
// beside each of them one that does nothing wrong.
#include <gmock/gmock.h>
#include <grpcpp/security/server_credentials.h>
#include <gtest/gtest.h>

#include <future>
#include <set>

#include "common/rpc/test_connection.h"
#include "common/rpc/test_server.h"
#include "common/testing/status_matchers.h"

namespace sakip::rpc {
namespace {

using sakip::testing::IsOk;
using ::testing::EndsWith;
using ::testing::IsEmpty;
using ::testing::Lt;
using ::testing::SizeIs;

constexpr char kGet[] = "/sakip.rpctest.v1.TestService/Get";
constexpr char kSum[] = "/sakip.rpctest.v1.TestService/Sum";
// Long enough for a peer that does nothing wrong, also where others use the machine.
constexpr absl::Duration kSoon = absl::Milliseconds(500);
// Codes of RFC 9113.
constexpr uint32_t kNoError = 0, kEnhanceYourCalm = 11;

uint32_t CodeOf(const Frame& go_away) {
  return static_cast<uint32_t>(FromBigEndian(go_away.payload.substr(4, 4)));
}

// True where the server still answers on the connection.
bool IsOpen(TestConnection& connection) {
  connection.Ping();
  const std::optional<Frame> answer = connection.ReadUntil(Frame::kPing);
  return answer.has_value() && answer->IsAck();
}

// A call of a client that keeps the rules, which runs until it is ended.
class RunningCall {
 public:
  explicit RunningCall(TestServer& test)
      : answer_(*test.service),
        status_(std::async(std::launch::async, [&test] { return test.Get(kAgency); })) {
    done_ = answer_.Take();
    EXPECT_NE(done_, nullptr);
  }

  absl::Status End() {
    done_(rpctest::v1::GetResponse());
    return status_.get();
  }

 private:
  HeldAnswer answer_;
  std::future<absl::Status> status_;
  TestServiceImpl::GetDone done_;
};

TEST(Connection, IsClosedWhereThePeerDoesNotGreet) {
  TestServer test({}, {.handshake_max = kSoon});
  TestConnection greeted(test.server->address());
  greeted.Greet();
  ASSERT_TRUE(IsOpen(greeted));

  const OpenFile silent = ConnectTo(test.server->address());
  while (!ReceiveFrom(silent, 1024).empty()) {
  }

  EXPECT_TRUE(IsOpen(greeted));
}

TEST(Connection, IsClosedWhereNothingIsCalled) {
  TestServer test({}, {.connection_idle_max = kSoon});
  RunningCall call(test);

  TestConnection idle(test.server->address());
  idle.Greet();
  const std::vector<Frame> go_away = idle.ReadToEnd(Frame::kGoAway);

  ASSERT_THAT(go_away, SizeIs(1));
  EXPECT_THAT(go_away[0].payload, EndsWith("enter idle"));
  EXPECT_THAT(call.End(), IsOk());
}

// With credentials of any kind.
TEST(Connection, IsClosedWhenItIsOldAndItsCallsHadTheirGrace) {
  TestServer test({}, {.credentials = grpc::experimental::LocalServerCredentials(LOCAL_TCP),
                       .connection_age_max = kSoon,
                       .connection_age_grace = kSoon});
  TestConnection connection(test.server->address());
  connection.Greet();
  connection.BeginCall(1, kGet);

  const std::vector<Frame> go_away = connection.ReadToEnd(Frame::kGoAway);

  // First a friendly word, then the end.
  ASSERT_THAT(go_away, SizeIs(2));
  EXPECT_EQ(CodeOf(go_away[0]), kNoError);
}

TEST(Connection, IsClosedWhereThePeerAnswersPingsNoLonger) {
  TestServer test({}, {.keepalive_time = absl::Milliseconds(50), .keepalive_timeout = kSoon});
  RunningCall call(test);
  TestConnection connection(test.server->address());
  connection.Greet();
  connection.BeginCall(1, kGet);

  for (int answered = 0; answered < 4; ++answered) {
    std::optional<Frame> ping = connection.ReadUntil(Frame::kPing);
    ASSERT_TRUE(ping.has_value()) << answered;
    ping->flags = Frame::kAck;
    connection.Send(*ping);
  }
  connection.ReadToEnd(Frame::kPing);

  EXPECT_THAT(call.End(), IsOk());
}

TEST(Connection, IsClosedWhereThePeerPingsTooMuch) {
  TestServer test;
  TestConnection connection(test.server->address());
  connection.Greet();
  EXPECT_TRUE(IsOpen(connection));
  EXPECT_TRUE(IsOpen(connection));

  // Some are answered before the thread that closes the connection has its turn.
  int answered = 0;
  while (answered < 100 && IsOpen(connection)) ++answered;

  EXPECT_THAT(answered, Lt(100));
  EXPECT_THAT(connection.ReadToEnd(Frame::kPing), IsEmpty());
}

TEST(Connection, SaysThatThereWereTooManyPings) {
  TestServer test;
  TestConnection connection(test.server->address());
  connection.Greet();
  for (int i = 0; i < 10; ++i) connection.Ping();

  const std::vector<Frame> go_away = connection.ReadToEnd(Frame::kGoAway);

  ASSERT_THAT(go_away, SizeIs(1));
  EXPECT_EQ(CodeOf(go_away[0]), kEnhanceYourCalm);
  EXPECT_THAT(go_away[0].payload, EndsWith("too_many_pings"));
}

TEST(Connection, HasAHundredStreamsAndNoMore) {
  TestServer test;
  TestConnection connection(test.server->address());
  connection.Greet();
  ASSERT_TRUE(connection.ReadUntil(Frame::kSettings).has_value());
  uint32_t stream = 1;
  for (int i = 0; i < 100; ++i, stream += 2) connection.BeginCall(stream, kSum);
  ASSERT_TRUE(IsOpen(connection));

  connection.BeginCall(stream, kSum);
  connection.ReadToEnd(Frame::kGoAway);

  // The last is handed over while the connection ends.
  for (int begun = 0; begun < 100; begun = test.service->sums_begun) {
    test.service->sums_begun.wait(begun);
  }
  EXPECT_THAT(test.Get(kAgency), IsOk());
  EXPECT_EQ(test.service->sums_begun, 100);
}

// gRPC hands a call over with its message. Until that comes nothing of ours knows of it.
TEST(Connection, CallsWithoutAMessageEndWithTheirDeadline) {
  TestServer test;
  TestConnection connection(test.server->address());
  connection.Greet();
  connection.BeginCall(1, kGet, "100m");
  connection.BeginCall(3, kSum, "100m");

  std::set<uint32_t> ended;
  while (ended.size() < 2) {
    const std::optional<Frame> frame = connection.Read();
    ASSERT_TRUE(frame.has_value());
    const bool ends = frame->type == Frame::kResetStream ||
                      (frame->type == Frame::kHeaders && (frame->flags & Frame::kEndStream) != 0);
    if (ends) ended.insert(frame->stream);
  }

  EXPECT_EQ(test.service->handled, 0);
  EXPECT_TRUE(IsOpen(connection));
}

}  // namespace
}  // namespace sakip::rpc
