// QuotaHost is the quotas of a service, as the file says that --quota_file names.
#ifndef SAKIP_COMMON_SERVICE_QUOTA_HOST_H_
#define SAKIP_COMMON_SERVICE_QUOTA_HOST_H_

#include <memory>

#include "absl/status/statusor.h"
#include "common/quota/quota_file.h"
#include "common/quota/quotas.h"
#include "common/rpc/metrics.h"

namespace sakip::service {

// Thread-safe. Outlives the gate that asks it.
class QuotaHost {
 public:
  // Without the flag nobody is limited, but use is counted. Borrows the metrics.
  //   INVALID_ARGUMENT  the file cannot be read, or is wrong.
  static absl::StatusOr<std::unique_ptr<QuotaHost>> Open(rpc::Metrics& metrics);

  quota::Quotas& quotas() { return quotas_; }

 private:
  explicit QuotaHost(rpc::Metrics& metrics) : quotas_({.metrics = &metrics}) {}

  quota::Quotas quotas_;
  std::unique_ptr<quota::QuotaFile> file_;  // Null without the flag.
};

}  // namespace sakip::service

#endif  // SAKIP_COMMON_SERVICE_QUOTA_HOST_H_
