// What callers say of themselves in metadata, and what peers answer: neither is believed to be well
// formed.
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/rpc/authorize.h"
#include "common/rpc/call_id.h"
#include "common/rpc/identity.h"
#include "common/rpc/status_convert.h"
#include "tests/fuzz/target.h"

namespace sakip::fuzz {
namespace {

void TryIdentity(const std::string& value) {
  static const rpc::Authenticator& authenticator = *rpc::MakeDevAuthenticator().release();
  const rpc::Metadata metadata = {{rpc::kDevIdentityKey, value}};
  const auto principal = authenticator.Authenticate({.metadata = metadata});
  if (!principal.ok()) return;
  SAKIP_CHECK(!principal->roles.empty() && !principal->scopes.empty());
  static_cast<void>(rpc::CoversTenant(*principal, "regions/35.09/agencies/dinsos"));
  SAKIP_CHECK(authenticator.Confirm(*principal).ok());
}

void TryCallId(const std::string& value) {
  const rpc::Metadata metadata = {{rpc::kCallIdKey, value}};
  const std::string id = rpc::CallIdOf(metadata);
  SAKIP_CHECK(rpc::IsRequestId(id));
  if (rpc::IsRequestId(value)) SAKIP_CHECK(id == value);
}

void TryStatus(const std::string& details) {
  const grpc::Status sent(grpc::StatusCode::INVALID_ARGUMENT, "refused", details);
  const absl::Status read = rpc::FromGrpcStatus(sent);
  SAKIP_CHECK(read.code() == absl::StatusCode::kInvalidArgument);
  static_cast<void>(rpc::RetryDelay(sent));
  static_cast<void>(rpc::ToGrpcStatus(read, "id"));
}

}  // namespace

void Try(absl::string_view input) {
  if (input.empty()) return;
  const std::string value(input.substr(1));
  switch (input[0] % 3) {
    case 0:
      return TryIdentity(value);
    case 1:
      return TryCallId(value);
    default:
      return TryStatus(value);
  }
}

std::vector<std::string> Seeds() {
  const auto details = [](const absl::Status& status) {
    return rpc::ToGrpcStatus(status, "id").error_details();
  };
  return {"0" + rpc::FormatDevIdentity("dev-planner", {rpc::Role::kPlanner, rpc::Role::kAuditor},
                                       {"regions/35", "regions/35.09/agencies/dinsos"}),
          "0subject=a;roles=operator;scopes=regions/-", "1call-1",
          "2" + details(InvalidField("name", "is empty")),
          "2" + details(MakeError(absl::StatusCode::kResourceExhausted, "OVERLOADED", "busy"))};
}

}  // namespace sakip::fuzz
