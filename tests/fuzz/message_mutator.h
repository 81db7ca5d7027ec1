// Changes a message in one place, whatever its type.
#ifndef SAKIP_TESTS_FUZZ_MESSAGE_MUTATOR_H_
#define SAKIP_TESTS_FUZZ_MESSAGE_MUTATOR_H_

#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "tests/fuzz/target.h"

namespace sakip::fuzz {

// Adds every text of the message, at any depth.
void AddTexts(const google::protobuf::Message& message, std::vector<std::string>& texts);

// Sets, clears, adds, repeats or changes one field at any depth. `texts` are what a text may
// become.
void MutateMessage(google::protobuf::Message& message, const std::vector<std::string>& texts,
                   Random& random);

}  // namespace sakip::fuzz

#endif  // SAKIP_TESTS_FUZZ_MESSAGE_MUTATOR_H_
