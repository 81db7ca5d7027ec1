// Every RPC of what each service serves beside its own: its log, its audit trail, its backups.
#include "common/audit/audit_log.h"
#include "common/audit/audit_service.h"
#include "common/backup/log_admin_service.h"
#include "common/eventlog/event_log_service.h"
#include "common/eventlog/memory_event_log.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/rpc/server.h"
#include "tests/fuzz/rpc_target.h"

namespace sakip::fuzz {
namespace {

std::vector<std::string> Services() {
  return {audit::v1::AuditService::service_full_name(),
          eventlog::v1::EventLogService::service_full_name(),
          eventlog::v1::LogAdminService::service_full_name()};
}

audit::AuditLogOptions TrailOptions() {
  audit::AuditLogOptions options;
  options.writer.actor = "fuzz";
  return options;
}

// A log of a few records, whose trail tells of the calls that come.
class Logs final : public ServedSuite {
 public:
  Logs() {
    for (uint64_t revision = 0; revision < 5; ++revision) {
      const std::string request_id = "request-" + std::to_string(revision);
      SAKIP_CHECK(eventlog::AppendNow(log_, eventlog::TestRequest(request_id, revision)).ok());
    }
    rpc::GateOptions gate_options;
    gate_options.services = Services();
    gate_options.audit = &trail_;
    gate_ = rpc::Gate::Create(std::move(gate_options)).value();
    log_service_ = std::make_unique<eventlog::EventLogService>(*gate_, log_);
    audit_service_ = std::make_unique<audit::AuditService>(*gate_, trail_log_, nullptr);
    admin_service_ = std::make_unique<backup::LogAdminService>(*gate_, nullptr);
    rpc::ServerOptions server_options;
    server_options.services = {log_service_.get(), audit_service_.get(), admin_service_.get()};
    server_ = rpc::Server::Start(std::move(server_options), *gate_).value();
  }
  rpc::Server& server() override { return *server_; }

 private:
  eventlog::MemoryEventLog log_;
  eventlog::MemoryEventLog trail_log_;
  audit::AuditLog trail_{trail_log_, TrailOptions()};
  std::unique_ptr<rpc::Gate> gate_;
  std::unique_ptr<eventlog::EventLogService> log_service_;
  std::unique_ptr<audit::AuditService> audit_service_;
  std::unique_ptr<backup::LogAdminService> admin_service_;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace

void TryMessage(const google::protobuf::Message& message) {
  static RpcTarget& target = *new RpcTarget([] { return std::make_unique<Logs>(); });
  target.Call(message);
}

Messages SeedMessages() { return RequestsOf(Services()); }

}  // namespace sakip::fuzz
