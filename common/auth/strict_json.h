// StrictJson reads JSON from outside that something is decided by: one text, one meaning.
#ifndef SAKIP_COMMON_AUTH_STRICT_JSON_H_
#define SAKIP_COMMON_AUTH_STRICT_JSON_H_

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "absl/strings/string_view.h"

namespace sakip::auth {

// How deep objects and arrays may nest.
inline constexpr int kJsonDepthMax = 8;

// The object that `text` is. Absent where it is none, nests deeper than kJsonDepthMax, names a key
// twice in one object (RFC 8259 leaves open what that means), is not UTF-8, begins with a byte
// order mark, or goes on after its end. Pure and thread-safe.
std::optional<nlohmann::json> ParseStrictObject(absl::string_view text);

}  // namespace sakip::auth

#endif  // SAKIP_COMMON_AUTH_STRICT_JSON_H_
