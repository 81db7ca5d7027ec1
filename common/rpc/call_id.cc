#include "common/rpc/call_id.h"

#include <cstdint>
#include <random>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace sakip::rpc {
namespace {

constexpr size_t kRequestIdBytesMax = 64;

std::mt19937_64 SeededGenerator() {
  std::random_device device;
  std::seed_seq seed{device(), device(), device(), device(), device(), device()};
  return std::mt19937_64(seed);
}

}  // namespace

bool IsRequestId(absl::string_view text) {
  if (text.empty() || text.size() > kRequestIdBytesMax) return false;
  for (const char c : text) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '.' && c != '_' && c != ':' &&
        c != '-') {
      return false;
    }
  }
  return true;
}

std::string NewCallId() {
  thread_local std::mt19937_64 generator = SeededGenerator();
  return absl::StrCat(absl::Hex(generator(), absl::kZeroPad16),
                      absl::Hex(generator(), absl::kZeroPad16));
}

std::string CallIdOf(const Metadata& metadata) {
  const auto found = metadata.find(kCallIdKey);
  if (found == metadata.end()) return NewCallId();
  const absl::string_view given(found->second.data(), found->second.size());
  return IsRequestId(given) ? std::string(given) : NewCallId();
}

}  // namespace sakip::rpc
