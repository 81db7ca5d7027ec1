#include "tests/authz/servers.h"

#include <utility>

#include "absl/strings/str_split.h"
#include "common/base/log.h"
#include "common/rpc/channel.h"

namespace sakip::authz {

std::vector<Server> Connect(absl::Span<char* const> arguments) {
  std::vector<Server> servers;
  for (const absl::string_view argument : arguments) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(argument, '=');
    auto channel = rpc::MakeChannel({.target = parts.second});
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
