#include "services/realization/rpc/realization_service.h"

#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "common/paging/page.h"
#include "services/realization/domain/submission_name.h"
#include "services/realization/domain/submit.h"

namespace sakip::realization {
namespace {

absl::Status WorkflowNotOffered() {
  return MakeError(absl::StatusCode::kUnimplemented, "NOT_OFFERED",
                   "this server does not offer the workflow of verification");
}

}  // namespace

grpc::ServerUnaryReactor* RealizationService::SubmitQuarter(grpc::CallbackServerContext* context,
                                                            const v1::SubmitQuarterRequest* request,
                                                            v1::SubmitQuarterResponse* response) {
  return rpc::UnaryAsync(gate_, context, request, response,
                         [&](const std::shared_ptr<const rpc::Call>& call, SubmitDone done) {
                           DoSubmitQuarter(call, *request, std::move(done));
                         });
}

grpc::ServerUnaryReactor* RealizationService::GetSubmission(grpc::CallbackServerContext* context,
                                                            const v1::GetSubmissionRequest* request,
                                                            v1::GetSubmissionResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [&](const rpc::Call&) { return DoGetSubmission(*request); });
}

grpc::ServerUnaryReactor* RealizationService::ListSubmissions(
    grpc::CallbackServerContext* context, const v1::ListSubmissionsRequest* request,
    v1::ListSubmissionsResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [&](const rpc::Call&) { return DoListSubmissions(*request); });
}

grpc::ServerUnaryReactor* RealizationService::VerifySubmission(
    grpc::CallbackServerContext* context, const v1::VerifySubmissionRequest* request,
    v1::VerifySubmissionResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [](const rpc::Call&) -> absl::StatusOr<v1::VerifySubmissionResponse> {
                      return WorkflowNotOffered();
                    });
}

grpc::ServerUnaryReactor* RealizationService::ReturnSubmission(
    grpc::CallbackServerContext* context, const v1::ReturnSubmissionRequest* request,
    v1::ReturnSubmissionResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [](const rpc::Call&) -> absl::StatusOr<v1::ReturnSubmissionResponse> {
                      return WorkflowNotOffered();
                    });
}

absl::StatusOr<v1::GetSubmissionResponse> RealizationService::DoGetSubmission(
    const v1::GetSubmissionRequest& request) {
  const auto name = ParseSubmissionName(request.name());
  if (!name.ok()) return InvalidField("name", name.status().message());
  const std::vector<uint64_t> revisions = view_.Revisions(request.name());
  const size_t revision = request.revision() == 0 ? revisions.size() : request.revision();
  if (revision == 0 || revision > revisions.size()) return SubmissionNotFound(request.name());
  v1::GetSubmissionResponse response;
  ASSIGN_OR_RETURN(*response.mutable_submission(), ReadSubmission(revisions[revision - 1]));
  return response;
}

absl::StatusOr<v1::ListSubmissionsResponse> RealizationService::DoListSubmissions(
    const v1::ListSubmissionsRequest& request) {
  const auto parent = ParseResourceName(request.parent());
  if (!parent.ok() || !parent->collection.empty()) {
    return InvalidField("parent", "is no region and no agency");
  }
  if (request.year() != 0 && (request.year() < kYearMin || request.year() > kYearMax)) {
    return InvalidField(
        "year", absl::StrCat("is no year from ", kYearMin, " to ", kYearMax, "; 0 for all"));
  }
  const std::string list = absl::StrCat("ListSubmissions ", request.parent(), " ", request.year());
  ASSIGN_OR_RETURN(const int size, PageSize(request.page_size(), PageSizes()));
  ASSIGN_OR_RETURN(const std::string after, ParsePageToken(list, request.page_token()));

  const std::string year =
      request.year() == 0 ? "" : absl::StrCat("/submissions/", request.year(), "Q");
  std::vector<v1::Submission> submissions =
      view_.List(after, static_cast<size_t>(size) + 1, [&](const v1::Submission& submission) {
        return ScopeCovers(*parent, AgencyOf(submission.name())) &&
               absl::StrContains(submission.name(), year);
      });
  v1::ListSubmissionsResponse response;
  if (submissions.size() > static_cast<size_t>(size)) {
    submissions.pop_back();
    response.set_next_page_token(MakePageToken(list, submissions.back().name()));
  }
  for (v1::Submission& submission : submissions) {
    *response.add_submissions() = std::move(submission);
  }
  return response;
}

}  // namespace sakip::realization
