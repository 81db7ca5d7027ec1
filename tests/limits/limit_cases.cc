#include "tests/limits/limit_cases.h"

#include <google/protobuf/message.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/message/item_check.h"
#include "tests/calls/every_method.h"

namespace sakip::limits {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

using FieldPath = std::vector<const FieldDescriptor*>;

// A field that no message of ours has: it fills a request and means nothing.
constexpr uint32_t kUnknownField = 15000;
constexpr uint32_t kWireVarint = 0, kWireBytes = 2, kWireGroup = 3, kWireGroupEnd = 4;
// The server takes 8 KiB of metadata; the request line and our own keys take some of it.
constexpr size_t kMetadataBytesMax = 8 * 1024;
constexpr size_t kMetadataOwnBytes = 1024;
constexpr int kDepthMax = 100;
constexpr size_t kRequestIdBytesMax = 64;
// One that streams without an end is accepted where it has not ended by then.
constexpr absl::Duration kEndlessPatience = absl::Milliseconds(100);

std::string Varint(uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<char>(value | 0x80));
  bytes.push_back(static_cast<char>(value));
  return bytes;
}

std::string Tag(uint32_t wire_type) { return Varint(kUnknownField << 3 | wire_type); }

// `message` after a field of `type` that is said again and again: more than `size` bytes, and
// hardly more than `message` once they are understood.
std::string SaidOverAndOver(const Descriptor& type, const std::string& message, size_t size) {
  const auto is_singular = [&](int i) { return !type.field(i)->is_repeated(); };
  int i = 0;
  while (i < type.field_count() && !is_singular(i)) ++i;
  SAKIP_CHECK(i < type.field_count());
  const FieldDescriptor& field = *type.field(i);
  const bool is_length =
      field.message_type() != nullptr || field.cpp_type() == FieldDescriptor::CPPTYPE_STRING;
  const std::string nothing =
      Varint(static_cast<uint64_t>(field.number()) << 3 | (is_length ? kWireBytes : kWireVarint)) +
      Varint(0);
  std::string bytes;
  while (bytes.size() + message.size() <= size) bytes += nothing;
  return bytes + message;
}

// `message` and an unknown field, of exactly `size` bytes together.
std::string FilledTo(const std::string& message, size_t size) {
  const std::string tag = Tag(kWireBytes);
  for (size_t length_bytes = 1; length_bytes <= 4; ++length_bytes) {
    const size_t around = message.size() + tag.size() + length_bytes;
    SAKIP_CHECK(around <= size);
    const std::string length = Varint(size - around);
    if (length.size() == length_bytes) {
      return absl::StrCat(message, tag, length, std::string(size - around, 'x'));
    }
  }
  SAKIP_CHECK(!"a size that no length makes");
  return "";
}

std::string Nested(const std::string& message, int depth) {
  std::string groups;
  for (int i = 0; i < depth; ++i) groups += Tag(kWireGroup);
  for (int i = 0; i < depth; ++i) groups += Tag(kWireGroupEnd);
  return message + groups;
}

// `documents[0].annual_plan.objectives`.
std::string TextOf(const FieldPath& path) {
  std::string text;
  for (const FieldDescriptor* field : path) {
    absl::StrAppend(&text, text.empty() ? "" : ".", field->name());
    if (field != path.back() && field->is_repeated()) absl::StrAppend(&text, "[0]");
  }
  return text;
}

// Makes the repeated field at `path` one of `count` items, and each list on the way one of one.
void SetItems(Message& message, const FieldPath& path, int count) {
  Message* at = &message;
  for (const FieldDescriptor* field : path) {
    const Reflection& reflection = *at->GetReflection();
    if (!field->is_repeated()) {
      at = reflection.MutableMessage(at, field);
      continue;
    }
    reflection.ClearField(at, field);
    if (field != path.back()) {
      at = reflection.AddMessage(at, field);
      continue;
    }
    for (int i = 0; i < count; ++i) {
      if (field->message_type() != nullptr) {
        reflection.AddMessage(at, field);
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        reflection.AddString(at, field, "");
      } else {
        reflection.AddEnumValue(at, field, 0);
      }
    }
  }
}

class Cases {
 public:
  explicit Cases(const rpc::Method& method)
      : method_(method), sample_(calls::SampleRequest(method)) {}

  std::vector<LimitCase> Make() {
    AddSizes();
    AddDeadlines();
    AddRequestIds();
    AddPageSizes();
    if (!method_.client_streaming) AddItems(*method_.request, FieldPath());
    AddDepths();
    AddMetadata();
    return std::move(cases_);
  }

 private:
  calls::RawCall Call(std::string message) const {
    calls::RawCall call;
    call.path = method_.path;
    call.messages.push_back(std::move(message));
    call.responses_max = 1;
    if (IsEndless()) {
      call.timeout = absl::InfiniteDuration();
      call.patience = kEndlessPatience;
    } else {
      // Some wait for what never comes: their deadline is what ends them.
      call.timeout = absl::Seconds(2);
    }
    return call;
  }
  bool IsEndless() const { return method_.deadline_max == absl::ZeroDuration(); }
  std::string Sample() const { return sample_->SerializePartialAsString(); }

  void AddSizes() {
    const Refusal refusal{grpc::StatusCode::RESOURCE_EXHAUSTED, "REQUEST_TOO_LARGE", ""};
    const size_t most = method_.request_bytes_max;
    Add("request bytes", Call(FilledTo(Sample(), most)), refusal, false);
    Add("request bytes + 1", Call(FilledTo(Sample(), most + 1)), refusal, true);
    if (method_.request->field_count() > 0) {
      Add("request bytes that say nothing", Call(SaidOverAndOver(*method_.request, Sample(), most)),
          refusal, true);
    }
    if (!method_.client_streaming) return;
    calls::RawCall later = Call(Sample());
    later.messages.push_back(FilledTo(Sample(), most + 1));
    // What the first message says may be refused before the second is looked at.
    Add("bytes of a later message + 1", later, refusal, false);
  }

