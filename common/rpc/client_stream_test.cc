#include "common/rpc/client_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <string>
#include <vector>

#include "common/base/error.h"
#include "common/rpc/test_malformed.h"
#include "common/rpc/test_server.h"
#include "common/testing/status_matchers.h"

namespace sakip::rpc {
namespace {

using absl::StatusCode;
using rpctest::v1::SumRequest;
using rpctest::v1::SumResponse;
using sakip::testing::HasField;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::HasSubstr;
using Stream = TestServiceImpl::SumStream;

// Adds up what comes and reads on; after `pause_after` messages only when the test says so.
class Adder final : public StreamHandler<SumRequest> {
 public:
  Adder(Stream& stream, int pause_after, std::promise<Adder*>* paused)
      : stream_(stream), pause_after_(pause_after), paused_(paused) {}

  void OnMessage(SumRequest message) override {
    sum_ += message.number();
    if (++messages_ == pause_after_) {
      hold_ = stream_.KeepAlive();
      return paused_->set_value(this);
    }
    stream_.ReadNext();
  }
  void OnEnd() override {
    SumResponse response;
    response.set_sum(sum_);
    stream_.Finish(response);
  }
  void OnBroken(const absl::Status&) override { hold_.reset(); }

  void Resume() {
    const Stream::Hold hold = std::move(hold_);
    stream_.ReadNext();
  }
  int messages() const { return messages_; }

 private:
  Stream& stream_;
  const int pause_after_;
  std::promise<Adder*>* const paused_;
  Stream::Hold hold_;
  uint32_t sum_ = 0;
  std::atomic<int> messages_{0};
};

// Counts what is refused.
class Refusals final : public AuditTrail {
 public:
  absl::StatusOr<std::unique_ptr<Record>> Admit(const Call&, const Method&) override {
    return nullptr;
  }
  void Refuse(const Call&, const Method&, const Observation&) override { ++count; }

  std::atomic<int> count{0};
};

class ClientStreamTest : public ::testing::Test {
 protected:
  ClientStreamTest() {
    test_.service->on_sum = [this](Stream& stream) {
      return std::make_unique<Adder>(stream, pause_after_, &paused_);
    };
  }

  static SumRequest First(const std::string& name = kAgency, const std::string& id = "sum-1") {
    SumRequest request;
    request.mutable_options()->set_name(name);
    request.mutable_options()->set_sum_id(id);
    return request;
  }
  static SumRequest Number(uint32_t number) {
    SumRequest request;
    request.set_number(number);
    return request;
  }

  // Sends all and returns how the call ended.
  absl::Status Send(const std::vector<SumRequest>& requests,
                    const OutgoingCall& call = TestServer::WithDeadline()) {
    grpc::ClientContext context;
    Prepare(call, context);
    auto writer = test_.stub->Sum(&context, &response_);
    for (const SumRequest& request : requests) {
      if (!writer->Write(request)) break;
    }
    writer->WritesDone();
    return FromGrpcStatus(writer->Finish());
  }

  Adder* AwaitPause() {
    auto future = paused_.get_future();
    return future.wait_for(kPatience) == std::future_status::ready ? future.get() : nullptr;
  }

