#include "common/service/audit_host.h"

#include <utility>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "common/audit/policy_digest.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/rpc/method_table.h"

ABSL_FLAG(std::string, audit_key, "",
          "File of the keys that sign the audit trail's checkpoints (see sakipctl log key). Empty "
          "takes audit.key in the data directory, which is made where it is missing.");

namespace sakip::service {
namespace {

constexpr size_t kMiB = 1024 * 1024;

}  // namespace

absl::StatusOr<std::unique_ptr<AuditHost>> AuditHost::Open(absl::string_view name,
                                                           const std::string& data_dir,
                                                           const std::vector<std::string>& services,
                                                           rpc::Metrics& metrics) {
  HostedLogOptions options;
  options.log.directory = absl::StrCat(data_dir, "/audit");
  options.log.on_stopped = [](const absl::Status& why) {
    Log(LogLevel::kError, "audit_stopped", {{"error", why.ToString()}});
  };
  // It is written all the time and seldom read.
  options.log.block_cache_bytes = 8 * kMiB;
  options.log.write_buffer_bytes = 16 * kMiB;
  // What the service's own log refuses for want of room is recorded still.
  options.space_share = 0.5;
  // Nobody waits for a receipt of an entry.
  options.sign_interval = absl::Seconds(1);
  options.metrics_prefix = "sakip_audit_log";
  const std::string key = absl::GetFlag(FLAGS_audit_key);
  options.key_path = key.empty() ? absl::StrCat(data_dir, "/audit.key") : key;
  options.may_make_key = key.empty();
  options.origin = absl::StrCat(LogOrigin(name), "/audit");
  ASSIGN_OR_RETURN(const rpc::MethodTable methods, rpc::MethodTable::Create(services));
  // The constructor is private: make_unique cannot reach it.
  std::unique_ptr<AuditHost> host(new AuditHost);
  ASSIGN_OR_RETURN(host->hosted_, HostedLog::Open(std::move(options), metrics));
  RETURN_IF_ERROR(host->hosted_->Start());
  audit::AuditLogOptions trail;
  trail.writer.actor = std::string(name);
  trail.writer.metrics = &metrics;
  trail.policy_digest = audit::PolicyDigest(methods);
  trail.looked_at_path = absl::StrCat(data_dir, "/audit/LOOKED_AT");
  host->trail_ = std::make_unique<audit::AuditLog>(host->hosted_->log(), std::move(trail));
  return host;
}

void AuditHost::RecordFound(const eventlog::EventLog& log) {
  const absl::StatusOr<size_t> found = trail_->RecordFound(log);
  if (!found.ok()) {
    // A trail that is damaged keeps nobody from reading what is well; its scrub tells of it too.
    Log(LogLevel::kError, "audit_writes_not_found", {{"error", found.status().ToString()}});
  } else if (*found > 0) {
    Log(LogLevel::kWarning, "audit_writes_found", {{"count", absl::StrCat(*found)}});
  }
}

grpc::Service* AuditHost::Serve(rpc::Gate& gate) {
  service_ = std::make_unique<audit::AuditService>(gate, hosted_->log(), &hosted_->checkpointer());
  return service_.get();
}

}  // namespace sakip::service
