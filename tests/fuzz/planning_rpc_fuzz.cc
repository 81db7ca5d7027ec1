// Every RPC of planning, and of the log that it serves.
#include "common/rpc/test_call.h"
#include "services/planning/rpc/testing/full_plan.h"
#include "services/planning/rpc/testing/planning_server.h"
#include "tests/fuzz/rpc_target.h"

namespace sakip::fuzz {
namespace {

// Planning with the sample agency and its plan.
class Planning final : public ServedSuite {
 public:
  Planning() {
    SAKIP_CHECK(planning_.Register(planning::TestAgency(), "agency").ok());
    SAKIP_CHECK(planning_.Publish(planning::TestPlan(), 0, "plan").ok());
  }
  rpc::Server& server() override { return planning_.server(); }

 private:
  planning::PlanningServer planning_;
};

}  // namespace

void TryMessage(const google::protobuf::Message& message) {
  static RpcTarget& target = *new RpcTarget([] { return std::make_unique<Planning>(); });
  target.Call(message);
}

Messages SeedMessages() {
  Messages more;
  more.push_back(std::make_unique<planning::v1::PublishPlanRequest>(planning::FullPlan()));
  auto publish = std::make_unique<planning::v1::PublishDocumentRequest>();
  *publish->mutable_document() = planning::TestPlan();
  publish->mutable_document()->set_reason("perubahan");
  publish->set_expected_revision(1);
  publish->set_request_id("amended");
  more.push_back(std::move(publish));
  return RequestsOf({planning::v1::PlanningService::service_full_name(),
                     planning::v1::CodeEditionService::service_full_name(),
                     planning::v1::PlanWatchService::service_full_name(),
                     planning::v1::ReferenceValueService::service_full_name(),
                     planning::v1::ScoringPolicyService::service_full_name(),
                     eventlog::v1::EventLogService::service_full_name()},
                    std::move(more));
}

}  // namespace sakip::fuzz
