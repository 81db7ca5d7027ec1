// Every RPC of realization, which asks planning as it does in an installation.
#include "common/testing/temp_dir.h"
#include "services/planning/rpc/testing/planning_server.h"
#include "services/realization/rpc/evidence_service.h"
#include "services/realization/rpc/import_service.h"
#include "services/realization/rpc/testing/realization_server.h"
#include "tests/fuzz/rpc_target.h"

namespace sakip::fuzz {
namespace {

const std::string& PlanningAddress() {
  static planning::PlanningServer& planning = *[] {
    auto* made = new planning::PlanningServer;
    SAKIP_CHECK(made->Register(planning::TestAgency(), "agency").ok());
    SAKIP_CHECK(made->Publish(planning::TestPlan(), 0, "plan").ok());
    return made;
  }();
  return planning.address();
}

std::vector<std::string> Services() {
  return {realization::v1::RealizationService::service_full_name(),
          realization::v1::EvidenceService::service_full_name(),
          realization::v1::ImportService::service_full_name()};
}

class Realization final : public ServedSuite {
 public:
  Realization() {
    SAKIP_CHECK(log_.Observe([this](uint64_t position, const eventlog::StoredRecord& record) {
                      view_.Apply(position, record);
                    })
                    .ok());
    rpc::GateOptions gate_options;
    gate_options.services = Services();
    gate_ = rpc::Gate::Create(std::move(gate_options)).value();
    service_ = std::make_unique<realization::RealizationService>(*gate_, log_, view_, references_,
                                                                 planning_, clock_);
    evidence_service_ = std::make_unique<realization::EvidenceService>(*gate_, *evidence_);
    import_service_ = std::make_unique<realization::ImportService>(
        *gate_, realization::ImportContext{log_, view_, references_, clock_, workers_});
    rpc::ServerOptions server_options;
    server_options.services = {service_.get(), evidence_service_.get(), import_service_.get()};
    server_ = rpc::Server::Start(std::move(server_options), *gate_).value();
  }
  rpc::Server& server() override { return *server_; }

 private:
  sakip::testing::FakeClock clock_;
  realization::SubmissionView view_;
  eventlog::MemoryEventLog log_;
  std::shared_ptr<grpc::Channel> planning_channel_ =
      rpc::MakeChannel({.target = PlanningAddress()}).value();
  realization::PlanDirectory plans_{planning_channel_};
  realization::PlanningClient planning_{planning_channel_};
  sakip::testing::TempDir folder_;
  std::unique_ptr<realization::EvidenceStore> evidence_ =
      realization::FolderEvidenceStore::Open({.directory = folder_.path()}).value();
  realization::ReferenceCheck references_{plans_, *evidence_};
  realization::Workers workers_{1};
  std::unique_ptr<rpc::Gate> gate_;
  std::unique_ptr<realization::RealizationService> service_;
  std::unique_ptr<realization::EvidenceService> evidence_service_;
  std::unique_ptr<realization::ImportService> import_service_;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace

void TryMessage(const google::protobuf::Message& message) {
  static RpcTarget& target = *new RpcTarget([] { return std::make_unique<Realization>(); });
  target.Call(message);
}

Messages SeedMessages() {
  auto submit = std::make_unique<realization::v1::SubmitQuarterRequest>();
  *submit->mutable_submission() = realization::TestSubmission();
  submit->set_request_id("submit-1");
  Messages more;
  more.push_back(std::move(submit));
  return RequestsOf(Services(), std::move(more));
}

}  // namespace sakip::fuzz
