#include "common/service/log_host.h"

#include <cstdlib>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"

ABSL_FLAG(std::string, log_key, "",
          "File of the keys that sign the log's checkpoints (see sakipctl log key). Empty takes "
          "log.key in the data directory, which is made where it is missing.");

namespace sakip::service {

absl::StatusOr<std::unique_ptr<LogHost>> LogHost::Open(absl::string_view name,
                                                       const std::string& data_dir,
                                                       rpc::Metrics& metrics,
                                                       eventlog::CommitObserver observer) {
  HostedLogOptions options;
  options.log.directory = absl::StrCat(data_dir, "/log");
  options.log.on_stopped = [](const absl::Status& why) {
    Log(LogLevel::kError, "stopped", {{"error", why.ToString()}});
    std::_Exit(EXIT_FAILURE);
  };
  const std::string key = absl::GetFlag(FLAGS_log_key);
  options.key_path = key.empty() ? absl::StrCat(data_dir, "/log.key") : key;
  options.may_make_key = key.empty();
  options.origin = LogOrigin(name);
  // The constructor is private: make_unique cannot reach it.
  std::unique_ptr<LogHost> host(new LogHost);
  ASSIGN_OR_RETURN(host->hosted_, HostedLog::Open(std::move(options), metrics));
  RETURN_IF_ERROR(host->log().Observe(std::move(observer)));
  RETURN_IF_ERROR(host->hosted_->Start());
  return host;
}

std::string LogHost::ServiceName() { return eventlog::v1::EventLogService::service_full_name(); }

grpc::Service* LogHost::Serve(rpc::Gate& gate) {
  service_ = std::make_unique<eventlog::EventLogService>(gate, log(), &hosted_->checkpointer());
  return service_.get();
}

}  // namespace sakip::service
