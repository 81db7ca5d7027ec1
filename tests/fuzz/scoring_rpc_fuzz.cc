// Every RPC of scoring, over the logs of a sample agency.
#include "common/rpc/server.h"
#include "common/views/memory_view_store.h"
#include "services/scoring/rpc/explain_service.h"
#include "services/scoring/rpc/form_service.h"
#include "services/scoring/rpc/review_service.h"
#include "services/scoring/rpc/scorecard_feed_service.h"
#include "services/scoring/rpc/scoring_service.h"
#include "services/scoring/store/testing/test_logs.h"
#include "tests/fuzz/rpc_target.h"

namespace sakip::fuzz {
namespace {

std::vector<std::string> Services() {
  return {scoring::v1::ScoringService::service_full_name(),
          scoring::v1::ExplainService::service_full_name(),
          scoring::v1::FormService::service_full_name(),
          scoring::v1::ReviewService::service_full_name(),
          scoring::v1::ScorecardFeedService::service_full_name()};
}

class Scoring final : public ServedSuite {
 public:
  Scoring() {
    scoring::TestLogs logs;
    logs.AddAgency();
    logs.Add(scoring::TestPlan());
    logs.Add(scoring::TestSubmission());
    logs.ApplyTo(projection_);
    for (const scoring::Source source :
         {scoring::Source::kPlanning, scoring::Source::kRealization}) {
      progress_.Advance(source, logs.End(source));
    }
    rpc::GateOptions gate_options;
    gate_options.services = Services();
    gate_ = rpc::Gate::Create(std::move(gate_options)).value();
    scoring_ = std::make_unique<scoring::ScoringService>(*gate_, projection_, progress_, [] {
      return scoring::Positions{2, 1};
    });
    explain_ = std::make_unique<scoring::ExplainService>(*gate_, projection_, progress_);
    form_ = std::make_unique<scoring::FormService>(*gate_, projection_, progress_);
    review_ = std::make_unique<scoring::ReviewService>(*gate_, projection_, progress_);
    feed_ = std::make_unique<scoring::ScorecardFeedService>(*gate_, projection_, progress_);
    rpc::ServerOptions server_options;
    server_options.services = {scoring_.get(), explain_.get(), form_.get(), review_.get(),
                               feed_.get()};
    server_ = rpc::Server::Start(std::move(server_options), *gate_).value();
  }
  rpc::Server& server() override { return *server_; }

 private:
  views::MemoryViewStore store_;
  scoring::Projection projection_{store_};
  scoring::Progress progress_;
  std::unique_ptr<rpc::Gate> gate_;
  std::unique_ptr<scoring::ScoringService> scoring_;
  std::unique_ptr<scoring::ExplainService> explain_;
  std::unique_ptr<scoring::FormService> form_;
  std::unique_ptr<scoring::ReviewService> review_;
  std::unique_ptr<scoring::ScorecardFeedService> feed_;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace

void TryMessage(const google::protobuf::Message& message) {
  static RpcTarget& target = *new RpcTarget([] { return std::make_unique<Scoring>(); });
  target.Call(message);
}

Messages SeedMessages() { return RequestsOf(Services()); }

}  // namespace sakip::fuzz
