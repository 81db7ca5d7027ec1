// planningd: agencies and their plan documents.

#include <memory>

#include "common/base/clock.h"
#include "common/base/status_macros.h"
#include "common/eventlog/event_log_service.h"
#include "common/rpc/gate.h"
#include "common/rpc/server.h"
#include "common/rpc/signals.h"
#include "common/service/service.h"
#include "services/planning/rpc/planning_service.h"
#include "services/planning/store/planning_view.h"

namespace sakip::planning {
namespace {

// The order of the variables is the order of the shutdown, backwards.
absl::Status Run(const service::ServiceFlags& flags, const sigset_t& signals) {
  const SystemClock clock;
  PlanningView view;
  ASSIGN_OR_RETURN(const std::unique_ptr<eventlog::EventLog> log, service::OpenLog(flags.data_dir));
  RETURN_IF_ERROR(log->Observe([&view](uint64_t position, const eventlog::StoredRecord& record) {
    view.Apply(position, record);
  }));

  rpc::PrometheusMetrics metrics;
  rpc::GateOptions gate_options;
  gate_options.services = {v1::PlanningService::service_full_name(),
                           eventlog::v1::EventLogService::service_full_name()};
  gate_options.metrics = &metrics;
  ASSIGN_OR_RETURN(const std::unique_ptr<rpc::Gate> gate,
                   rpc::Gate::Create(std::move(gate_options)));
  PlanningService planning_service(*gate, *log, view, clock);
  eventlog::EventLogService event_log_service(*gate, *log);
  ASSIGN_OR_RETURN(const std::unique_ptr<rpc::Server> server,
                   rpc::Server::Start(service::ToServerOptions(
                                          flags, metrics, {&planning_service, &event_log_service}),
                                      *gate));
  rpc::ServeUntilSignal(*server, signals);
  return absl::OkStatus();
}

}  // namespace
}  // namespace sakip::planning

int main(int argc, char** argv) {
  return sakip::service::Main("planningd", argc, argv, sakip::planning::Run);
}
