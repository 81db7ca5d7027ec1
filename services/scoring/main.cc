// scoringd: scorecards, computed from what planning and realization log.

#include <memory>
#include <string>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/rpc/channel.h"
#include "common/rpc/gate.h"
#include "common/rpc/metrics.h"
#include "common/rpc/server.h"
#include "common/rpc/signals.h"
#include "common/service/audit_host.h"
#include "common/service/backup_host.h"
#include "common/service/quota_host.h"
#include "common/service/security.h"
#include "common/service/service.h"
#include "services/scoring/rpc/explain_service.h"
#include "services/scoring/rpc/form_service.h"
#include "services/scoring/rpc/log_followers.h"
#include "services/scoring/rpc/review_service.h"
#include "services/scoring/rpc/scorecard_feed_service.h"
#include "services/scoring/rpc/scoring_service.h"
#include "services/scoring/store/progress.h"
#include "services/scoring/store/served_view.h"

ABSL_FLAG(std::string, planning, "127.0.0.1:50151", "Address of planning, host:port.");
ABSL_FLAG(std::string, planning_identity, "",
          "Name (URI or DNS) in planning's certificate; empty takes the host of --planning.");
ABSL_FLAG(std::string, realization, "127.0.0.1:50152", "Address of realization, host:port.");
ABSL_FLAG(std::string, realization_identity, "",
          "Name (URI or DNS) in realization's certificate; empty takes the host of --realization.");
ABSL_FLAG(bool, rebuild, false,
          "Build the store anew from both logs while the old one serves, compare their rows, log "
          "what differs, and serve the new one.");

namespace sakip::scoring {
namespace {

// What the rows of the projection mean; another version builds them anew.
constexpr char kViewVersion[] = "scoring/5";

// The largest message of planning's watch.
constexpr int kPlanMessageBytesMax = 6 << 20;

ServedViewOptions ViewOptions(const service::ServiceFlags& flags, rpc::Metrics& metrics) {
  ServedViewOptions options;
  options.directory = absl::StrCat(flags.data_dir, "/views");
  options.version = kViewVersion;
  options.rebuild = absl::GetFlag(FLAGS_rebuild);
  rpc::Counter& compared = metrics.AddCounter("sakip_scoring_rebuild_rows_total",
                                              "Rows that a rebuild was compared in.", {});
  rpc::Counter& different =
      metrics.AddCounter("sakip_scoring_rebuild_rows_different_total",
                         "Rows that a rebuild made otherwise than they were served.", {});
  options.on_compared = [&compared, &different](const views::RowComparison& comparison) {
    compared.Increment(static_cast<double>(comparison.rows));
    different.Increment(static_cast<double>(comparison.different));
  };
  return options;
}

// The order of the variables is the order of the shutdown, backwards.
absl::Status Run(const service::ServiceFlags& flags, const sigset_t& signals) {
  rpc::PrometheusMetrics metrics;
  ASSIGN_OR_RETURN(const std::unique_ptr<service::Security> security,
                   service::Security::FromFlags("scoring", metrics));
  Progress progress;
  ASSIGN_OR_RETURN(auto planning, security->Connect({.target = absl::GetFlag(FLAGS_planning),
                                                     .receive_bytes_max = kPlanMessageBytesMax},
                                                    absl::GetFlag(FLAGS_planning_identity)));
  ASSIGN_OR_RETURN(auto realization, security->Connect({.target = absl::GetFlag(FLAGS_realization)},
                                                       absl::GetFlag(FLAGS_realization_identity)));
  ASSIGN_OR_RETURN(
      const std::unique_ptr<ServedView> view,
      ServedView::Open(ViewOptions(flags, metrics),
                       FollowOver(std::move(planning), std::move(realization), metrics), progress));

  rpc::GateOptions gate_options;
  gate_options.services = {
      v1::ScoringService::service_full_name(), v1::ExplainService::service_full_name(),
      v1::FormService::service_full_name(), v1::ScorecardFeedService::service_full_name(),
      v1::ReviewService::service_full_name()};
  gate_options.services.push_back(service::AuditHost::ServiceName());
  gate_options.services.push_back(service::BackupHost::ServiceName());
  ASSIGN_OR_RETURN(
      const std::unique_ptr<service::AuditHost> audit,
      service::AuditHost::Open("scoring", flags.data_dir, gate_options.services, metrics));
  gate_options.audit = audit->trail();
  ASSIGN_OR_RETURN(const std::unique_ptr<service::BackupHost> backups,
                   service::BackupHost::Open(nullptr, audit->hosted()));
  gate_options.metrics = &metrics;
  ASSIGN_OR_RETURN(gate_options.authenticator, security->MakeAuthenticator());
  ASSIGN_OR_RETURN(const std::unique_ptr<service::QuotaHost> quota_host,
                   service::QuotaHost::Open(metrics));
  gate_options.quotas = &quota_host->quotas();
  ASSIGN_OR_RETURN(const std::unique_ptr<rpc::Gate> gate,
                   rpc::Gate::Create(std::move(gate_options)));
  ScoringService scoring_service(*gate, view->projection(), progress,
                                 [&view] { return view->ends(); });
  ExplainService explain_service(*gate, view->projection(), progress);
  FormService form_service(*gate, view->projection(), progress);
  ScorecardFeedService feed_service(*gate, view->projection(), progress);
  ReviewService review_service(*gate, view->projection(), progress);
  ASSIGN_OR_RETURN(
      rpc::ServerOptions server_options,
      service::ToServerOptions(flags, *security, metrics,
                               {audit->Serve(*gate), backups->Serve(*gate), &scoring_service,
                                &explain_service, &form_service, &feed_service, &review_service}));
  server_options.serving = false;
  ASSIGN_OR_RETURN(const std::unique_ptr<rpc::Server> server,
                   rpc::Server::Start(std::move(server_options), *gate));
  // Called at the drain at the latest, which the server outlives.
  progress.Wait({}, [&server] { server->SetServing(); });
  rpc::ServeUntilSignal(*server, signals);
  view->Stop();  // Before the server goes that it may be telling.
  return absl::OkStatus();
}

}  // namespace
}  // namespace sakip::scoring

int main(int argc, char** argv) {
  return sakip::service::Main("scoringd", argc, argv, sakip::scoring::Run);
}
