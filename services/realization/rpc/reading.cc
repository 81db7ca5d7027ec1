// Reading submissions and quarters.

#include <algorithm>
#include <limits>
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
#include "sakip/realization/v1/events.pb.h"
#include "services/realization/domain/submission_name.h"
#include "services/realization/domain/submit.h"
#include "services/realization/rpc/realization_service.h"

namespace sakip::realization {
namespace {

constexpr size_t kHistoryMax = 200;
constexpr size_t kReasonBytesMax = 1 << 20;

}  // namespace

absl::StatusOr<v1::GetSubmissionResponse> RealizationService::DoGetSubmission(
    const v1::GetSubmissionRequest& request) const {
  const auto name = ParseSubmissionName(request.name());
  if (!name.ok()) return InvalidField("name", name.status().message());
  const std::vector<uint64_t> revisions = view_.Revisions(request.name());
  const size_t revision = request.revision() == 0 ? revisions.size() : request.revision();
  if (revision == 0 || revision > revisions.size()) return SubmissionNotFound(request.name());
  // An earlier revision is shown as it was when it was superseded.
  const uint64_t as_of =
      revision == revisions.size() ? std::numeric_limits<uint64_t>::max() : revisions[revision] - 1;
  v1::GetSubmissionResponse response;
  ASSIGN_OR_RETURN(*response.mutable_submission(),
                   steps_.ReadSubmission(view_.QuarterAt(request.name(), as_of)));
  return response;
}

absl::StatusOr<v1::ListSubmissionsResponse> RealizationService::DoListSubmissions(
    const v1::ListSubmissionsRequest& request) const {
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

absl::StatusOr<v1::GetQuarterResponse> RealizationService::DoGetQuarter(
    const rpc::Call& call, const v1::GetQuarterRequest& request) const {
  const auto name = ParseSubmissionName(request.name());
  if (!name.ok()) return InvalidField("name", name.status().message());
  const std::vector<QuarterEvent> history = view_.History(request.name(), kHistoryMax);
  const uint64_t last = history.empty() ? 0 : history.back().position;
  v1::GetQuarterResponse response;
  v1::Quarter& quarter = *response.mutable_quarter();
  ASSIGN_OR_RETURN(quarter, steps_.ReadQuarter(call, request.name(),
                                               view_.QuarterAt(request.name(), last), last));
  for (const QuarterEvent& event : history) *quarter.add_history() = ToProto(event);
  RETURN_IF_ERROR(AddReasons(quarter));
  return response;
}

absl::Status RealizationService::AddReasons(v1::Quarter& quarter) const {
  size_t bytes = 0;
  auto& history = *quarter.mutable_history();
  for (auto step = history.rbegin(); step != history.rend(); ++step) {
    if (step->step() != v1::STEP_RETURN) continue;
    ASSIGN_OR_RETURN(auto event,
                     eventlog::ReadEvent<v1::SubmissionReturned>(log_, step->log_position()));
    bytes += event.ByteSizeLong();
    if (bytes > kReasonBytesMax) break;
    *step->mutable_reasons() = std::move(*event.mutable_reasons());
  }
  return absl::OkStatus();
}

}  // namespace sakip::realization
