#include "tests/fuzz/message_target.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>

#include "tests/fuzz/message_mutator.h"
#include "tests/fuzz/target.h"

namespace sakip::fuzz {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

struct Known {
  Messages seeds;
  std::vector<const Message*> kinds;  // The first seed of each type.
  std::vector<std::string> texts;     // Of the seeds: what fields refer to each other by.
};

const Known& TheKnown() {
  static const Known& known = *[] {
    auto* made = new Known;
    made->seeds = SeedMessages();
    for (const auto& seed : made->seeds) {
      const bool is_new = std::none_of(
          made->kinds.begin(), made->kinds.end(),
          [&](const Message* kind) { return kind->GetDescriptor() == seed->GetDescriptor(); });
      if (is_new) made->kinds.push_back(seed.get());
      AddTexts(*seed, made->texts);
    }
    return made;
  }();
  return known;
}

std::string ToInput(const Message& message) {
  const std::vector<const Message*>& kinds = TheKnown().kinds;
  size_t kind = 0;
  while (kinds[kind]->GetDescriptor() != message.GetDescriptor()) ++kind;
  return std::string(1, static_cast<char>(kind)) + message.SerializePartialAsString();
}

// Null where the input is no message of its kind.
std::unique_ptr<Message> FromInput(absl::string_view input) {
  if (input.empty()) return nullptr;
  const std::vector<const Message*>& kinds = TheKnown().kinds;
  std::unique_ptr<Message> message(kinds[static_cast<uint8_t>(input[0]) % kinds.size()]->New());
  input.remove_prefix(1);
  if (!message->ParseFromArray(input.data(), static_cast<int>(input.size()))) return nullptr;
  return message;
}

}  // namespace

void Try(absl::string_view input) {
  const std::unique_ptr<Message> message = FromInput(input);
  if (message != nullptr) TryMessage(*message);
}

std::vector<std::string> Seeds() {
  std::vector<std::string> inputs;
  for (const auto& seed : TheKnown().seeds) inputs.push_back(ToInput(*seed));
  return inputs;
}

std::string Mutate(const std::string& input, size_t bytes_max, Random& random) {
  const std::unique_ptr<Message> message = FromInput(input);
  if (message == nullptr || random() % 16 == 0) return MutateBytes(input, bytes_max, random);
  for (size_t i = 0, times = 1 + random() % 4; i < times; ++i) {
    MutateMessage(*message, TheKnown().texts, random);
  }
  std::string made = ToInput(*message);
  return made.size() <= bytes_max ? made : input;
}

}  // namespace sakip::fuzz
