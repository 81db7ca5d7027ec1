#include "common/rpc/status_convert.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "sakip/errors/v1/error_reason.pb.h"

namespace sakip::rpc {
namespace {

// Details travel in metadata, of which a client takes 8 KiB; more fields than fit are left out.
constexpr size_t kDetailsBytesMax = 4096;
constexpr size_t kMessageBytesMax = 1024;

// Cuts between characters: half of one would make the details unreadable.
std::string Shortened(absl::string_view text) {
  size_t size = std::min(text.size(), kMessageBytesMax);
  while (size > 0 && size < text.size() && (static_cast<uint8_t>(text[size]) & 0xC0) == 0x80)
    --size;
  return std::string(text.substr(0, size));
}

bool IsReason(const std::string& reason) {
  errors::v1::ErrorReason value;
  return !reason.empty() && reason != "UNSPECIFIED" &&
         errors::v1::ErrorReason_Parse(absl::StrCat("ERROR_REASON_", reason), &value);
}

bool MaySend(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kDeadlineExceeded:
      return true;
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
      return false;
    default:
      return IsReason(ErrorReason(status));
  }
}

// Where fields are left out the fact kWrongFields counts all of them.
void AddErrorInfo(const absl::Status& status, const google::rpc::BadRequest& sent,
                  google::rpc::Status& out) {
  google::rpc::ErrorInfo info;
  info.set_reason(ErrorReason(status));
  if (info.reason().empty()) return;
  info.set_domain(kErrorDomain);
  const size_t fields = FieldViolations(status).size();
  if (static_cast<size_t>(sent.field_violations_size()) < fields) {
    (*info.mutable_metadata())[kWrongFields] = absl::StrCat(fields);
  }
  for (const ErrorFact& fact : ErrorFacts(status)) {
    (*info.mutable_metadata())[fact.key] = fact.value;
  }
  out.add_details()->PackFrom(info);
}

google::rpc::BadRequest ToBadRequest(const absl::Status& status) {
  google::rpc::BadRequest bad_request;
  size_t bytes = 0;
  for (const FieldViolation& violation : FieldViolations(status)) {
    bytes += violation.field.size() + violation.description.size() + 8;
    if (bytes > kDetailsBytesMax) break;
    auto* field = bad_request.add_field_violations();
    field->set_field(violation.field);
    field->set_description(violation.description);
  }
  return bad_request;
}

void AddRetryInfo(const absl::Status& status, google::rpc::Status& out) {
  std::optional<absl::Duration> delay = RetryDelayOf(status);
  if (!delay.has_value() && ErrorReason(status) == "OVERLOADED") delay = kOverloadedRetryDelay;
  if (!delay.has_value()) return;
  google::rpc::RetryInfo retry;
  absl::Duration rest;
  retry.mutable_retry_delay()->set_seconds(absl::IDivDuration(*delay, absl::Seconds(1), &rest));
  retry.mutable_retry_delay()->set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(rest)));
  out.add_details()->PackFrom(retry);
}

google::rpc::Status Details(const grpc::Status& status) {
  google::rpc::Status details;
  // Bytes that are no google.rpc.Status come from a peer that is not ours; they say nothing.
  if (!details.ParseFromString(status.error_details())) details.Clear();
  return details;
}

std::vector<ErrorFact> Facts(const google::rpc::ErrorInfo& info) {
  std::vector<ErrorFact> facts;
  for (const auto& [key, value] : info.metadata()) facts.push_back({key, value});
  std::sort(facts.begin(), facts.end(),
            [](const ErrorFact& a, const ErrorFact& b) { return a.key < b.key; });
  return facts;
}

// Message and facts are the server's: they count the fields that did not fit into the details.
absl::Status WithFields(const std::string& message, const google::rpc::ErrorInfo& info,
                        const google::rpc::BadRequest& bad_request) {
  FieldErrors errors;
  for (const auto& violation : bad_request.field_violations()) {
    errors.Add(violation.field(), violation.description());
  }
  const absl::Status of_fields = errors.ToStatus();
  absl::Status status(of_fields.code(), message);
  of_fields.ForEachPayload([&status](absl::string_view url, const absl::Cord& payload) {
    status.SetPayload(url, payload);
  });
  for (const ErrorFact& fact : Facts(info)) status = WithFact(status, fact.key, fact.value);
  return status;
}

}  // namespace

absl::Status ToSendable(const absl::Status& status, absl::string_view call_id) {
  if (MaySend(status)) return status;
  Log(LogLevel::kError, "internal_error",
      {{"call_id", std::string(call_id)}, {"error", status.ToString()}});
  return MakeError(absl::StatusCode::kInternal, "INTERNAL",
                   absl::StrCat("internal error; call id ", call_id));
}

grpc::Status SendableToGrpcStatus(const absl::Status& sendable) {
  if (sendable.ok()) return grpc::Status::OK;
  const std::string message = Shortened(sendable.message());
  google::rpc::Status details;
  details.set_code(static_cast<int>(sendable.code()));
  details.set_message(message);
  const google::rpc::BadRequest bad_request = ToBadRequest(sendable);
  AddErrorInfo(sendable, bad_request, details);
  if (bad_request.field_violations_size() > 0) details.add_details()->PackFrom(bad_request);
  AddRetryInfo(sendable, details);
  return grpc::Status(static_cast<grpc::StatusCode>(sendable.code()), message,
                      details.SerializeAsString());
}

grpc::Status ToGrpcStatus(const absl::Status& status, absl::string_view call_id) {
  return SendableToGrpcStatus(ToSendable(status, call_id));
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad_request;
  const google::rpc::Status details = Details(status);
  for (const auto& detail : details.details()) {
    if (detail.Is<google::rpc::ErrorInfo>()) detail.UnpackTo(&info);
    if (detail.Is<google::rpc::BadRequest>()) detail.UnpackTo(&bad_request);
  }
  if (info.domain() != kErrorDomain) return absl::Status(code, status.error_message());
  if (bad_request.field_violations_size() > 0)
    return WithFields(status.error_message(), info, bad_request);
  const absl::Status error = MakeError(code, info.reason(), status.error_message(), Facts(info));
  const std::optional<absl::Duration> delay = RetryDelay(status);
  return delay.has_value() ? WithRetryDelay(error, *delay) : error;
}

std::optional<absl::Duration> RetryDelay(const grpc::Status& status) {
  const google::rpc::Status details = Details(status);
  for (const auto& detail : details.details()) {
    google::rpc::RetryInfo retry;
    if (!detail.Is<google::rpc::RetryInfo>() || !detail.UnpackTo(&retry)) continue;
    return absl::Seconds(retry.retry_delay().seconds()) +
           absl::Nanoseconds(retry.retry_delay().nanos());
  }
  return std::nullopt;
}

}  // namespace sakip::rpc
