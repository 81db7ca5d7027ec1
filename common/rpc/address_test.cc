#include "common/rpc/address.h"

#include <gtest/gtest.h>

namespace sakip::rpc {
namespace {

TEST(IsLoopback, HoldsForAddressesOfThisMachineOnly) {
  for (const char* address : {"127.0.0.1:0", "127.8.9.1:65535", "localhost:50051", "[::1]:1",
                              "unix:/run/sakip/planning"}) {
    EXPECT_TRUE(IsLoopback(address)) << address;
  }
  for (const char* address :
       {"0.0.0.0:50051", "[::]:50051", "10.0.0.1:1", ":50051", "", "127.0.0.1",
        "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.evil.example:1",
        "localhost.evil.example:1", "127.0.0.1:1,0.0.0.0:2", "dns:///127.0.0.1:1", "unix:"}) {
    EXPECT_FALSE(IsLoopback(address)) << address;
  }
}

TEST(IsHostAndPort, TakesNamesAndAddressesWithAPort) {
  for (const char* address :
       {"planning.example.go.id:50151", "10.0.0.1:1", "[2001:db8::1]:65535", "localhost:50051"}) {
    EXPECT_TRUE(IsHostAndPort(address)) << address;
  }
  for (const char* address :
       {"", ":1", "planning", "planning:0", "planning:65536", "dns:///planning:1", "unix:/run/x",
        "10.0.0.1:1,10.0.0.2:1", "2001:db8::1:1", "[]:1", "a b:1"}) {
    EXPECT_FALSE(IsHostAndPort(address)) << address;
  }
}

TEST(PeerAt, NamesAddressesAsGrpcDoes) {
  EXPECT_EQ(PeerAt("203.0.113.9"), "ipv4:203.0.113.9");
  EXPECT_EQ(PeerAt("2001:DB8:0:0::9"), "ipv6:%5B2001:db8::9%5D");
  for (const char* host : {"", "203.0.113", "203.0.113.9:80", "[2001:db8::9]", "example.go.id",
                           "203.0.113.9 ", "10.0.0.1, 10.0.0.2", "fe80::1%eth0"}) {
    EXPECT_FALSE(PeerAt(host).has_value()) << host;
  }
}

}  // namespace
}  // namespace sakip::rpc
