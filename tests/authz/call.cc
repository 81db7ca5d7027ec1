#include "tests/authz/call.h"

#include <grpcpp/client_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/client_callback.h>
#include <grpcpp/support/slice.h>

#include <latch>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/rpc/status_convert.h"

namespace sakip::authz {
namespace {

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string ToBytes(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

// Every method is called as if it streamed both ways, which is the same on the wire.
class Exchange final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  Exchange(grpc::GenericStub& stub, const std::string& path, const std::string& request,
           const CallOptions& options)
      : options_(options), request_(ToBuffer(request)) {
    for (const auto& [key, value] : options.headers) context_.AddMetadata(key, value);
    context_.set_deadline(absl::ToChronoTime(absl::Now() + options.deadline));
    stub.PrepareBidiStreamingCall(&context_, path, {}, this);
    StartWriteLast(&request_, {});
    StartRead(&response_);
    StartCall();
  }

  Answer Wait() {
    done_.wait();
    return std::move(answer_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return;
    answer_.responses.push_back(ToBytes(response_));
    if (answer_.responses.size() < options_.responses_max) return StartRead(&response_);
    enough_ = true;
    context_.TryCancel();
  }

  void OnDone(const grpc::Status& status) override {
    answer_.code = static_cast<absl::StatusCode>(status.error_code());
    if (enough_ && answer_.code == absl::StatusCode::kCancelled) {
      answer_.code = absl::StatusCode::kOk;
    }
    answer_.reason = ErrorReason(rpc::FromGrpcStatus(status));
    answer_.message = status.error_message();
    answer_.details = status.error_details();
    for (const auto& [key, value] : context_.GetServerTrailingMetadata()) {
      answer_.trailers.emplace_back(std::string(key.data(), key.size()),
                                    std::string(value.data(), value.size()));
    }
    done_.count_down();
  }

 private:
  const CallOptions& options_;
  const grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  grpc::ClientContext context_;
  bool enough_ = false;
  Answer answer_;
  std::latch done_{1};
};

}  // namespace

std::string Answer::Everything() const {
  std::string all = absl::StrCat(message, "\n", details);
  for (const std::string& response : responses) absl::StrAppend(&all, "\n", response);
  for (const auto& [key, value] : trailers) absl::StrAppend(&all, "\n", key, ": ", value);
  return all;
}

Answer Caller::Call(const std::string& path, const std::string& request,
                    const CallOptions& options) {
  Exchange exchange(*stub_, path, request, options);
  return exchange.Wait();
}

}  // namespace sakip::authz
