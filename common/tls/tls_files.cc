#include "common/tls/tls_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/private_file.h"
#include "common/base/status_macros.h"

namespace sakip::tls {
namespace {

constexpr size_t kFileBytesMax = 1 << 20;
constexpr size_t kRevocationBytesMax = 32 << 20;

absl::Status InFile(const std::string& path, const absl::Status& status) {
  if (status.ok()) return status;
  return absl::Status(status.code(), absl::StrCat(path, ": ", status.message()));
}

// `5ca1ab1e.r0`: the hash of the issuer's name, and a number.
bool IsRevocationList(const std::filesystem::path& path) {
  const std::string extension = path.extension().string();
  return extension.size() > 2 && extension[1] == 'r' &&
         std::all_of(extension.begin() + 2, extension.end(), absl::ascii_isdigit);
}

absl::StatusOr<std::string> ReadRevocations(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (IsRevocationList(entry.path())) paths.push_back(entry.path().string());
  }
  if (error) return absl::NotFoundError(absl::StrCat(folder, ": ", error.message()));
  std::sort(paths.begin(), paths.end());
  std::string all;
  for (const std::string& path : paths) {
    ASSIGN_OR_RETURN(const std::string list, ReadFile(path, kRevocationBytesMax));
    RETURN_IF_ERROR(InFile(path, CheckRevocations(list)));
    absl::StrAppend(&all, path, "\n", list);
  }
  return all;
}

}  // namespace

absl::StatusOr<TlsContent> ReadTlsFiles(const TlsFiles& files, absl::Time now) {
  TlsContent content;
  if (files.certificate.empty() != files.key.empty()) {
    return absl::InvalidArgumentError(
        files.key.empty() ? absl::StrCat("the certificate ", files.certificate, " needs its key")
                          : absl::StrCat("the key ", files.key, " needs its certificate"));
  }
  if (!files.certificate.empty()) {
    ASSIGN_OR_RETURN(content.key, ReadPrivateFile(files.key, kFileBytesMax));
    ASSIGN_OR_RETURN(content.chain, ReadFile(files.certificate, kFileBytesMax));
    const auto facts = CheckIdentity(content.chain, content.key, now);
    RETURN_IF_ERROR(InFile(absl::StrCat(files.certificate, " with ", files.key), facts.status()));
    content.facts = *facts;
  }
  if (!files.ca.empty()) {
    ASSIGN_OR_RETURN(content.ca, ReadFile(files.ca, kFileBytesMax));
    RETURN_IF_ERROR(InFile(files.ca, CheckAuthorities(content.ca)));
  }
  if (!files.crl_dir.empty()) {
    ASSIGN_OR_RETURN(content.revocations, ReadRevocations(files.crl_dir));
  }
  return content;
}

}  // namespace sakip::tls
