#include "common/rpc/address.h"

#include <arpa/inet.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace sakip::rpc {
namespace {

struct HostAndPort {
  absl::string_view host;
  int port = 0;
};

std::optional<HostAndPort> Split(absl::string_view address) {
  const size_t colon = address.rfind(':');
  if (colon == absl::string_view::npos) return std::nullopt;
  int port = 0;
  if (!absl::SimpleAtoi(address.substr(colon + 1), &port) || port < 0 || port > 65535) {
    return std::nullopt;
  }
  return HostAndPort{address.substr(0, colon), port};
}

bool IsLoopbackHost(absl::string_view host) {
  if (host == "localhost" || host == "[::1]") return true;
  in_addr parsed{};
  // A name such as `127.evil.example` is no loopback address, so the whole host must parse.
  if (inet_pton(AF_INET, std::string(host).c_str(), &parsed) != 1) return false;
  return (ntohl(parsed.s_addr) >> 24) == 127;
}

}  // namespace

bool IsLoopback(absl::string_view address) {
  if (absl::ConsumePrefix(&address, "unix:")) return !address.empty();
  const std::optional<HostAndPort> parts = Split(address);
  return parts.has_value() && IsLoopbackHost(parts->host);
}

bool IsHostAndPort(absl::string_view address) {
  const std::optional<HostAndPort> parts = Split(address);
  if (!parts.has_value() || parts->port == 0) return false;
  absl::string_view host = parts->host;
  const bool bracketed = absl::ConsumePrefix(&host, "[") && absl::ConsumeSuffix(&host, "]");
  return !host.empty() && std::all_of(host.begin(), host.end(), [bracketed](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-' ||
           (bracketed && c == ':');
  });
}

std::optional<std::string> PeerAt(const std::string& host) {
  char text[INET6_ADDRSTRLEN];
  in6_addr parsed{};  // Holds one of either kind.
  for (const int family : {AF_INET, AF_INET6}) {
    if (inet_pton(family, host.c_str(), &parsed) != 1) continue;
    // Written anew: an address of IPv6 has many forms.
    inet_ntop(family, &parsed, text, sizeof(text));
    return family == AF_INET ? absl::StrCat("ipv4:", text) : absl::StrCat("ipv6:%5B", text, "%5D");
  }
  return std::nullopt;
}

}  // namespace sakip::rpc
