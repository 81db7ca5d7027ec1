// Base64url without padding (RFC 7515 section 2), where a value has exactly one text. Pure
// functions, thread-safe.
#ifndef SAKIP_COMMON_AUTH_BASE64URL_H_
#define SAKIP_COMMON_AUTH_BASE64URL_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace sakip::auth {

// The bytes that `text` stands for; absent where EncodeBase64Url would write them otherwise.
std::optional<std::string> DecodeBase64Url(absl::string_view text);

std::string EncodeBase64Url(absl::string_view bytes);

}  // namespace sakip::auth

#endif  // SAKIP_COMMON_AUTH_BASE64URL_H_
