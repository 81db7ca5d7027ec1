// Addresses that servers listen on and clients connect to. Values; all functions are pure.
#ifndef SAKIP_COMMON_RPC_ADDRESS_H_
#define SAKIP_COMMON_RPC_ADDRESS_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace sakip::rpc {

// True where only processes of this machine can reach `address`: `127.x.y.z:port`, `[::1]:port`,
// `localhost:port`, `unix:path`. False for everything else, malformed addresses too.
bool IsLoopback(absl::string_view address);

// True for `host:port` and `[IPv6]:port`, with a port from 1 to 65535.
bool IsHostAndPort(absl::string_view address);

// What gRPC calls a peer at the IP address `host`, without a port: `ipv4:203.0.113.9`,
// `ipv6:%5B2001:db8::9%5D`. Nothing where it is no IP address.
std::optional<std::string> PeerAt(const std::string& host);

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_ADDRESS_H_
