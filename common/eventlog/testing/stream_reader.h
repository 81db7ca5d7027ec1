// StreamReader reads a stream of a log as a client does: for tests of the services that serve one.
#ifndef SAKIP_COMMON_EVENTLOG_TESTING_STREAM_READER_H_
#define SAKIP_COMMON_EVENTLOG_TESTING_STREAM_READER_H_

#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/rpc/channel.h"
#include "common/rpc/status_convert.h"

namespace sakip::eventlog {

// No healthy machine needs as long.
inline constexpr absl::Duration kStreamPatience = absl::Seconds(60);

// Ends by itself after kStreamPatience. Not thread-safe. `Response` has `next_position`.
template <typename Response>
class StreamReader {
 public:
  using Open =
      std::function<std::unique_ptr<grpc::ClientReader<Response>>(grpc::ClientContext* context)>;
  using PositionsOf = std::function<std::vector<uint64_t>(const Response& message)>;

  StreamReader(const std::string& dev_identity, const Open& open, PositionsOf positions)
      : positions_(std::move(positions)) {
    rpc::Prepare({.deadline = rpc::CallDeadline(kStreamPatience), .dev_identity = dev_identity},
                 context_);
    reader_ = open(&context_);
  }
  ~StreamReader() {
    context_.TryCancel();
    if (!ended_) End().IgnoreError();
  }

  // The next message; nothing where the stream has ended.
  bool Next() { return reader_->Read(&message); }

  // What the message holds.
  std::vector<uint64_t> Positions() const { return positions_(message); }

  // Reads until `end` is reached; the positions of all on the way.
  std::vector<uint64_t> ReadTo(uint64_t end) {
    std::vector<uint64_t> positions;
    do {
      if (!Next()) {
        ADD_FAILURE() << "ended: " << End();
        break;
      }
      for (const uint64_t position : Positions()) positions.push_back(position);
    } while (message.next_position() < end);
    return positions;
  }

  // Reads to the end of the stream.
  absl::Status End() {
    while (Next()) {
    }
    ended_ = true;
    return rpc::FromGrpcStatus(reader_->Finish());
  }

  void Cancel() { context_.TryCancel(); }

  Response message;

 private:
  const PositionsOf positions_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<Response>> reader_;
  bool ended_ = false;
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_TESTING_STREAM_READER_H_
