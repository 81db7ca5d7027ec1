#include "services/cli/session/health.h"

#include <google/protobuf/unknown_field_set.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include <vector>

namespace sakip::cli {
namespace {

constexpr char kMethod[] = "/grpc.health.v1.Health/Check";
constexpr int kStatusField = 1;
constexpr uint64_t kServing = 1;

grpc::Status Check(const Session& session, Peer peer, grpc::ByteBuffer& answer) {
  grpc::ClientContext context;
  session.Prepare(context);
  grpc::GenericStub stub(session.channel(peer));
  grpc::CompletionQueue queue;
  const grpc::ByteBuffer empty_request(nullptr, 0);
  const auto call = stub.PrepareUnaryCall(&context, kMethod, empty_request, &queue);
  call->StartCall();
  grpc::Status status;
  call->Finish(&answer, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);  // The deadline of the call bounds this.
  return status;
}

Health Decode(const grpc::ByteBuffer& answer) {
  std::vector<grpc::Slice> slices;
  if (!answer.Dump(&slices).ok()) return Health::kUnknown;
  std::string bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  google::protobuf::UnknownFieldSet fields;
  if (!fields.ParseFromString(bytes)) return Health::kUnknown;
  for (int i = 0; i < fields.field_count(); ++i) {
    const auto& field = fields.field(i);
    const bool status = field.number() == kStatusField &&
                        field.type() == google::protobuf::UnknownField::TYPE_VARINT;
    if (status && field.varint() == kServing) return Health::kServing;
  }
  return Health::kNotServing;
}

}  // namespace

Health AskHealth(const Session& session, Peer peer) {
  grpc::ByteBuffer answer;
  const grpc::Status status = Check(session, peer, answer);
  if (status.ok()) return Decode(answer);
  if (status.error_code() == grpc::StatusCode::UNIMPLEMENTED) return Health::kNotOffered;
  return Health::kUnknown;
}

}  // namespace sakip::cli
