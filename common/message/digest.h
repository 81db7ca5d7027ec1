// SHA-256 digests of bytes and of messages. Pure functions, thread-safe.
#ifndef SAKIP_COMMON_MESSAGE_DIGEST_H_
#define SAKIP_COMMON_MESSAGE_DIGEST_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/strings/string_view.h"

namespace sakip {

// 32 bytes.
std::string Sha256(absl::string_view bytes);

// The same bytes for equal messages within one build of the suite: fields by number, maps by key.
std::string DeterministicBytes(const google::protobuf::Message& message);

// SHA-256 of DeterministicBytes, 32 bytes: tells a repeated request from another one.
std::string Digest(const google::protobuf::Message& message);

// The same in hexadecimal, 64 characters.
std::string HexDigest(const google::protobuf::Message& message);

}  // namespace sakip

#endif  // SAKIP_COMMON_MESSAGE_DIGEST_H_
