#include "tests/fuzz/target.h"

namespace sakip::fuzz {

std::string Mutate(const std::string& input, size_t bytes_max, Random& random) {
  return MutateBytes(input, bytes_max, random);
}

}  // namespace sakip::fuzz
