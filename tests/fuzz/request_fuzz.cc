// Bytes as they come for any RPC: what is a request of it passes the looks of the gate, and says
// the same once it was written and read again. An input is a byte that says which RPC, and the
// bytes.
#include <google/protobuf/message.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <memory>

#include "common/rpc/message_bytes.h"
#include "common/rpc/metrics.h"
#include "tests/calls/every_method.h"
#include "tests/fuzz/gate_look.h"
#include "tests/fuzz/target.h"

namespace sakip::fuzz {
namespace {

using google::protobuf::Message;
using google::protobuf::MessageFactory;

std::unique_ptr<Message> NewRequest(const rpc::Method& method) {
  return std::unique_ptr<Message>(
      MessageFactory::generated_factory()->GetPrototype(method.request)->New());
}

}  // namespace

void Try(absl::string_view input) {
  InputReader reader(input);
  const auto& methods = calls::EveryMethod().methods();
  const rpc::Method& method = methods[reader.TakeNumber(1) % methods.size()];
  const grpc::Slice slice(reader.rest().data(), reader.rest().size());
  const grpc::ByteBuffer bytes(&slice, 1);
  static rpc::InFlightLimit& limit =
      *new rpc::InFlightLimit(1 << 20, rpc::InertMetrics().AddGauge("reading", "", {}));
  rpc::InFlightLimit::Slot reading;
  const std::unique_ptr<Message> request = NewRequest(method);
  if (!rpc::ReadRequest(bytes, limit, reading, *request).ok()) return;
  LookAsTheGate(method, *request);
  const std::unique_ptr<Message> again = NewRequest(method);
  SAKIP_CHECK(rpc::ReadMessage(rpc::ToBytes(*request), *again));
  SAKIP_CHECK(again->SerializeAsString() == request->SerializeAsString());
}

std::vector<std::string> Seeds() {
  std::vector<std::string> seeds;
  for (const rpc::Method& method : calls::EveryMethod().methods()) {
    seeds.push_back(NumberInput(seeds.size(), 1) +
                    calls::SampleRequest(method)->SerializeAsString());
  }
  return seeds;
}

}  // namespace sakip::fuzz
