// planningd: agencies and their plan documents; code editions, reference values and scoring
// policies of regions.

#include <memory>
#include <utility>
#include <vector>

#include "common/base/clock.h"
#include "common/base/status_macros.h"
#include "common/rpc/gate.h"
#include "common/rpc/server.h"
#include "common/rpc/signals.h"
#include "common/service/audit_host.h"
#include "common/service/backup_host.h"
#include "common/service/log_host.h"
#include "common/service/quota_host.h"
#include "common/service/security.h"
#include "common/service/service.h"
#include "services/planning/rpc/code_edition_service.h"
#include "services/planning/rpc/plan_watch_service.h"
#include "services/planning/rpc/planning_service.h"
#include "services/planning/rpc/reference_value_service.h"
#include "services/planning/rpc/scoring_policy_service.h"
#include "services/planning/store/planning_views.h"

namespace sakip::planning {
namespace {

// The order of the variables is the order of the shutdown, backwards.
absl::Status Run(const service::ServiceFlags& flags, const sigset_t& signals) {
  const SystemClock clock;
  PlanningViews views;
  rpc::PrometheusMetrics metrics;
  ASSIGN_OR_RETURN(const std::unique_ptr<service::Security> security,
                   service::Security::FromFlags("planning", metrics));
  ASSIGN_OR_RETURN(
      const std::unique_ptr<service::LogHost> log_host,
      service::LogHost::Open("planning", flags.data_dir, metrics,
                             [&views](uint64_t position, const eventlog::StoredRecord& record) {
                               views.Apply(position, record);
                             }));

  rpc::GateOptions gate_options;
  gate_options.services = {service::LogHost::ServiceName(), service::AuditHost::ServiceName(),
                           service::BackupHost::ServiceName()};
  gate_options.services.push_back(v1::PlanningService::service_full_name());
  gate_options.services.push_back(v1::CodeEditionService::service_full_name());
  gate_options.services.push_back(v1::PlanWatchService::service_full_name());
  gate_options.services.push_back(v1::ReferenceValueService::service_full_name());
  gate_options.services.push_back(v1::ScoringPolicyService::service_full_name());
  ASSIGN_OR_RETURN(
      const std::unique_ptr<service::AuditHost> audit,
      service::AuditHost::Open("planning", flags.data_dir, gate_options.services, metrics));
  audit->RecordFound(log_host->log());
  gate_options.audit = audit->trail();
  ASSIGN_OR_RETURN(const std::unique_ptr<service::BackupHost> backups,
                   service::BackupHost::Open(&log_host->hosted(), audit->hosted()));
  gate_options.metrics = &metrics;
  ASSIGN_OR_RETURN(gate_options.authenticator, security->MakeAuthenticator());
  ASSIGN_OR_RETURN(const std::unique_ptr<service::QuotaHost> quota_host,
                   service::QuotaHost::Open(metrics));
  gate_options.quotas = &quota_host->quotas();
  ASSIGN_OR_RETURN(const std::unique_ptr<rpc::Gate> gate,
                   rpc::Gate::Create(std::move(gate_options)));
  PlanningService planning_service(*gate, log_host->log(), views, clock);
  CodeEditionService code_edition_service(*gate, log_host->log(), views.code_editions(), clock);
  PlanWatchService plan_watch_service(*gate, log_host->log());
  ReferenceValueService reference_value_service(*gate, log_host->log(), views.reference_values());
  ScoringPolicyService scoring_policy_service(*gate, log_host->log(), views.scoring_policies(),
                                              clock);
  std::vector<grpc::Service*> services = {log_host->Serve(*gate),   audit->Serve(*gate),
                                          backups->Serve(*gate),    &planning_service,
                                          &code_edition_service,    &plan_watch_service,
                                          &reference_value_service, &scoring_policy_service};
  ASSIGN_OR_RETURN(rpc::ServerOptions server_options,
                   service::ToServerOptions(flags, *security, metrics, std::move(services)));
  ASSIGN_OR_RETURN(const std::unique_ptr<rpc::Server> server,
                   rpc::Server::Start(std::move(server_options), *gate));
  rpc::ServeUntilSignal(*server, signals);
  return absl::OkStatus();
}

}  // namespace
}  // namespace sakip::planning

int main(int argc, char** argv) {
  return sakip::service::Main("planningd", argc, argv, sakip::planning::Run);
}
