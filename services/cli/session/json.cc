#include "services/cli/session/json.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/json_util.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "absl/strings/escaping.h"
#include "sakip/planning/v1/events.pb.h"
#include "sakip/realization/v1/events.pb.h"

namespace sakip::cli {
namespace {

using ::google::protobuf::Message;
using ::nlohmann::ordered_json;

std::string ToJson(const Message& message, bool pretty) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  options.add_whitespace = pretty;
  std::string json;
  // Fails only for malformed values of well-known types, and for Any, which no resource has.
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  return status.ok() ? json : "{}";
}

// The payload as a message; nullopt where this program does not know the type or it is damaged.
std::optional<ordered_json> DecodePayload(const eventlog::v1::Record& record) {
  // Naming the types keeps the linker from leaving them out of the pool.
  planning::v1::AgencyRegistered::descriptor();
  realization::v1::QuarterSubmitted::descriptor();
  const auto* type =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(record.type());
  if (type == nullptr) return std::nullopt;
  const auto* prototype = google::protobuf::MessageFactory::generated_factory()->GetPrototype(type);
  if (prototype == nullptr) return std::nullopt;
  const std::unique_ptr<Message> payload(prototype->New());
  if (!payload->ParseFromString(record.payload())) return std::nullopt;
  return ordered_json::parse(ToJson(*payload, false));
}

}  // namespace

std::string ToPrettyJson(const Message& message) {
  std::string json = ToJson(message, true);
  if (json.empty() || json.back() != '\n') json += '\n';
  return json;
}

std::string ToJsonLine(const Message& message) { return ToJson(message, false); }

std::string RecordToJson(const eventlog::v1::Record& record, absl::string_view leaf_hash) {
  ordered_json json = ordered_json::parse(ToJson(record, false));
  json["previousAgencyHash"] = absl::BytesToHexString(record.previous_agency_hash());
  json["requestDigest"] = absl::BytesToHexString(record.request_digest());
  if (auto payload = DecodePayload(record); payload.has_value()) {
    json["payload"] = *std::move(payload);
  }
  json["leafHash"] = absl::BytesToHexString(leaf_hash);
  return json.dump();
}

}  // namespace sakip::cli
