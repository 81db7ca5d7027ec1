#include "services/scoring/rpc/review_service.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "services/scoring/domain/policy.h"
#include "services/scoring/domain/review/review.h"
#include "services/scoring/domain/score.h"
#include "services/scoring/rpc/difference_to_proto.h"
#include "services/scoring/rpc/freshness.h"
#include "services/scoring/rpc/report_from_proto.h"

namespace sakip::scoring {

absl::StatusOr<ReviewService::Query> ReviewService::ReadRequest(
    const v1::ReviewReportRequest& request) {
  const auto name = ParseNameIn("scorecards", request.scorecard());
  if (!name.ok()) return InvalidField("scorecard", name.status().message());
  const auto period = ParsePeriod(name->id);
  if (!period.ok()) return InvalidField("scorecard", "ends with no quarter, such as 2023Q4");
  ASSIGN_OR_RETURN(review::Report report, ReportFromProto(request.tables()));
  return Query{name->AgencyName(), *period, std::move(report)};
}

grpc::ServerUnaryReactor* ReviewService::ReviewReport(grpc::CallbackServerContext* context,
                                                      const v1::ReviewReportRequest* request,
                                                      v1::ReviewReportResponse* response) {
  return rpc::UnaryAsync(
      gate_, context, request, response,
      [&](const std::shared_ptr<const rpc::Call>& call, rpc::Done<v1::ReviewReportResponse> done) {
        auto query = ReadRequest(*request);
        if (!query.ok()) return done(query.status());
        WhenFresh(
            progress_, request->at_least(), call->deadline(),
            [this, query = *std::move(query), done = std::move(done)](const absl::Status& fresh) {
              if (!fresh.ok()) return done(fresh);
              done(DoReviewReport(query));
            });
      });
}

absl::StatusOr<v1::ReviewReportResponse> ReviewService::DoReviewReport(const Query& query) const {
  ASSIGN_OR_RETURN(const AgencyYear facts, projection_.Load(query.agency, query.period.year));
  const Policy& policy = DefaultPolicy();
  const std::optional<Scorecard> scorecard =
      Score(facts.plans, facts.submissions, policy, query.period);
  if (!scorecard.has_value() && review::NeedsScorecard(query.report)) {
    return MakeError(
        absl::StatusCode::kNotFound, "SCORECARD_NOT_FOUND",
        absl::StrCat("the report claims figures of the plans or the scorecard, and no "
                     "annual plan of ",
                     query.agency, " is in force at the end of ", FormatPeriod(query.period)));
  }
  ASSIGN_OR_RETURN(const review::Outcome outcome,
                   review::Review(query.report, facts.plans,
                                  scorecard.has_value() ? &*scorecard : nullptr, policy));
  v1::ReviewReportResponse response;
  for (const review::Difference& difference : outcome.differences) {
    *response.add_differences() = ToProto(difference);
  }
  response.set_figure_count(outcome.figure_count);
  response.set_claim_count(outcome.claim_count);
  return response;
}

}  // namespace sakip::scoring
