#include "common/note/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/base/private_file.h"
#include "common/base/status_macros.h"

namespace sakip::note {
namespace {

constexpr size_t kFileBytesMax = 64 * 1024;

absl::Status Missing(const std::string& path) {
  return MakeError(absl::StatusCode::kNotFound, "KEY_FILE_MISSING",
                   absl::StrCat(path, ": ", std::strerror(errno)));
}

}  // namespace

absl::StatusOr<KeyRing> ParseKeyRing(absl::string_view text) {
  KeyRing ring;
  std::vector<Verifier> trusted;
  int number = 0;
  const auto wrong = [&number](const absl::Status& status) {
    return MakeError(absl::StatusCode::kInvalidArgument, "KEY_MALFORMED",
                     absl::StrCat("line ", number, ": ", status.message()));
  };
  if (text.size() > kFileBytesMax) {
    return wrong(absl::InvalidArgumentError("more than 64 KiB are no keys"));
  }
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || line[0] == '#') continue;
    if (absl::StartsWith(line, "PRIVATE+KEY+")) {
      absl::StatusOr<Signer> signer = Signer::Parse(line);
      if (!signer.ok()) return wrong(signer.status());
      ring.verifiers.push_back(signer->verifier());
      ring.signers.push_back(*std::move(signer));
    } else {
      absl::StatusOr<Verifier> verifier = Verifier::Parse(line);
      if (!verifier.ok()) return wrong(verifier.status());
      trusted.push_back(*std::move(verifier));
    }
  }
  ring.verifiers.insert(ring.verifiers.end(), trusted.begin(), trusted.end());
  if (ring.verifiers.empty()) return wrong(absl::InvalidArgumentError("there is no key"));
  return ring;
}

absl::StatusOr<KeyRing> ReadKeyFile(const std::string& path) {
  const absl::StatusOr<std::string> text = ReadFile(path, kFileBytesMax);
  if (!text.ok()) return Missing(path);
  absl::StatusOr<KeyRing> ring = ParseKeyRing(*text);
  if (!ring.ok()) {
    return MakeError(ring.status().code(), ErrorReason(ring.status()),
                     absl::StrCat(path, ": ", ring.status().message()));
  }
  if (!ring->signers.empty()) {
    RETURN_IF_ERROR(CheckKeyFileClosed(path));
  }
  return ring;
}

absl::Status CheckKeyFileClosed(const std::string& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) return Missing(path);
  return CheckPrivate(path, status.st_mode);
}

absl::Status WriteKeyFile(const std::string& path, absl::string_view text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0 && errno == EEXIST) {
    return MakeError(absl::StatusCode::kAlreadyExists, "KEY_FILE_EXISTS",
                     absl::StrCat(path, " is there already; a key is never written over"));
  }
  if (file < 0) return Missing(path);
  const bool written = WriteAll(file, text) && fsync(file) == 0;
  if (close(file) == 0 && written) return absl::OkStatus();
  const absl::Status failed = Missing(path);
  unlink(path.c_str());  // Half a key is of no use and would be in the way.
  return failed;
}

}  // namespace sakip::note
