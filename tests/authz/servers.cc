#include "tests/authz/servers.h"

#include <utility>

#include "absl/flags/flag.h"
#include "absl/strings/str_split.h"
#include "common/base/log.h"
#include "common/rpc/channel.h"
#include "common/tls/credentials.h"

ABSL_FLAG(std::string, tls_ca, "", "Authorities of the servers; empty: plain text.");
ABSL_FLAG(std::string, tls_certificate, "", "The client's certificate.");
ABSL_FLAG(std::string, tls_key, "", "Its key.");

namespace sakip::authz {
namespace {

// Null for plain text.
std::shared_ptr<grpc::ChannelCredentials> MakeCredentials() {
  if (absl::GetFlag(FLAGS_tls_ca).empty()) return nullptr;
  const auto source = tls::ReadOnce({.certificate = absl::GetFlag(FLAGS_tls_certificate),
                                     .key = absl::GetFlag(FLAGS_tls_key),
                                     .ca = absl::GetFlag(FLAGS_tls_ca)});
  SAKIP_CHECK(source.ok());
  auto credentials = tls::MakeChannelCredentials(*source);
  SAKIP_CHECK(credentials.ok());
  return *std::move(credentials);
}

}  // namespace

std::vector<Server> Connect(absl::Span<char* const> arguments) {
  const std::shared_ptr<grpc::ChannelCredentials> credentials = MakeCredentials();
  std::vector<Server> servers;
  for (const absl::string_view argument : arguments) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(argument, '=');
    auto channel = rpc::MakeChannel({.target = parts.second, .credentials = credentials});
    SAKIP_CHECK(channel.ok());
    servers.push_back({parts.first, std::make_unique<Caller>(*std::move(channel))});
  }
  SAKIP_CHECK(!servers.empty());
  return servers;
}

bool IsServed(Caller& caller, const Rpc& rpc) {
  const Answer answer = caller.Call(rpc.path(), "", {.responses_max = 1});
  return answer.code != absl::StatusCode::kUnimplemented || !answer.reason.empty();
}

}  // namespace sakip::authz
