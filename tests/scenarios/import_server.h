// ImportServer is realization with imports over a log in memory, beside a planning of its own, and
// a client that sends imports to it. For the tests of imports.
#ifndef SAKIP_TESTS_SCENARIOS_IMPORT_SERVER_H_
#define SAKIP_TESTS_SCENARIOS_IMPORT_SERVER_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "services/planning/rpc/testing/planning_server.h"
#include "services/realization/rpc/import_service.h"
#include "services/realization/rpc/realization_service.h"
#include "services/realization/store/folder_evidence_store.h"

namespace sakip::realization {

using ImportRequest = v1::ImportSubmissionsRequest;
using ImportResult = absl::StatusOr<v1::ImportSummary>;
using Options = v1::ImportOptions;

// Not thread-safe, but for what the log calls.
class ImportServer {
 public:
  // `on_commit` runs on the log's thread for each record, before it is answered.
  ImportServer(const std::string& planning_address, const std::function<void()>& on_commit)
      : channel_(rpc::MakeChannel({.target = planning_address}).value()),
        plans_(channel_),
        planning_(channel_) {
    SAKIP_CHECK(
        log_.Observe([this, on_commit](uint64_t position, const eventlog::StoredRecord& record) {
              on_commit();
              view_.Apply(position, record);
            })
            .ok());
    rpc::GateOptions gate_options;
    gate_options.services = {v1::RealizationService::service_full_name(),
                             v1::ImportService::service_full_name()};
    gate_ = rpc::Gate::Create(std::move(gate_options)).value();
    service_ =
        std::make_unique<RealizationService>(*gate_, log_, view_, references_, planning_, clock_);
    imports_ = std::make_unique<ImportService>(
        *gate_, ImportContext{log_, view_, references_, clock_, workers_});
    rpc::ServerOptions server_options;
    server_options.services = {service_.get(), imports_.get()};
    server_ = rpc::Server::Start(std::move(server_options), *gate_).value();
  }

  eventlog::EventLog& log() { return log_; }
  rpc::Gate& gate() { return *gate_; }
  rpc::Server& server() { return *server_; }

 private:
  sakip::testing::FakeClock clock_;
  sakip::testing::TempDir folder_;
  SubmissionView view_;
  eventlog::MemoryEventLog log_;
  std::shared_ptr<grpc::Channel> channel_;
  PlanDirectory plans_;
  PlanningClient planning_;
  std::unique_ptr<EvidenceStore> evidence_ =
      FolderEvidenceStore::Open({.directory = folder_.path()}).value();
  ReferenceCheck references_{plans_, *evidence_};
  Workers workers_{2};
  std::unique_ptr<rpc::Gate> gate_;
  std::unique_ptr<RealizationService> service_;
  std::unique_ptr<ImportService> imports_;
  std::unique_ptr<rpc::Server> server_;
};

// One indicator and one sub-activity of planning's test plan.
inline v1::Submission Item(const std::string& period, const std::string& quantity = "15",
                           const std::string& agency = planning::kDinsos) {
  v1::Submission submission;
  submission.set_name(absl::StrCat(agency, "/submissions/", period));
  submission.set_coverage(v1::Submission::COVERAGE_QUARTER);
  v1::IndicatorRealization* indicator = submission.add_indicators();
  indicator->set_indicator_code("SK1.1");
  indicator->set_quantity(quantity);
  indicator->set_unit("orang");
  v1::BudgetRealization* budget = submission.add_budgets();
  budget->set_sub_activity_code("SK1");
  budget->set_realized("100");
  return submission;
}

class ImportTestBase : public ::testing::Test {
 protected:
  ImportTestBase()
      : import_(planning_.address(), [this] { OnCommit(); }),
        stub_(v1::ImportService::NewStub(
            rpc::MakeChannel({.target = import_.server().address()}).value())),
        submissions_(v1::RealizationService::NewStub(import_.server().InProcessChannel())) {
    Publish(planning::kDinsos);
  }

  virtual void OnCommit() {}

  void Publish(const std::string& agency) {
    planning::v1::PlanDocument plan = planning::TestPlan();
    plan.set_name(absl::StrCat(agency, "/annualPlans/2023"));
    SAKIP_CHECK(planning_.Register(planning::TestAgency(agency), "agency").ok());
    SAKIP_CHECK(planning_.Publish(plan, 0, "plan").ok());
  }

  static Options PerItem() {
    Options options;
    options.set_parent("regions/35");
    options.set_import_id("import-1");
    options.set_strategy(Options::STRATEGY_CREATE_AND_UPDATE);
    options.set_atomicity(Options::ATOMICITY_PER_ITEM);
    options.set_lines(Options::LINES_REPLACE);
    options.set_reason("Perbaikan data");
    return options;
  }
  static Options AllOrNothing(size_t items) {
    Options options = PerItem();
    options.set_atomicity(Options::ATOMICITY_ALL_OR_NOTHING);
    options.set_item_count(static_cast<uint32_t>(items));
    return options;
  }

  // Options first, then an item a message.
  static std::vector<ImportRequest> Messages(const Options& options,
                                             const std::vector<v1::Submission>& items) {
    std::vector<ImportRequest> messages(1);
    *messages[0].mutable_options() = options;
    for (const v1::Submission& item : items) *messages.emplace_back().add_items() = item;
    return messages;
  }

  ImportResult Send(const std::vector<ImportRequest>& messages,
                    const std::string& dev_identity = "") {
    grpc::ClientContext context;
    rpc::Prepare({.deadline = rpc::CallDeadline(absl::Seconds(60)), .dev_identity = dev_identity},
                 context);
    v1::ImportSubmissionsResponse response;
    auto writer = stub_->ImportSubmissions(&context, &response);
    for (const ImportRequest& message : messages) {
      if (!writer->Write(message)) break;
    }
    writer->WritesDone();
    const absl::Status status = rpc::FromGrpcStatus(writer->Finish());
    if (!status.ok()) return status;
    return response.summary();
  }
  ImportResult Import(const Options& options, const std::vector<v1::Submission>& items) {
    return Send(Messages(options, items));
  }

  v1::Submission Latest(const std::string& name) {
    v1::GetSubmissionRequest request;
    request.set_name(name);
    return rpc::CallNow(*submissions_, &v1::RealizationService::Stub::GetSubmission, request)
        .value()
        .submission();
  }

  uint64_t end() { return import_.log().end_position(); }

  planning::PlanningServer planning_;
  ImportServer import_;
  std::unique_ptr<v1::ImportService::Stub> stub_;
  std::unique_ptr<v1::RealizationService::Stub> submissions_;
};

inline std::vector<v1::ItemOutcome::Outcome> Outcomes(const v1::ImportSummary& summary) {
  std::vector<v1::ItemOutcome::Outcome> outcomes;
  for (const v1::ItemOutcome& outcome : summary.outcomes()) outcomes.push_back(outcome.outcome());
  return outcomes;
}

}  // namespace sakip::realization

#endif  // SAKIP_TESTS_SCENARIOS_IMPORT_SERVER_H_
