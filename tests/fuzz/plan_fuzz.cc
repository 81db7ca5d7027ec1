// Plans, agencies and policies as callers send them: what the checks accept can be read and
// computed with.
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/plan/proto/plan_from_proto.h"
#include "common/policy/policy.h"
#include "common/policy/proto/policy_proto.h"
#include "services/planning/domain/check.h"
#include "services/planning/rpc/convert.h"
#include "services/planning/rpc/sent_plan.h"
#include "services/planning/rpc/testing/full_plan.h"
#include "tests/fuzz/message_target.h"

namespace sakip::fuzz {
namespace {

using google::protobuf::Message;

void TryDocument(const planning::v1::PlanDocument& document) {
  FieldErrors errors;
  planning::CheckPublishable(document, "document", errors);
  const auto read = plan::FromProto(document);
  if (errors.empty()) SAKIP_CHECK(read.ok());
}

void TryPlan(const planning::v1::PublishPlanRequest& request) {
  static_cast<void>(planning::CheckPlan(request));
  for (const planning::v1::PlanDocument& document : request.documents()) TryDocument(document);
}

void TryPolicy(const types::v1::ScoringPolicy& sent) {
  const auto policy = policy::FromProto(sent, "policy");
  if (!policy.ok()) return;
  const auto again = policy::FromProto(policy::ToProto(*policy), "policy");
  SAKIP_CHECK(again.ok());
}

}  // namespace

void TryMessage(const Message& message) {
  if (const auto* request = dynamic_cast<const planning::v1::PublishPlanRequest*>(&message)) {
    return TryPlan(*request);
  }
  TryPolicy(dynamic_cast<const types::v1::ScoringPolicy&>(message));
}

Messages SeedMessages() {
  Messages seeds;
  seeds.push_back(std::make_unique<planning::v1::PublishPlanRequest>(planning::FullPlan()));
  auto policy =
      std::make_unique<types::v1::ScoringPolicy>(policy::ToProto(policy::DefaultPolicy()));
  policy->set_first_year(2024);
  seeds.push_back(std::move(policy));
  return seeds;
}

}  // namespace sakip::fuzz
