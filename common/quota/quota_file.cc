#include "common/quota/quota_file.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/quota/policy.h"

namespace sakip::quota {

absl::StatusOr<std::unique_ptr<QuotaFile>> QuotaFile::Open(QuotaFileOptions options,
                                                           Quotas& quotas) {
  // The constructor is private: make_unique cannot reach it.
  std::unique_ptr<QuotaFile> file(new QuotaFile(std::move(options), quotas));
  RETURN_IF_ERROR(file->Read());
  file->watcher_ = std::thread([watching = file.get()] { watching->Watch(); });
  return file;
}

QuotaFile::QuotaFile(QuotaFileOptions options, Quotas& quotas)
    : options_(std::move(options)),
      quotas_(quotas),
      refused_((options_.metrics == nullptr ? rpc::InertMetrics() : *options_.metrics)
                   .AddGauge("sakip_quota_file_refused",
                             "1 where the file of quotas as it is now was refused, 0 otherwise.",
                             {})) {}

QuotaFile::~QuotaFile() {
  {
    MutexLock lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  if (watcher_.joinable()) watcher_.join();
}

QuotaFile::Stamp QuotaFile::Look() const {
  struct stat file {};
  if (stat(options_.path.c_str(), &file) != 0) return {};
  return {true, file.st_ino, static_cast<uint64_t>(file.st_size), file.st_mtim.tv_sec,
          file.st_mtim.tv_nsec};
}

absl::Status QuotaFile::Read() {
  read_ = Look();  // First: what changes meanwhile is read again.
  std::ifstream file(options_.path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!read_.there || !file.good()) {
    return absl::InvalidArgumentError(absl::StrCat("quotas: cannot read ", options_.path));
  }
  if (text.size() > kBytesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("quotas: ", options_.path, " has more than ", kBytesMax, " bytes"));
  }
  const auto policy = Policy::Parse(text);
  if (!policy.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("quotas: ", options_.path, ": ", policy.status().message()));
  }
  quotas_.SetPolicy(*policy);
  Log(LogLevel::kInfo, "quotas_read", {{"path", options_.path}});
  return absl::OkStatus();
}

void QuotaFile::Watch() {
  const auto interval = absl::ToChronoMicroseconds(options_.interval);
  while (true) {
    {
      MutexLock lock(mutex_);
      if (!ending_) changed_.wait_for(mutex_, interval);
      if (ending_) return;
    }
    if (Look() == read_) continue;
    const absl::Status status = Read();
    refused_.Set(status.ok() ? 0 : 1);
    if (!status.ok()) Log(LogLevel::kError, "quotas_refused", {{"error", status.ToString()}});
  }
}

}  // namespace sakip::quota
