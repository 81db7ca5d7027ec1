// Malformed makes requests that do not parse, for tests of what is made of them.
#ifndef SAKIP_COMMON_RPC_TEST_MALFORMED_H_
#define SAKIP_COMMON_RPC_TEST_MALFORMED_H_

#include <google/protobuf/unknown_field_set.h>

namespace sakip::rpc {

// A message that is right but for what follows it: groups nested deeper than any parser goes.
template <typename Message>
Message Malformed(Message message) {
  auto* fields = message.GetReflection()->MutableUnknownFields(&message);
  for (int depth = 0; depth < 101; ++depth) fields = fields->AddGroup(15000);
  return message;
}

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_TEST_MALFORMED_H_
