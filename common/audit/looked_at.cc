#include "common/audit/looked_at.h"

#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/base/durable_file.h"

namespace sakip::audit {
namespace {

constexpr size_t kFileBytesMax = 64;

}  // namespace

LookedAt ReadLookedAt(const std::string& path) {
  const absl::StatusOr<std::string> text = ReadFile(path, kFileBytesMax);
  if (!text.ok()) return {};
  const std::pair<absl::string_view, absl::string_view> ends =
      absl::StrSplit(absl::StripAsciiWhitespace(*text), absl::MaxSplits(' ', 1));
  LookedAt looked_at;
  const bool whole = absl::SimpleAtoi(ends.first, &looked_at.log_end) &&
                     absl::SimpleAtoi(ends.second, &looked_at.trail_end);
  return whole ? looked_at : LookedAt();
}

absl::Status WriteLookedAt(const std::string& path, const LookedAt& looked_at) {
  return ReplaceFile(path, absl::StrCat(looked_at.log_end, " ", looked_at.trail_end, "\n"));
}

}  // namespace sakip::audit
