// realizationd: quarterly submissions.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "common/base/clock.h"
#include "common/base/status_macros.h"
#include "common/rpc/channel.h"
#include "common/rpc/gate.h"
#include "common/rpc/server.h"
#include "common/rpc/signals.h"
#include "common/service/audit_host.h"
#include "common/service/backup_host.h"
#include "common/service/hosted_log.h"
#include "common/service/log_host.h"
#include "common/service/quota_host.h"
#include "common/service/security.h"
#include "common/service/service.h"
#include "services/realization/rpc/evidence_service.h"
#include "services/realization/rpc/import_service.h"
#include "services/realization/rpc/plan_directory.h"
#include "services/realization/rpc/planning_client.h"
#include "services/realization/rpc/realization_service.h"
#include "services/realization/rpc/reference_check.h"
#include "services/realization/store/folder_evidence_store.h"
#include "services/realization/store/submission_view.h"

ABSL_FLAG(std::string, planning, "127.0.0.1:50151", "Address of planning, host:port.");
ABSL_FLAG(std::string, planning_identity, "",
          "Name (URI or DNS) in planning's certificate; empty takes the host of --planning.");

namespace sakip::realization {
namespace {

// The order of the variables is the order of the shutdown, backwards.
absl::Status Run(const service::ServiceFlags& flags, const sigset_t& signals) {
  const SystemClock clock;
  SubmissionView view;
  rpc::PrometheusMetrics metrics;
  ASSIGN_OR_RETURN(const std::unique_ptr<service::Security> security,
                   service::Security::FromFlags("realization", metrics));
  ASSIGN_OR_RETURN(
      const std::unique_ptr<service::LogHost> log_host,
      service::LogHost::Open("realization", flags.data_dir, metrics,
                             [&view](uint64_t position, const eventlog::StoredRecord& record) {
                               view.Apply(position, record);
                             }));
  rpc::ChannelOptions channel_options;
  channel_options.target = absl::GetFlag(FLAGS_planning);
  channel_options.retryable_methods = {"sakip.planning.v1.PlanningService/GetAgency",
                                       "sakip.planning.v1.PlanningService/GetDocument",
                                       "sakip.planning.v1.PlanningService/ListAgencies",
                                       "sakip.eventlog.v1.EventLogService/GetHead"};
  ASSIGN_OR_RETURN(const auto channel,
                   security->Connect(channel_options, absl::GetFlag(FLAGS_planning_identity)));
  PlanDirectory plans(channel);
  PlanningClient planning(channel);
  ASSIGN_OR_RETURN(const std::unique_ptr<EvidenceStore> evidence,
                   FolderEvidenceStore::Open({.directory = flags.data_dir + "/evidence",
                                              .reserve_bytes = 2 * service::DiskReserveBytes()}));
  ReferenceCheck references(plans, *evidence);
  Workers workers(2);  // Go on with imports.

  rpc::GateOptions gate_options;
  gate_options.services = {service::LogHost::ServiceName(), service::AuditHost::ServiceName(),
                           service::BackupHost::ServiceName()};
  for (const char* name :
       {v1::RealizationService::service_full_name(), v1::EvidenceService::service_full_name(),
        v1::ImportService::service_full_name()}) {
    gate_options.services.push_back(name);
  }
  ASSIGN_OR_RETURN(
      const std::unique_ptr<service::AuditHost> audit,
      service::AuditHost::Open("realization", flags.data_dir, gate_options.services, metrics));
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
  RealizationService realization_service(*gate, log_host->log(), view, references, planning, clock);
  EvidenceService evidence_service(*gate, *evidence);
  ImportService import_service(*gate, {log_host->log(), view, references, clock, workers});
  std::vector<grpc::Service*> services = {log_host->Serve(*gate), audit->Serve(*gate),
                                          backups->Serve(*gate),  &realization_service,
                                          &evidence_service,      &import_service};
  ASSIGN_OR_RETURN(rpc::ServerOptions server_options,
                   service::ToServerOptions(flags, *security, metrics, std::move(services)));
  ASSIGN_OR_RETURN(const std::unique_ptr<rpc::Server> server,
                   rpc::Server::Start(std::move(server_options), *gate));
  rpc::ServeUntilSignal(*server, signals);
  return absl::OkStatus();
}

}  // namespace
}  // namespace sakip::realization

int main(int argc, char** argv) {
  return sakip::service::Main("realizationd", argc, argv, sakip::realization::Run);
}
