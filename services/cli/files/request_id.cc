#include "services/cli/files/request_id.h"

#include "absl/strings/str_cat.h"
#include "common/message/digest.h"

namespace sakip::cli {
namespace {

constexpr size_t kDigits = 40;

}  // namespace

std::string ContentRequestId(const google::protobuf::Message& request) {
  return absl::StrCat("sha256-", HexDigest(request).substr(0, kDigits));
}

}  // namespace sakip::cli
