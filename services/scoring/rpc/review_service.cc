#include "services/scoring/rpc/review_service.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/period.h"
#include "common/base/status_macros.h"
#include "services/scoring/domain/review/review.h"
#include "services/scoring/domain/unread.h"
#include "services/scoring/rpc/difference_to_proto.h"
#include "services/scoring/rpc/fresh_read.h"
#include "services/scoring/rpc/report_from_proto.h"
#include "services/scoring/rpc/scorer.h"

namespace sakip::scoring {

absl::StatusOr<ReviewService::Query> ReviewService::ReadRequest(
    const v1::ReviewReportRequest& request) {
  Query query;
  ASSIGN_OR_RETURN(query.scorecard, ParseScorecardName(request.scorecard(), "scorecard"));
  ASSIGN_OR_RETURN(query.wanted, ToWanted(request));
  ASSIGN_OR_RETURN(query.report, ReportFromProto(request.tables()));
  return query;
}

grpc::ServerUnaryReactor* ReviewService::ReviewReport(grpc::CallbackServerContext* context,
                                                      const grpc::ByteBuffer* in,
                                                      grpc::ByteBuffer* out) {
  return FreshRead<v1::ReviewReportRequest>(
      gate_, progress_, context, in, out, ReadRequest,
      [this](const Query& query) { return DoReviewReport(query); });
}

absl::StatusOr<v1::ReviewReportResponse> ReviewService::DoReviewReport(const Query& query) const {
  const auto& [agency, period] = query.scorecard;
  const AsOf as_of = Resolve(query.wanted.as_of, progress_.read());
  ASSIGN_OR_RETURN(const Scored own, Scorer(projection_, period.year, as_of, query.wanted.basis)
                                         .Score(agency, period, Derivations::kKept));
  const std::optional<Scorecard>& scorecard = own.card;
  if (!scorecard.has_value() && review::NeedsScorecard(query.report)) {
    return MakeError(absl::StatusCode::kNotFound, "SCORECARD_NOT_FOUND",
                     absl::StrCat("the report claims figures of the plans or the scorecard, and no "
                                  "annual plan of ",
                                  agency, " is in force at the end of ", FormatPeriod(period)));
  }
  const std::vector<const UnreadEvent*> unread =
      UnreadThatMatter(own.facts.plans, own.facts.submissions, period);
  if (!unread.empty() && review::NeedsScorecard(query.report)) {
    return MakeError(
        absl::StatusCode::kFailedPrecondition, "EVENT_NOT_READ",
        absl::StrCat("the report claims figures of the plans or the scorecard, and ",
                     unread.front()->event, ", position ", unread.front()->log_position,
                     ", cannot be read: ", unread.front()->why));
  }
  ASSIGN_OR_RETURN(const review::Outcome outcome,
                   review::Review(query.report, own.facts.plans,
                                  scorecard.has_value() ? &*scorecard : nullptr, *own.policy));
  v1::ReviewReportResponse response;
  *response.mutable_read() = ToProto(Positions{as_of.planning, as_of.realization});
  for (const review::Difference& difference : outcome.differences) {
    *response.add_differences() = ToProto(difference);
  }
  response.set_figure_count(outcome.figure_count);
  response.set_claim_count(outcome.claim_count);
  return response;
}

}  // namespace sakip::scoring
