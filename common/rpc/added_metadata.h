// AddMetadata sends metadata with every call of a channel, whoever makes the call.
#ifndef SAKIP_COMMON_RPC_ADDED_METADATA_H_
#define SAKIP_COMMON_RPC_ADDED_METADATA_H_

#include <grpcpp/support/client_interceptor.h>

#include <memory>
#include <string>

namespace sakip::rpc {

using InterceptorFactory = std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>;

// For a channel that sends `key: value` with each call. Thread-safe.
InterceptorFactory AddMetadata(std::string key, std::string value);

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_ADDED_METADATA_H_
