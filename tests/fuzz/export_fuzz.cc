// Export files: what verifies is what the log holds, whatever the file says.
#include <sys/mman.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/eventlog/verify/export_reader.h"
#include "common/eventlog/verify/export_verify.h"
#include "tests/fuzz/known_log.h"
#include "tests/fuzz/target.h"

namespace sakip::fuzz {
namespace {

// A file in memory, read by its path.
class MemoryFile {
 public:
  explicit MemoryFile(absl::string_view bytes) : file_(memfd_create("export", MFD_CLOEXEC)) {
    SAKIP_CHECK(file_ >= 0);
    SAKIP_CHECK(write(file_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  }
  ~MemoryFile() { close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return absl::StrCat("/proc/self/fd/", file_); }

 private:
  const int file_;
};

}  // namespace

void Try(absl::string_view input) {
  const MemoryFile file(input);
  eventlog::LogTrust trust;
  trust.verifiers = {KnownLog().signer().verifier()};
  const auto verified = eventlog::VerifyExport(file.path(), trust);
  if (!verified.ok()) return;
  SAKIP_CHECK(IsOfKnownLog(verified->head.checkpoint));
  SAKIP_CHECK(verified->bytes == input.size());
}

std::vector<std::string> Seeds() { return {KnownLog().ExportBytes()}; }

}  // namespace sakip::fuzz
