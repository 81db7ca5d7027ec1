// A stream of requests ends when its caller is disowned: at its next message, at its end, and also
// where nothing comes. Streams of responses: common/auth/revocation_test.cc.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <utility>

#include "common/rpc/test_disowner.h"
#include "common/rpc/test_server.h"
#include "common/testing/status_matchers.h"

namespace sakip::rpc {
namespace {

using absl::StatusCode;
using rpctest::v1::SumRequest;
using rpctest::v1::SumResponse;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using Stream = TestServiceImpl::SumStream;

// Says when the first message came, and reads on.
class Taker final : public StreamHandler<SumRequest> {
 public:
  Taker(Stream& stream, std::promise<void>& begun, std::atomic<int>& taken)
      : stream_(stream), begun_(begun), taken_(taken) {}

  void OnMessage(SumRequest) override {
    if (++taken_ == 1) begun_.set_value();
    stream_.ReadNext();
  }
  void OnEnd() override { stream_.Finish(SumResponse()); }
  void OnBroken(const absl::Status&) override {}

 private:
  Stream& stream_;
  std::promise<void>& begun_;
  std::atomic<int>& taken_;
};

class ConfirmTest : public ::testing::Test {
 protected:
  // A stream that has begun; `confirm_every` is how often it asks while it waits.
  void Begin(absl::Duration confirm_every) {
    test_ = std::make_unique<TestServer>(
        GateOptions{.authenticator = std::make_unique<Disowner>(trust_, confirm_every)});
    test_->service->on_sum = [this](Stream& stream) {
      return std::make_unique<Taker>(stream, begun_, taken_);
    };
    Prepare(TestServer::WithDeadline(), context_);
    writer_ = test_->stub->Sum(&context_, &response_);
    SumRequest first;
    first.mutable_options()->set_name(kAgency);
    first.mutable_options()->set_sum_id("sum-1");
    ASSERT_TRUE(writer_->Write(first));
    ASSERT_EQ(begun_.get_future().wait_for(kPatience), std::future_status::ready);
  }

  absl::Status Finish() { return FromGrpcStatus(writer_->Finish()); }

  Trust trust_;
  std::atomic<int> taken_{0};
  std::promise<void> begun_;
  std::unique_ptr<TestServer> test_;
  grpc::ClientContext context_;
  SumResponse response_;
  std::unique_ptr<grpc::ClientWriter<SumRequest>> writer_;
};

TEST_F(ConfirmTest, EndsAStreamThatWaits) {
  Begin(absl::Milliseconds(5));

  trust_.disowned = true;

  EXPECT_THAT(Finish(), StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
}

TEST_F(ConfirmTest, TakesNoFurtherMessage) {
  Begin(absl::Hours(1));

  trust_.disowned = true;
  writer_->Write(SumRequest());

  EXPECT_THAT(Finish(), StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
  EXPECT_EQ(taken_, 1);
}

TEST_F(ConfirmTest, DoesNotLetAStreamEndWell) {
  Begin(absl::Hours(1));

  trust_.disowned = true;
  writer_->WritesDone();

  EXPECT_THAT(Finish(), StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
}

TEST_F(ConfirmTest, AskedOftenLetsTheOthersGoOn) {
  Begin(absl::Milliseconds(1));

  for (int i = 0; i < 200; ++i) ASSERT_TRUE(writer_->Write(SumRequest()));
  writer_->WritesDone();

  EXPECT_THAT(Finish(), IsOk());
  EXPECT_EQ(taken_, 201);
}

}  // namespace
}  // namespace sakip::rpc
