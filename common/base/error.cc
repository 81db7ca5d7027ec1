#include "common/base/error.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace sakip {
namespace {

constexpr char kPayloadUrl[] = "sakip/error";
constexpr char kRetryUrl[] = "sakip/retry";  // Nanoseconds.

// Bytes that are not UTF-8 come from callers; they are replaced, never refused.
std::string Dump(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

nlohmann::json Payload(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayloadUrl);
  if (!payload.has_value()) return nlohmann::json::object();
  return nlohmann::json::parse(std::string(*payload));
}

std::string Text(absl::string_view text) { return std::string(text); }

}  // namespace

absl::Status MakeError(absl::StatusCode code, absl::string_view reason, absl::string_view message,
                       const std::vector<ErrorFact>& facts) {
  absl::Status status(code, message);
  nlohmann::json payload = {{"reason", Text(reason)}, {"facts", nlohmann::json::array()}};
  for (const ErrorFact& fact : facts) payload["facts"].push_back({fact.key, fact.value});
  status.SetPayload(kPayloadUrl, absl::Cord(Dump(payload)));
  return status;
}

absl::Status WithFact(const absl::Status& status, absl::string_view key, absl::string_view value) {
  nlohmann::json payload = Payload(status);
  payload["facts"].push_back({Text(key), Text(value)});
  absl::Status result = status;
  result.SetPayload(kPayloadUrl, absl::Cord(Dump(payload)));
  return result;
}

absl::Status WithRetryDelay(const absl::Status& status, absl::Duration delay) {
  absl::Status result = status;
  result.SetPayload(kRetryUrl, absl::Cord(absl::StrCat(absl::ToInt64Nanoseconds(delay))));
  return result;
}

std::optional<absl::Duration> RetryDelayOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kRetryUrl);
  int64_t nanoseconds = 0;
  if (!payload.has_value() || !absl::SimpleAtoi(std::string(*payload), &nanoseconds)) {
    return std::nullopt;
  }
  return absl::Nanoseconds(nanoseconds);
}

std::string ErrorReason(const absl::Status& status) {
  return Payload(status).value("reason", std::string());
}

std::vector<ErrorFact> ErrorFacts(const absl::Status& status) {
  std::vector<ErrorFact> facts;
  for (const auto& fact : Payload(status).value("facts", nlohmann::json::array())) {
    facts.push_back({fact.at(0), fact.at(1)});
  }
  return facts;
}

std::vector<FieldViolation> FieldViolations(const absl::Status& status) {
  std::vector<FieldViolation> violations;
  for (const auto& field : Payload(status).value("fields", nlohmann::json::array())) {
    violations.push_back({field.at(0), field.at(1)});
  }
  return violations;
}

void FieldErrors::Add(absl::string_view field, absl::string_view description) {
  if (violations_.size() == kViolationsMax) {
    ++dropped_;
    return;
  }
  violations_.push_back({Text(field), Text(description)});
}

void FieldErrors::AddAll(const FieldErrors& others) {
  for (const FieldViolation& violation : others.violations_) {
    Add(violation.field, violation.description);
  }
  dropped_ += others.dropped_;
}

absl::Status FieldErrors::ToStatus() const {
  if (violations_.empty()) return absl::OkStatus();
  std::string message =
      absl::StrCat(violations_.front().field, ": ", violations_.front().description);
  const size_t others = violations_.size() - 1 + dropped_;
  if (others > 0) {
    absl::StrAppend(&message, " (and ", others, " more wrong ", others == 1 ? "field)" : "fields)");
  }
  absl::Status status(absl::StatusCode::kInvalidArgument, message);
  nlohmann::json payload = {{"reason", "INVALID_FIELD"}, {"fields", nlohmann::json::array()}};
  for (const FieldViolation& violation : violations_) {
    payload["fields"].push_back({violation.field, violation.description});
  }
  status.SetPayload(kPayloadUrl, absl::Cord(Dump(payload)));
  return dropped_ == 0 ? status : WithFact(status, kWrongFields, absl::StrCat(others + 1));
}

absl::Status InvalidField(absl::string_view field, absl::string_view description) {
  FieldErrors errors;
  errors.Add(field, description);
  return errors.ToStatus();
}

}  // namespace sakip
