#include "tests/authz/call.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/rpc/status_convert.h"

namespace sakip::authz {

std::string Answer::Everything() const {
  std::string all = absl::StrCat(message, "\n", details);
  for (const std::string& response : responses) absl::StrAppend(&all, "\n", response);
  for (const auto& [key, value] : trailers) absl::StrAppend(&all, "\n", key, ": ", value);
  return all;
}

Answer Caller::Call(const std::string& path, const std::string& request,
                    const CallOptions& options) {
  calls::RawAnswer raw = caller_.Make({.path = path,
                                       .messages = {request},
                                       .timeout = options.deadline,
                                       .metadata = options.headers,
                                       .responses_max = options.responses_max});
  Answer answer;
  answer.code = static_cast<absl::StatusCode>(raw.status.error_code());
  const bool enough = static_cast<int>(raw.responses.size()) >= options.responses_max;
  if (enough && answer.code == absl::StatusCode::kCancelled) answer.code = absl::StatusCode::kOk;
  answer.reason = ErrorReason(rpc::FromGrpcStatus(raw.status));
  answer.message = raw.status.error_message();
  answer.details = raw.status.error_details();
  answer.responses = std::move(raw.responses);
  answer.trailers = std::move(raw.trailers);
  return answer;
}

}  // namespace sakip::authz
