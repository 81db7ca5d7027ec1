// Submissions as callers send them: what the checks accept, scoring can read.
#include "common/base/log.h"
#include "sakip/realization/v1/import_service.pb.h"
#include "services/realization/domain/check.h"
#include "services/realization/domain/check_step.h"
#include "services/realization/rpc/convert.h"
#include "services/realization/rpc/import_options.h"
#include "services/realization/rpc/testing/realization_server.h"
#include "services/scoring/store/facts_from_proto.h"
#include "tests/fuzz/message_target.h"

namespace sakip::fuzz {
namespace {

void TrySubmission(const realization::v1::Submission& sent) {
  const realization::Submission submission = realization::ToSubmission(sent);
  const absl::Status checked = realization::CheckSubmission(submission);
  const auto fact = scoring::ToSubmission(sent);
  if (checked.ok()) SAKIP_CHECK(fact.ok());
  const realization::PlanCodes codes = realization::CodesOf(submission);
  if (checked.ok()) SAKIP_CHECK(realization::CheckCodes(submission, codes).ok());
}

}  // namespace

void TryMessage(const google::protobuf::Message& message) {
  if (const auto* sent = dynamic_cast<const realization::v1::Submission*>(&message)) {
    return TrySubmission(*sent);
  }
  const auto& options = dynamic_cast<const realization::v1::ImportOptions&>(message);
  if (realization::CheckImportOptions(options).ok()) {
    static_cast<void>(realization::StrategyOf(options));
  }
}

Messages SeedMessages() {
  auto submission = std::make_unique<realization::v1::Submission>(realization::TestSubmission());
  auto& ratio = *submission->add_indicators();
  ratio.set_indicator_code("IKU1");
  ratio.mutable_ratio()->set_numerator("45");
  ratio.mutable_ratio()->set_denominator("50");
  submission->add_objectives()->set_objective_code("S1");
  auto options = std::make_unique<realization::v1::ImportOptions>();
  options->set_parent("regions/35.09");
  options->set_import_id("import-1");
  Messages seeds;
  seeds.push_back(std::move(submission));
  seeds.push_back(std::move(options));
  return seeds;
}

}  // namespace sakip::fuzz
