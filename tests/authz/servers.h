// The servers that a driver was told of, as `planning=127.0.0.1:50151`; over TLS where the flags
// --tls_ca, --tls_certificate and --tls_key say so.
#ifndef SAKIP_TESTS_AUTHZ_SERVERS_H_
#define SAKIP_TESTS_AUTHZ_SERVERS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "tests/authz/call.h"
#include "tests/authz/inventory.h"

namespace sakip::authz {

struct Server {
  std::string name;
  std::unique_ptr<Caller> caller;
};

// Ends the process where an argument is none.
std::vector<Server> Connect(absl::Span<char* const> arguments);

// False where gRPC answers itself, because no service of the server has the method.
bool IsServed(Caller& caller, const Rpc& rpc);

}  // namespace sakip::authz

#endif  // SAKIP_TESTS_AUTHZ_SERVERS_H_
