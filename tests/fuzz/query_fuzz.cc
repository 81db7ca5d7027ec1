// Requests of scoring as callers send them: filters, orders, page tokens, places of streams. And of
// every request of the suite, whose data it is about.
#include "services/scoring/rpc/explain_query.h"
#include "services/scoring/rpc/feed_query.h"
#include "services/scoring/rpc/list_query.h"
#include "services/scoring/rpc/policy_query.h"
#include "services/scoring/rpc/scorecard_query.h"
#include "services/scoring/rpc/simulation_query.h"
#include "tests/calls/every_method.h"
#include "tests/fuzz/gate_look.h"
#include "tests/fuzz/message_target.h"

namespace sakip::fuzz {
namespace {

using google::protobuf::Message;

template <typename Request, typename Convert>
void TryIf(const Message& message, Convert convert) {
  const auto* request = dynamic_cast<const Request*>(&message);
  if (request != nullptr) static_cast<void>(convert(*request));
}

void TryQueries(const Message& message) {
  using namespace scoring;  // NOLINT: six headers of one namespace.
  TryIf<v1::ListScorecardsRequest>(message, ToListQuery);
  TryIf<v1::SummarizeScorecardsRequest>(message, ToScopeQuery);
  TryIf<v1::WatchScorecardsRequest>(message, ToWatchQuery);
  TryIf<v1::ExportScorecardsRequest>(message, ToExportQuery);
  TryIf<v1::GetScorecardRequest>(message, ToScorecardQuery);
  TryIf<v1::SimulateScorecardRequest>(message, ToSimulationQuery);
  TryIf<v1::GetPolicyRequest>(message, ToPolicyQuery);
  TryIf<v1::ListPoliciesRequest>(message, ToPolicyListQuery);
  TryIf<v1::ExplainFigureRequest>(message, ToExplainQuery);
}

}  // namespace

void TryMessage(const Message& message) {
  const rpc::Method* method = calls::EveryMethod().FindByRequest(message.GetDescriptor());
  SAKIP_CHECK(method != nullptr);
  LookAsTheGate(*method, message);
  TryQueries(message);
}

Messages SeedMessages() {
  Messages seeds;
  for (const rpc::Method& method : calls::EveryMethod().methods()) {
    seeds.push_back(calls::SampleRequest(method));
  }
  return seeds;
}

}  // namespace sakip::fuzz
