// ScoringServer is scoring behind a port, over logs that a test makes.
#ifndef SAKIP_SERVICES_SCORING_RPC_TESTING_SCORING_SERVER_H_
#define SAKIP_SERVICES_SCORING_RPC_TESTING_SCORING_SERVER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/rpc/channel.h"
#include "common/rpc/server.h"
#include "common/rpc/test_call.h"
#include "services/scoring/rpc/explain_service.h"
#include "services/scoring/rpc/scorecard_feed_service.h"
#include "services/scoring/rpc/scoring_service.h"
#include "services/scoring/store/testing/counted_view_store.h"
#include "services/scoring/store/testing/test_logs.h"

namespace sakip::scoring {

// Scoring over a view of its own. Thread-safe but for Read.
class ScoringServer {
 public:
  using Stub = v1::ScoringService::Stub;

  // As ScorecardFeedService.
  explicit ScoringServer(absl::Duration quiet_max = absl::Hours(1)) {
    rpc::GateOptions gate_options;
    gate_options.services = {v1::ScoringService::service_full_name(),
                             v1::ScorecardFeedService::service_full_name(),
                             v1::ExplainService::service_full_name()};
    gate_ = rpc::Gate::Create(std::move(gate_options)).value();
    service_ = std::make_unique<ScoringService>(*gate_, projection_, progress_, [] {
      return Positions{70, 80};
    });
    feed_ = std::make_unique<ScorecardFeedService>(*gate_, projection_, progress_, quiet_max);
    explain_ = std::make_unique<ExplainService>(*gate_, projection_, progress_);
    rpc::ServerOptions server_options;
    server_options.services = {service_.get(), feed_.get(), explain_.get()};
    server_ = rpc::Server::Start(std::move(server_options), *gate_).value();
    // A channel within the process must not be used after the server has drained.
    const auto channel = rpc::MakeChannel({.target = server_->address()}).value();
    stub_ = v1::ScoringService::NewStub(channel);
    feed_stub_ = v1::ScorecardFeedService::NewStub(channel);
    explain_stub_ = v1::ExplainService::NewStub(channel);
  }

  // Reads the logs to their ends.
  void Read(const TestLogs& logs, size_t batch = 1000) {
    logs.ApplyTo(projection_, batch);
    for (const Source source : {Source::kPlanning, Source::kRealization}) {
      progress_.Advance(source, logs.End(source));
    }
  }

  absl::StatusOr<v1::GetScorecardResponse> Get(const v1::GetScorecardRequest& request) {
    return rpc::CallNow(*stub_, &Stub::GetScorecard, request);
  }
  absl::StatusOr<v1::GetScorecardResponse> Get(const std::string& name, uint64_t planning = 0,
                                               uint64_t realization = 0,
                                               absl::Duration timeout = absl::Seconds(30),
                                               const std::string& dev_identity = "") {
    v1::GetScorecardRequest request;
    request.set_name(name);
    request.mutable_at_least()->set_planning(planning);
    request.mutable_at_least()->set_realization(realization);
    return rpc::CallNow(*stub_, &Stub::GetScorecard, request, dev_identity, timeout);
  }

  absl::StatusOr<v1::ListScorecardsResponse> List(const v1::ListScorecardsRequest& request) {
    return rpc::CallNow(*stub_, &Stub::ListScorecards, request);
  }
  absl::StatusOr<v1::ListScorecardsResponse> List(const std::string& parent, int page_size = 0,
                                                  const std::string& page_token = "",
                                                  int year = 2023, int quarter = 4) {
    v1::ListScorecardsRequest request;
    request.set_parent(parent);
    request.set_year(year);
    request.set_quarter(quarter);
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    return rpc::CallNow(*stub_, &Stub::ListScorecards, request);
  }

  absl::StatusOr<v1::ExplainFigureResponse> Explain(const v1::ExplainFigureRequest& request,
                                                    const std::string& dev_identity = "") {
    return rpc::CallNow(*explain_stub_, &v1::ExplainService::Stub::ExplainFigure, request,
                        dev_identity);
  }

  v1::ScoringService::Stub& stub() { return *stub_; }
  v1::ScorecardFeedService::Stub& feed() { return *feed_stub_; }
  rpc::Server& server() { return *server_; }
  CountedViewStore& store() { return store_; }

 private:
  CountedViewStore store_;
  Projection projection_{store_};
  Progress progress_;
  std::unique_ptr<rpc::Gate> gate_;
  std::unique_ptr<ScoringService> service_;
  std::unique_ptr<ScorecardFeedService> feed_;
  std::unique_ptr<ExplainService> explain_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<Stub> stub_;
  std::unique_ptr<v1::ScorecardFeedService::Stub> feed_stub_;
  std::unique_ptr<v1::ExplainService::Stub> explain_stub_;
};

inline std::string CardOf(const std::string& agency, const std::string& period = "2023Q4") {
  return absl::StrCat(agency, "/scorecards/", period);
}

inline std::vector<std::string> Names(const v1::ListScorecardsResponse& page) {
  std::vector<std::string> names;
  for (const v1::Scorecard& scorecard : page.scorecards()) names.push_back(scorecard.name());
  return names;
}

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_TESTING_SCORING_SERVER_H_
