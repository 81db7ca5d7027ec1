#include "tests/calls/raw_caller.h"

#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include "absl/time/clock.h"
#include "common/base/log.h"

namespace sakip::calls {
namespace {

// One call on a queue of its own, one operation at a time.
class Exchange {
 public:
  Exchange(grpc::GenericStub& stub, const RawCall& call)
      : call_(call), give_up_(absl::Now() + call.patience) {
    if (call.timeout != absl::InfiniteDuration()) {
      context_.set_deadline(absl::ToChronoTime(absl::Now() + call.timeout));
    }
    for (const auto& [key, value] : call.metadata) context_.AddMetadata(key, value);
    stream_ = stub.PrepareCall(&context_, call.path, &queue_);
  }

  ~Exchange() {
    queue_.Shutdown();
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok)) {
    }
  }
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  RawAnswer Run() {
    RawAnswer answer;
    stream_->StartCall(this);
    bool going = Wait();
    for (size_t i = 0; going && i < call_.messages.size(); ++i) going = Write(i);
    grpc::ByteBuffer received;
    while (Read(received)) {
      answer.responses.push_back(ToString(received));
      if (static_cast<int>(answer.responses.size()) >= call_.responses_max) context_.TryCancel();
    }
    stream_->Finish(&answer.status, this);
    Wait();
    for (const auto& [key, value] : context_.GetServerTrailingMetadata()) {
      answer.trailers.emplace_back(std::string(key.data(), key.size()),
                                   std::string(value.data(), value.size()));
    }
    return answer;
  }

 private:
  bool Write(size_t i) {
    const grpc::Slice slice(call_.messages[i]);
    const grpc::ByteBuffer buffer(&slice, 1);
    if (i + 1 < call_.messages.size()) {
      stream_->Write(buffer, this);
    } else {
      stream_->WriteLast(buffer, grpc::WriteOptions(), this);
    }
    return Wait();
  }

  bool Read(grpc::ByteBuffer& received) {
    stream_->Read(&received, this);
    return Wait();
  }

  static std::string ToString(const grpc::ByteBuffer& buffer) {
    std::vector<grpc::Slice> slices;
    SAKIP_CHECK(buffer.Dump(&slices).ok());
    std::string text;
    for (const grpc::Slice& slice : slices) {
      text.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
    return text;
  }

  // True where the operation went well. A call that takes too long is cancelled, which ends it.
  bool Wait() {
    void* tag = nullptr;
    bool ok = false;
    if (queue_.AsyncNext(&tag, &ok, absl::ToChronoTime(give_up_)) ==
        grpc::CompletionQueue::TIMEOUT) {
      context_.TryCancel();
      SAKIP_CHECK(queue_.Next(&tag, &ok));
    }
    return ok;
  }

  const RawCall& call_;
  const absl::Time give_up_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
};

}  // namespace

RawAnswer RawCaller::Make(const RawCall& call) { return Exchange(stub_, call).Run(); }

}  // namespace sakip::calls
