// Servers that give canned answers on a free port, for tests of commands.
//
// Thread-safe as far as a test uses them: answers are set before the command runs, what was asked
// is read after it.
#ifndef SAKIP_SERVICES_CLI_TESTING_SERVERS_H_
#define SAKIP_SERVICES_CLI_TESTING_SERVERS_H_

#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/rpc/status_convert.h"
#include "sakip/audit/v1/audit_service.grpc.pb.h"
#include "sakip/eventlog/v1/event_log_service.grpc.pb.h"
#include "sakip/planning/v1/code_edition_service.grpc.pb.h"
#include "sakip/planning/v1/planning_service.grpc.pb.h"
#include "sakip/planning/v1/reference_value_service.grpc.pb.h"
#include "sakip/planning/v1/scoring_policy_service.grpc.pb.h"
#include "sakip/realization/v1/realization_service.grpc.pb.h"
#include "sakip/scoring/v1/explain_service.grpc.pb.h"
#include "sakip/scoring/v1/form_service.grpc.pb.h"
#include "sakip/scoring/v1/review_service.grpc.pb.h"
#include "sakip/scoring/v1/scorecard_feed_service.grpc.pb.h"
#include "sakip/scoring/v1/scoring_service.grpc.pb.h"

namespace sakip::cli {

// What a fake was asked, and the answer it gives: `error` where that is set.
template <typename Request, typename Response>
struct Canned {
  Response response;
  absl::Status error;
  std::vector<absl::Status> errors;  // By call, before `error`; shorter lists end in `error`.
  std::vector<Request> requests;
  std::string identity;  // The metadata of the last call.

  grpc::Status Answer(const grpc::ServerContext& context, const Request& request, Response* out) {
    const auto found = context.client_metadata().find("sakip-dev-identity");
    if (found != context.client_metadata().end()) {
      identity = std::string(found->second.data(), found->second.size());
    }
    requests.push_back(request);
    const absl::Status status =
        requests.size() <= errors.size() ? errors[requests.size() - 1] : error;
    if (!status.ok()) return rpc::ToGrpcStatus(status, "test");
    *out = response;
    return grpc::Status::OK;
  }
};

#define SAKIP_CANNED(Method)                                                        \
  Canned<Method##Request, Method##Response> Method##_;                              \
  grpc::Status Method(grpc::ServerContext* context, const Method##Request* request, \
                      Method##Response* response) override {                        \
    return Method##_.Answer(*context, *request, response);                          \
  }

namespace planning_fake {
using namespace planning::v1;  // NOLINT: the macro names requests without a namespace.
struct Fake : PlanningService::Service {
  SAKIP_CANNED(RegisterAgency)
  SAKIP_CANNED(GetAgency)
  SAKIP_CANNED(ListAgencies)
  SAKIP_CANNED(PublishDocument)
  SAKIP_CANNED(PublishPlan)
  SAKIP_CANNED(CheckPlan)
  SAKIP_CANNED(GetDocument)
  SAKIP_CANNED(ListDocumentRevisions)
};
struct CodeEditionFake : CodeEditionService::Service {
  SAKIP_CANNED(PublishCodeEdition)
  SAKIP_CANNED(GetCodeEdition)
  SAKIP_CANNED(ListCodeEditions)
  SAKIP_CANNED(LookUpCodes)
};
struct ReferenceValueFake : ReferenceValueService::Service {
  SAKIP_CANNED(PublishReferenceValues)
  SAKIP_CANNED(ListReferenceValues)
};
struct ScoringPolicyFake : ScoringPolicyService::Service {
  SAKIP_CANNED(PublishScoringPolicy)
};
}  // namespace planning_fake

namespace realization_fake {
using namespace realization::v1;  // NOLINT
struct Fake : RealizationService::Service {
  SAKIP_CANNED(SubmitQuarter)
  SAKIP_CANNED(GetSubmission)
  SAKIP_CANNED(ListSubmissions)
  SAKIP_CANNED(VerifySubmission)
  SAKIP_CANNED(ReturnSubmission)
  SAKIP_CANNED(OpenQuarter)
  SAKIP_CANNED(CloseQuarter)
  SAKIP_CANNED(ReopenQuarter)
  SAKIP_CANNED(GetQuarter)
  SAKIP_CANNED(GetQuarterProgress)
};
}  // namespace realization_fake

namespace scoring_fake {
using namespace scoring::v1;  // NOLINT
struct Fake : ScoringService::Service {
  SAKIP_CANNED(GetScorecard)
  SAKIP_CANNED(SimulateScorecard)
  SAKIP_CANNED(SummarizeScorecards)
  SAKIP_CANNED(ListScorecards)
  SAKIP_CANNED(GetPolicy)
  SAKIP_CANNED(ListPolicies)
  SAKIP_CANNED(GetProgress)
};
struct ExplainFake : ExplainService::Service {
  SAKIP_CANNED(ExplainFigure)
};
struct FormFake : FormService::Service {
  SAKIP_CANNED(GetRenjaEvaluation)
  SAKIP_CANNED(GetMandatoryAnalyses)
};
struct ReviewFake : ReviewService::Service {
  SAKIP_CANNED(ReviewReport)
};
struct FeedFake : ScorecardFeedService::Service {
  // By call: sends these, then ends with the status. Calls after the last get nothing.
  std::vector<std::pair<std::vector<ExportScorecardsResponse>, absl::Status>> exports;
  std::vector<ExportScorecardsRequest> export_requests;
  grpc::Status ExportScorecards(grpc::ServerContext*, const ExportScorecardsRequest* request,
                                grpc::ServerWriter<ExportScorecardsResponse>* writer) override {
    export_requests.push_back(*request);
    if (export_requests.size() > exports.size()) return grpc::Status::OK;
    const auto& [messages, end] = exports[export_requests.size() - 1];
    for (const auto& message : messages) writer->Write(message);
    return end.ok() ? grpc::Status::OK : rpc::ToGrpcStatus(end, "test");
  }

