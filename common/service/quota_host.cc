#include "common/service/quota_host.h"

#include <string>

#include "absl/flags/flag.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"

ABSL_FLAG(std::string, quota_file, "",
          "File of what callers and tenants may use, the JSON form of sakip.quota.v1.QuotaPolicy; "
          "read again when it changes. Empty limits nobody.");

namespace sakip::service {

absl::StatusOr<std::unique_ptr<QuotaHost>> QuotaHost::Open(rpc::Metrics& metrics) {
  // The constructor is private: make_unique cannot reach it.
  std::unique_ptr<QuotaHost> host(new QuotaHost(metrics));
  const std::string path = absl::GetFlag(FLAGS_quota_file);
  if (path.empty()) {
    Log(LogLevel::kWarning, "no_quotas", {{"why", "--quota_file is not given"}});
    return host;
  }
  ASSIGN_OR_RETURN(host->file_,
                   quota::QuotaFile::Open({.path = path, .metrics = &metrics}, host->quotas_));
  return host;
}

}  // namespace sakip::service