  int pause_after_ = -1;
  std::promise<Adder*> paused_;
  PrometheusMetrics metrics_;
  Refusals refusals_;
  TestServer test_{{.streams_in_flight_max = 1, .audit = &refusals_, .metrics = &metrics_}};
  SumResponse response_;
};

TEST_F(ClientStreamTest, ReadsAllMessagesAndAnswersOnce) {
  EXPECT_THAT(Send({First(), Number(2), Number(40)}), IsOk());

  EXPECT_EQ(response_.sum(), 42u);
  EXPECT_THAT(metrics_.Text(),
              HasSubstr("code=\"OK\",method=\"/sakip.rpctest.v1.TestService/Sum\"} 1"));
}

TEST_F(ClientStreamTest, IsAuthorizedByItsFirstMessage) {
  OutgoingCall call = TestServer::WithDeadline();
  call.dev_identity = "subject=p;roles=planner;scopes=regions/35.10";

  EXPECT_THAT(Send({First()}, call), StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
  EXPECT_THAT(Send({First("nonsense")}), HasField("options.name"));
  EXPECT_THAT(Send({First(kAgency, "no spaces")}), HasField("options.sum_id"));
  EXPECT_THAT(Send({First()}, OutgoingCall()),
              StatusIs(StatusCode::kInvalidArgument, "DEADLINE_MISSING"));

  EXPECT_EQ(test_.service->handled, 0);
}

TEST_F(ClientStreamTest, WithoutAMessageIsMalformed) {
  EXPECT_THAT(Send({}), StatusIs(StatusCode::kInvalidArgument, "REQUEST_MALFORMED"));
  EXPECT_EQ(test_.service->handled, 0);
}

// Found by limit_driver: what was read of such a message passed the gate, and the handler was told
// of the end of a stream that it had seen nothing of.
TEST_F(ClientStreamTest, AMessageThatDoesNotParseIsNoEnd) {
  const auto is_malformed = StatusIs(StatusCode::kInvalidArgument, "REQUEST_MALFORMED");
  EXPECT_THAT(Send({Malformed(First())}), is_malformed);
  EXPECT_EQ(test_.service->handled, 0);
  // What came before is not taken for all that there is.
  EXPECT_THAT(Send({First(), Number(2), Malformed(Number(40))}), is_malformed);
  EXPECT_EQ(response_.sum(), 0u);
}

TEST_F(ClientStreamTest, TellsNobodyUnknownThatAMessageDoesNotParse) {
  OutgoingCall unknown = TestServer::WithDeadline();
  unknown.dev_identity = "subject=x;roles=emperor;scopes=regions/35";

  EXPECT_THAT(Send({Malformed(First())}, unknown),
              StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
  EXPECT_THAT(Send({Malformed(First())}, OutgoingCall()),
              StatusIs(StatusCode::kInvalidArgument, "DEADLINE_MISSING"));
}

TEST_F(ClientStreamTest, RecordsThatAFirstMessageDidNotParse) {
  EXPECT_THAT(Send({Malformed(First())}), StatusIs(StatusCode::kInvalidArgument));

  EXPECT_THAT(
      metrics_.Text(),
      HasSubstr("code=\"INVALID_ARGUMENT\",method=\"/sakip.rpctest.v1.TestService/Sum\"} 1"));
  EXPECT_EQ(refusals_.count, 1);
}

TEST_F(ClientStreamTest, EveryMessageHasTheLargestSize) {
  SumRequest large = Number(1);
  large.set_padding(std::string(2000, 'x'));

  EXPECT_THAT(Send({First(), Number(1), large}),
              StatusIs(StatusCode::kResourceExhausted, "REQUEST_TOO_LARGE"));
  EXPECT_THAT(Send({large}), StatusIs(StatusCode::kResourceExhausted, "REQUEST_TOO_LARGE"));
}

TEST_F(ClientStreamTest, ReadsNothingUntilItsHandlerAsks) {
  pause_after_ = 2;
  grpc::ClientContext context;
  Prepare(TestServer::WithDeadline(), context);
  auto writer = test_.stub->Sum(&context, &response_);
  for (const SumRequest& request : {First(), Number(1), Number(2)}) writer->Write(request);

  Adder* adder = AwaitPause();
  ASSERT_NE(adder, nullptr);
  writer->WritesDone();
  EXPECT_EQ(adder->messages(), 2);
  adder->Resume();

  EXPECT_THAT(FromGrpcStatus(writer->Finish()), IsOk());
  EXPECT_EQ(response_.sum(), 3u);
}

TEST_F(ClientStreamTest, TakesAPlaceOfStreamsUntilItEnds) {
  pause_after_ = 1;
  grpc::ClientContext context;
  Prepare(TestServer::WithDeadline(), context);
  auto writer = test_.stub->Sum(&context, &response_);
  writer->Write(First());
  Adder* adder = AwaitPause();
  ASSERT_NE(adder, nullptr);

  EXPECT_THAT(test_.Get(kAgency), IsOk());
  EXPECT_THAT(Send({First()}), StatusIs(StatusCode::kResourceExhausted, "OVERLOADED"));

  context.TryCancel();
  EXPECT_THAT(FromGrpcStatus(writer->Finish()), StatusIs(StatusCode::kCancelled));
}

TEST_F(ClientStreamTest, EndsWhenTheServerDrains) {
  pause_after_ = 1;
  grpc::ClientContext context;
  Prepare(TestServer::WithDeadline(), context);
  auto writer = test_.stub->Sum(&context, &response_);
  writer->Write(First());
  ASSERT_NE(AwaitPause(), nullptr);
  grpc::ClientContext silent;  // Was never told what it is about.
  Prepare(TestServer::WithDeadline(), silent);
  auto waiting = test_.stub->Sum(&silent, &response_);
  test_.service->sums_begun.wait(1);

  test_.server->Drain();

  EXPECT_THAT(FromGrpcStatus(writer->Finish()),
              StatusIs(StatusCode::kUnavailable, "SHUTTING_DOWN"));
  EXPECT_THAT(FromGrpcStatus(waiting->Finish()),
              StatusIs(StatusCode::kUnavailable, "SHUTTING_DOWN"));
}

// Finishes while it takes a message, and only then keeps the stream for another thread, as where a
// client goes while its message is looked at.
class Latecomer final : public StreamHandler<SumRequest> {
 public:
  Latecomer(Stream& stream, std::promise<Stream::Hold>& kept) : stream_(stream), kept_(kept) {}

  void OnMessage(SumRequest) override {
    stream_.Finish(MakeError(StatusCode::kUnavailable, "LOG_STOPPED", "for a test"));
    kept_.set_value(stream_.KeepAlive());
  }
  void OnEnd() override {}
  void OnBroken(const absl::Status&) override {}

 private:
  Stream& stream_;
  std::promise<Stream::Hold>& kept_;
};

TEST_F(ClientStreamTest, IsKeptAlsoAfterItWasFinished) {
  std::promise<Stream::Hold> kept;
  test_.service->on_sum = [&kept](Stream& stream) {
    return std::make_unique<Latecomer>(stream, kept);
  };
  auto ended = std::async(std::launch::async, [this] { return Send({First()}); });
  auto hold_taken = kept.get_future();
  ASSERT_EQ(hold_taken.wait_for(kPatience), std::future_status::ready);
  Stream::Hold hold = hold_taken.get();

  // The stream is there: without it this would be a write to memory that is gone.
  static_cast<Stream*>(hold.get())->ReadNext();
  EXPECT_TRUE(static_cast<Stream*>(hold.get())->finished());
  hold.reset();

  EXPECT_THAT(ended.get(), StatusIs(StatusCode::kUnavailable, "LOG_STOPPED"));
}

}  // namespace
}  // namespace sakip::rpc
