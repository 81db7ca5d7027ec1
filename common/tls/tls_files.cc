#include "common/tls/tls_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
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

absl::StatusOr<std::vector<std::string>> ListRevocations(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  std::filesystem::directory_iterator entry(folder, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    if (IsRevocationList(entry->path())) paths.push_back(entry->path().string());
  }
  if (error) return absl::NotFoundError(absl::StrCat(folder, ": ", error.message()));
  std::sort(paths.begin(), paths.end());
  return paths;
}

absl::StatusOr<std::string> ReadRevocations(const std::string& path) {
  ASSIGN_OR_RETURN(std::string list, ReadFile(path, kRevocationBytesMax));
  RETURN_IF_ERROR(InFile(path, ParseRevocations(list).status()));
  return list;
}

absl::Status Both(const absl::Status& one, const absl::Status& other) {
  if (one.ok()) return other;
  return absl::Status(one.code(), absl::StrCat(one.message(), "; ", other.message()));
}

absl::Status RefreshRevocations(const std::string& folder, RevocationLists& lists) {
  if (folder.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<std::string> paths, ListRevocations(folder));
  RevocationLists next;
  absl::Status faults;
  for (const std::string& path : paths) {
    absl::StatusOr<std::string> list = ReadRevocations(path);
    if (list.ok()) {
      next.emplace(path, *std::move(list));
      continue;
    }
    faults = Both(faults, list.status());
    const auto last = lists.find(path);
    if (last != lists.end()) next.insert(lists.extract(last));
  }
  lists = std::move(next);
  return faults;
}

absl::StatusOr<TlsIdentity> ReadIdentity(const TlsFiles& files, absl::Time now) {
  TlsIdentity identity;
  if (files.certificate.empty() != files.key.empty()) {
    return absl::InvalidArgumentError(
        files.key.empty() ? absl::StrCat("the certificate ", files.certificate, " needs its key")
                          : absl::StrCat("the key ", files.key, " needs its certificate"));
  }
  if (files.certificate.empty()) return identity;
  ASSIGN_OR_RETURN(identity.key, ReadPrivateFile(files.key, kFileBytesMax));
  ASSIGN_OR_RETURN(identity.chain, ReadFile(files.certificate, kFileBytesMax));
  const auto facts = CheckIdentity(identity.chain, identity.key, now);
  RETURN_IF_ERROR(InFile(absl::StrCat(files.certificate, " with ", files.key), facts.status()));
  identity.facts = *facts;
  return identity;
}

absl::StatusOr<std::string> ReadAuthorities(const std::string& path) {
  if (path.empty()) return "";
  ASSIGN_OR_RETURN(std::string authorities, ReadFile(path, kFileBytesMax));
  RETURN_IF_ERROR(InFile(path, CheckAuthorities(authorities)));
  return authorities;
}

template <typename T>
absl::Status TakeGood(absl::StatusOr<T> read, T& into) {
  if (read.ok()) into = *std::move(read);
  return read.status();
}

}  // namespace

absl::Status TlsFaults::First() const {
  if (!identity.ok()) return identity;
  return authorities.ok() ? revocations : authorities;
}

TlsFaults RefreshTls(const TlsFiles& files, absl::Time now, TlsContent& content) {
  return {.identity = TakeGood(ReadIdentity(files, now), content.identity),
          .authorities = TakeGood(ReadAuthorities(files.ca), content.authorities),
          .revocations = RefreshRevocations(files.crl_dir, content.revocations)};
}

absl::StatusOr<TlsContent> ReadTlsFiles(const TlsFiles& files, absl::Time now) {
  TlsContent content;
  RETURN_IF_ERROR(RefreshTls(files, now, content).First());
  return content;
}

}  // namespace sakip::tls
