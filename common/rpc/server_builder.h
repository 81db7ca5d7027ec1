// Builds the gRPC server of a Server: limits, keepalive, health, reflection.
#ifndef SAKIP_COMMON_RPC_SERVER_BUILDER_H_
#define SAKIP_COMMON_RPC_SERVER_BUILDER_H_

#include <grpcpp/server.h>

#include <memory>
#include <string>
#include <vector>

#include "common/rpc/server.h"

namespace sakip::rpc {

// Starts the server. Sets `port` to the real one and `registered` to the full names of all services
// that it offers. Null where the address cannot be listened on. Call from one thread at a time.
std::unique_ptr<grpc::Server> BuildServer(const ServerOptions& options, int& port,
                                          std::vector<std::string>& registered);

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_SERVER_BUILDER_H_
