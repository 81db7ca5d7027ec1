#include "services/cli/session/token_file.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/private_file.h"
#include "common/base/status_macros.h"

namespace sakip::cli {
namespace {

constexpr size_t kTokenBytesMax = 8 * 1024;

absl::StatusOr<std::string> ReadToken(const std::string& path) {
  ASSIGN_OR_RETURN(std::string token, ReadPrivateFile(path, kTokenBytesMax));
  absl::StripAsciiWhitespace(&token);
  // gRPC ends the process on metadata that HTTP/2 does not carry.
  const bool is_token = !token.empty() && std::all_of(token.begin(), token.end(), [](char c) {
    return absl::ascii_isgraph(static_cast<unsigned char>(c));
  });
  if (is_token) return token;
  return absl::InvalidArgumentError(
      absl::StrCat(path, ": holds no token: one line without blanks"));
}

}  // namespace

absl::StatusOr<TokenFile> TokenFile::Open(const std::string& path) {
  ASSIGN_OR_RETURN(std::string token, ReadToken(path));
  return TokenFile(path, std::move(token));
}

std::string TokenFile::Current() const { return ReadToken(path_).value_or(first_); }

}  // namespace sakip::cli
