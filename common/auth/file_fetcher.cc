#include "common/auth/key_fetcher.h"
#include "common/auth/key_set.h"
#include "common/base/durable_file.h"

namespace sakip::auth {
namespace {

class FileFetcher final : public KeyFetcher {
 public:
  explicit FileFetcher(const std::string& path) : path_(path) {}

  absl::StatusOr<std::string> Fetch() override { return ReadFile(path_, kJwksBytesMax); }

 private:
  const std::string path_;
};

}  // namespace

std::unique_ptr<KeyFetcher> MakeFileFetcher(const std::string& path) {
  return std::make_unique<FileFetcher>(path);
}

}  // namespace sakip::auth
