// FeedReader reads a stream of scorecards as a client does.
#ifndef SAKIP_SERVICES_SCORING_RPC_TESTING_FEED_READER_H_
#define SAKIP_SERVICES_SCORING_RPC_TESTING_FEED_READER_H_

#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/message/digest.h"
#include "common/rpc/channel.h"
#include "common/rpc/status_convert.h"
#include "services/scoring/rpc/testing/scoring_server.h"

namespace sakip::scoring {

// The bytes of scorecards, by name.
using Cards = std::map<std::string, std::string>;

template <typename Message>
void AddTo(Cards& cards, const Message& message) {
  for (const v1::Scorecard& card : message.scorecards()) {
    cards[card.name()] = DeterministicBytes(card);
  }
}

// All that lists tell.
inline Cards ListAll(ScoringServer& scoring, v1::ListScorecardsRequest request) {
  Cards cards;
  do {
    const auto page = scoring.List(request);
    EXPECT_TRUE(page.ok()) << page.status();
    if (!page.ok()) break;
    AddTo(cards, *page);
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return cards;
}

// Ends by itself after a minute. Not thread-safe.
template <typename Request, typename Response>
class FeedReader {
 public:
  using Method = std::unique_ptr<grpc::ClientReader<Response>> (v1::ScorecardFeedService::Stub::*)(
      grpc::ClientContext* context, const Request& request);

  FeedReader(ScoringServer& scoring, Method method, const Request& request,
             absl::Duration timeout = absl::Seconds(60)) {
    rpc::Prepare({.deadline = rpc::CallDeadline(timeout), .dev_identity = ""}, context_);
    reader_ = (scoring.feed().*method)(&context_, request);
  }
  ~FeedReader() {
    context_.TryCancel();
    if (!ended_) End().IgnoreError();
  }

  // The next message; false at the end of the stream.
  bool Next() { return reader_->Read(&message); }

  // Reads to the end of the stream.
  absl::Status End() {
    while (Next()) {
    }
    ended_ = true;
    return rpc::FromGrpcStatus(reader_->Finish());
  }

  Response message;

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<Response>> reader_;
  bool ended_ = false;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_TESTING_FEED_READER_H_