  // Sends this, and ends as a server that stops.
  WatchScorecardsResponse watch;
  std::vector<WatchScorecardsRequest> watch_requests;
  grpc::Status WatchScorecards(grpc::ServerContext*, const WatchScorecardsRequest* request,
                               grpc::ServerWriter<WatchScorecardsResponse>* writer) override {
    watch_requests.push_back(*request);
    writer->Write(watch);
    return rpc::ToGrpcStatus(MakeError(absl::StatusCode::kUnavailable, "SHUTTING_DOWN", "stops"),
                             "test");
  }
};
}  // namespace scoring_fake

namespace eventlog_fake {
using namespace eventlog::v1;  // NOLINT
struct Fake : EventLogService::Service {
  SAKIP_CANNED(GetHead)
  SAKIP_CANNED(ReadRecords)

  // Sends these, then ends with `follow_end`.
  std::vector<FollowRecordsResponse> follow;
  absl::Status follow_end;
  grpc::Status FollowRecords(grpc::ServerContext*, const FollowRecordsRequest*,
                             grpc::ServerWriter<FollowRecordsResponse>* writer) override {
    for (const auto& response : follow) writer->Write(response);
    return follow_end.ok() ? grpc::Status::OK : rpc::ToGrpcStatus(follow_end, "test");
  }
};
}  // namespace eventlog_fake

namespace audit_fake {
using namespace audit::v1;  // NOLINT
struct Fake : AuditService::Service {
  SAKIP_CANNED(ListAuditEntries)
};
}  // namespace audit_fake

#undef SAKIP_CANNED

// One listening server. Stops when destroyed.
class FakeServer {
 public:
  explicit FakeServer(const std::vector<grpc::Service*>& services) {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    for (grpc::Service* service : services) builder.RegisterService(service);
    server_ = builder.BuildAndStart();
    address_ = absl::StrCat("127.0.0.1:", port);
  }

  const std::string& address() const { return address_; }
  void SetServing(bool serving) { server_->GetHealthCheckService()->SetServingStatus(serving); }

 private:
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_TESTING_SERVERS_H_
