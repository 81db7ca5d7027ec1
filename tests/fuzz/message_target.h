// A target of messages defines these two instead of Try and Seeds, and links fuzz_messages: an
// input is a byte that says which kind of message it is, and the message. Mutation changes fields,
// so that nearly every input is a message that says something else, not bytes that do not parse.
#ifndef SAKIP_TESTS_FUZZ_MESSAGE_TARGET_H_
#define SAKIP_TESTS_FUZZ_MESSAGE_TARGET_H_

#include <google/protobuf/message.h>

#include <memory>
#include <vector>

namespace sakip::fuzz {

using Messages = std::vector<std::unique_ptr<google::protobuf::Message>>;

// Runs one message, of the type of one of the seeds.
void TryMessage(const google::protobuf::Message& message);

// Messages that are right, at least one of each type, of at most 256 types. The order of their
// first appearance numbers the types, so new ones come last.
Messages SeedMessages();

}  // namespace sakip::fuzz

#endif  // SAKIP_TESTS_FUZZ_MESSAGE_TARGET_H_
