// RealizationServer runs realization over a log in memory, for tests; it asks planning at an
// address.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_TESTING_REALIZATION_SERVER_H_
#define SAKIP_SERVICES_REALIZATION_RPC_TESTING_REALIZATION_SERVER_H_

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/eventlog/memory_event_log.h"
#include "common/rpc/channel.h"
#include "common/rpc/gate.h"
#include "common/rpc/server.h"
#include "common/rpc/test_call.h"
#include "common/testing/fake_clock.h"
#include "common/testing/temp_dir.h"
#include "services/realization/rpc/realization_service.h"
#include "services/realization/store/folder_evidence_store.h"
#include "services/realization/store/submission_view.h"

namespace sakip::realization {

// Not thread-safe; its clock stands at 21 November 2023.
class RealizationServer {
 public:
  explicit RealizationServer(const std::string& planning_address)
      : planning_channel_(rpc::MakeChannel({.target = planning_address}).value()),
        plans_(planning_channel_),
        planning_(planning_channel_) {
    SAKIP_CHECK(log_.Observe([this](uint64_t position, const eventlog::StoredRecord& record) {
                      view_.Apply(position, record);
                    })
                    .ok());
    rpc::GateOptions gate_options;
    gate_options.services = {v1::RealizationService::service_full_name()};
    gate_ = rpc::Gate::Create(std::move(gate_options)).value();
    service_ =
        std::make_unique<RealizationService>(*gate_, log_, view_, references_, planning_, clock_);
    rpc::ServerOptions server_options;
    server_options.services = {service_.get()};
    server_ = rpc::Server::Start(std::move(server_options), *gate_).value();
    stub_ = v1::RealizationService::NewStub(server_->InProcessChannel());
  }

  eventlog::EventLog& log() { return log_; }
  sakip::testing::FakeClock& clock() { return clock_; }
  EvidenceStore& evidence() { return *evidence_; }
  v1::RealizationService::Stub& stub() { return *stub_; }

 private:
  sakip::testing::FakeClock clock_;
  SubmissionView view_;
  eventlog::MemoryEventLog log_;
  std::shared_ptr<grpc::Channel> planning_channel_;
  PlanDirectory plans_;
  PlanningClient planning_;
  sakip::testing::TempDir folder_;
  std::unique_ptr<EvidenceStore> evidence_ =
      FolderEvidenceStore::Open({.directory = folder_.path()}).value();
  ReferenceCheck references_{plans_, *evidence_};
  std::unique_ptr<rpc::Gate> gate_;
  std::unique_ptr<RealizationService> service_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<v1::RealizationService::Stub> stub_;
};

// One indicator and one sub-activity of planning's test plan.
inline v1::Submission TestSubmission(
    const std::string& name = "regions/35.09/agencies/dinsos/submissions/2023Q1") {
  v1::Submission submission;
  submission.set_name(name);
  submission.set_coverage(v1::Submission::COVERAGE_QUARTER);
  v1::IndicatorRealization* indicator = submission.add_indicators();
  indicator->set_indicator_code("SK1.1");
  indicator->set_quantity("15");
  indicator->set_unit("orang");
  v1::BudgetRealization* budget = submission.add_budgets();
  budget->set_sub_activity_code("SK1");
  budget->set_realized("1000000.50");
  return submission;
}

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_TESTING_REALIZATION_SERVER_H_
