#include "common/paging/page.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/message/digest.h"

namespace sakip {
namespace {

constexpr size_t kMarkBytes = 8;

std::string Mark(absl::string_view list) { return Sha256(list).substr(0, kMarkBytes); }

}  // namespace

absl::StatusOr<int> PageSize(int32_t requested, const PageSizes& sizes) {
  if (requested < 0) return InvalidField("page_size", "is negative; 0 means the standard size");
  return requested == 0 ? sizes.standard : std::min(requested, sizes.most);
}

std::string MakePageToken(absl::string_view list, absl::string_view last_key) {
  return absl::WebSafeBase64Escape(absl::StrCat(Mark(list), last_key));
}

absl::StatusOr<std::string> ParsePageToken(absl::string_view list, absl::string_view token) {
  if (token.empty()) return std::string();
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(token, &bytes) || bytes.size() <= kMarkBytes ||
      bytes.substr(0, kMarkBytes) != Mark(list)) {
    return InvalidField("page_token",
                        "is not the next_page_token of this list with the same filters");
  }
  return bytes.substr(kMarkBytes);
}

}  // namespace sakip