  void AddDeadlines() {
    const Refusal missing{grpc::StatusCode::INVALID_ARGUMENT, "DEADLINE_MISSING", ""};
    const Refusal too_far{grpc::StatusCode::INVALID_ARGUMENT, "DEADLINE_TOO_FAR", ""};
    calls::RawCall call = Call(Sample());
    call.timeout = absl::InfiniteDuration();
    call.patience = absl::Seconds(2);
    Add("no deadline", call, missing, !IsEndless());
    if (IsEndless()) return;
    call.timeout = method_.deadline_max;
    Add("deadline", call, too_far, false);
    // gRPC rounds up, and there is slack for that.
    call.timeout = method_.deadline_max * 1.02 + absl::Seconds(3);
    Add("deadline + 2 % + 3 s", call, too_far, true);
  }

  void AddRequestIds() {
    if (method_.request_id_path.empty()) return;
    const Refusal refusal{grpc::StatusCode::INVALID_ARGUMENT, "INVALID_FIELD",
                          method_.request_id_field};
    const auto with = [this](const std::string& request_id) {
      std::unique_ptr<Message> request(sample_->New());
      request->CopyFrom(*sample_);
      Message* at = request.get();
      const auto& path = method_.request_id_path;
      for (size_t i = 0; i + 1 < path.size(); ++i) {
        at = at->GetReflection()->MutableMessage(at, path[i]);
      }
      at->GetReflection()->SetString(at, path.back(), request_id);
      return Call(request->SerializePartialAsString());
    };
    // An import's key is shorter, for those of its items are made of it; that is its own check.
    const bool is_import = method_.request_id_field == "options.import_id";
    if (!is_import) {
      Add("request id", with(std::string(kRequestIdBytesMax, 'x')), refusal, false);
    }
    Add("request id + 1", with(std::string(kRequestIdBytesMax + 1, 'x')), refusal, true);
    Add("no request id", with(""), refusal, true);
    Add("request id with a blank", with("a b"), refusal, true);
  }

  void AddPageSizes() {
    const FieldDescriptor* field = method_.request->FindFieldByName("page_size");
    if (field == nullptr) return;
    const Refusal refusal{grpc::StatusCode::INVALID_ARGUMENT, "INVALID_FIELD", "page_size"};
    for (const int32_t size : {0, 1, 1'000'000'000, -1}) {
      std::unique_ptr<Message> request(sample_->New());
      request->CopyFrom(*sample_);
      request->GetReflection()->SetInt32(request.get(), field, size);
      Add(absl::StrCat("page size ", size), Call(request->SerializePartialAsString()), refusal,
          size < 0);
    }
  }

  // Of each repeated field that is, or is below, a field of `type`, which stands at `path`.
  void AddItems(const Descriptor& type, const FieldPath& path) {
    for (int i = 0; i < type.field_count(); ++i) {
      FieldPath field = path;
      field.push_back(type.field(i));
      if (type.field(i)->is_repeated()) AddItemsOf(field);
      if (type.field(i)->message_type() != nullptr) AddItems(*type.field(i)->message_type(), field);
    }
  }

  void AddItemsOf(const FieldPath& field) {
    const int most = ItemsMax(*field.back());
    const Refusal refusal{grpc::StatusCode::INVALID_ARGUMENT, "INVALID_FIELD", TextOf(field),
                          absl::StrCat("has ", most + 1, " items; at most ", most)};
    for (const int count : {most, most + 1}) {
      std::unique_ptr<Message> request(sample_->New());
      request->CopyFrom(*sample_);
      SetItems(*request, field, count);
      Add(absl::StrCat(count, " items of ", refusal.field),
          Call(request->SerializePartialAsString()), refusal, count > most);
    }
  }

  void AddDepths() {
    const Refusal refusal{grpc::StatusCode::INVALID_ARGUMENT, "REQUEST_MALFORMED", ""};
    Add("depth", Call(Nested(Sample(), kDepthMax - 1)), refusal, false);
    Add("depth + 1", Call(Nested(Sample(), kDepthMax + 1)), refusal, true);
    Add("depth far beyond", Call(Nested("", 500)), refusal, true);
    if (!method_.client_streaming) return;
    calls::RawCall later = Call(Sample());
    later.messages.push_back(Nested("", 500));
    // What the first message says may be refused before the second is looked at.
    Add("depth of a later message", later, refusal, false);
  }

  void AddMetadata() {
    const Refusal refusal{grpc::StatusCode::RESOURCE_EXHAUSTED, "", ""};
    calls::RawCall call = Call(Sample());
    call.metadata = {{"x-filler", std::string(kMetadataBytesMax - kMetadataOwnBytes, 'x')}};
    Add("metadata", call, refusal, false);
    call.metadata = {{"x-filler", std::string(kMetadataBytesMax, 'x')}};
    Add("metadata + 1", call, refusal, true);
  }

  void Add(std::string name, calls::RawCall call, Refusal refusal, bool refused) {
    cases_.push_back({std::move(name), std::move(call), std::move(refusal), refused});
  }

  const rpc::Method& method_;
  const std::unique_ptr<Message> sample_;
  std::vector<LimitCase> cases_;
};

}  // namespace

std::vector<LimitCase> LimitCasesOf(const rpc::Method& method) { return Cases(method).Make(); }

}  // namespace sakip::limits
