#include "common/auth/base64url.h"

#include "absl/strings/escaping.h"

namespace sakip::auth {

std::optional<std::string> DecodeBase64Url(absl::string_view text) {
  std::string bytes;
  // The decoder is lenient, as that of note::DecodeBase64 is; one of its texts is the right one.
  if (!absl::WebSafeBase64Unescape(text, &bytes) || EncodeBase64Url(bytes) != text) {
    return std::nullopt;
  }
  return bytes;
}

std::string EncodeBase64Url(absl::string_view bytes) { return absl::WebSafeBase64Escape(bytes); }

}  // namespace sakip::auth
