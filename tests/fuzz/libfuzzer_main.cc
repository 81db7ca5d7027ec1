// Joins a target to libFuzzer, which has the main function.
#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "common/base/log.h"
#include "tests/fuzz/target.h"

using sakip::fuzz::Mutate;
using sakip::fuzz::Random;
using sakip::fuzz::Seeds;
using sakip::fuzz::Try;

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t size_max);

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  sakip::SetLogLevel(sakip::LogLevel::kError);
  google::protobuf::SetLogHandler(nullptr);  // It tells of every text that is no UTF-8.
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Try(absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}

// Starts from a seed now and then, so that the corpus needs no files.
extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t size_max,
                                          unsigned int seed) {
  static const std::vector<std::string>& seeds = *new std::vector<std::string>(Seeds());
  Random random(seed);
  std::string input(reinterpret_cast<const char*>(data), size);
  if (!seeds.empty() && (size <= 1 || random() % 64 == 0)) {
    input = seeds[random() % seeds.size()];
  } else if (random() % 4 == 0) {
    return LLVMFuzzerMutate(data, size, size_max);
  }
  if (size > 1 || random() % 4 != 0) input = Mutate(input, size_max, random);
  const size_t made = std::min(input.size(), size_max);
  std::memcpy(data, input.data(), made);
  return made;
}
