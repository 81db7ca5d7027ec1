// A fuzz target is a source file that defines Try and Seeds below. It is built twice: for libFuzzer
// (preset fuzz), which looks for inputs that reach new code, and with replay_main.cc into the test
// run, which tries the corpus and a fixed number of inputs made from it.
//
// What a target does not expect ends the process: SAKIP_CHECK, a sanitizer, a signal.
#ifndef SAKIP_TESTS_FUZZ_TARGET_H_
#define SAKIP_TESTS_FUZZ_TARGET_H_

#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace sakip::fuzz {

using Random = std::mt19937_64;

// Runs one input. Any bytes are an input, and the same bytes do the same each time.
void Try(absl::string_view input);

// Inputs that are right, made from test data: what mutation starts from.
std::vector<std::string> Seeds();

// Another input made from `input`, of at most `bytes_max`. Targets of bytes and of messages differ
// in it: a target links fuzz_bytes or fuzz_messages.
std::string Mutate(const std::string& input, size_t bytes_max, Random& random);

// Changes bytes: flips, inserts, takes away, repeats, and puts in what decoders stumble over.
std::string MutateBytes(std::string bytes, size_t bytes_max, Random& random);

// Takes numbers and texts off the front of an input. Not thread-safe.
class InputReader {
 public:
  explicit InputReader(absl::string_view input) : rest_(input) {}

  // Of up to eight bytes; the bytes that are missing are zero.
  uint64_t TakeNumber(size_t bytes = 8);
  // Up to a length that is told by one byte.
  absl::string_view TakeText();
  absl::string_view rest() const { return rest_; }

 private:
  absl::string_view rest_;
};

// The input that TakeNumber and TakeText read these from.
std::string NumberInput(uint64_t number, size_t bytes = 8);
std::string TextInput(absl::string_view text);

}  // namespace sakip::fuzz

#endif  // SAKIP_TESTS_FUZZ_TARGET_H_
