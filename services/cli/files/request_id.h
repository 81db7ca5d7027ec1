// RequestId: the idempotency key of a request that was made from a file.
#ifndef SAKIP_SERVICES_CLI_FILES_REQUEST_ID_H_
#define SAKIP_SERVICES_CLI_FILES_REQUEST_ID_H_

#include <google/protobuf/message.h>

#include <string>

namespace sakip::cli {

// Returns `sha256-` and the first 40 hexadecimal digits of the SHA-256 of `request`, serialized
// deterministically. So the same file sent twice is the same request, however often the network
// fails in between. Requires a request whose `request_id` is not set yet. Pure.
std::string ContentRequestId(const google::protobuf::Message& request);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_FILES_REQUEST_ID_H_
