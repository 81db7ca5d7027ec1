#include "services/scoring/rpc/scoring_service.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/paging/page.h"
#include "services/scoring/domain/policy.h"
#include "services/scoring/domain/score.h"
#include "services/scoring/rpc/freshness.h"
#include "services/scoring/rpc/scorecard_to_proto.h"

namespace sakip::scoring {
namespace {

constexpr PageSizes kScorecardPages{50, 500};

absl::StatusOr<Period> CheckPeriod(int year, int quarter) {
  FieldErrors errors;
  if (year < kYearMin || year > kYearMax) {
    errors.Add("year", absl::StrCat("is no year from ", kYearMin, " to ", kYearMax));
  }
  if (quarter < 1 || quarter > kQuarters) errors.Add("quarter", "is no quarter; 1 to 4");
  RETURN_IF_ERROR(errors.ToStatus());
  return Period{year, quarter};
}

absl::StatusOr<ScorecardName> ParseScorecardName(const std::string& text) {
  const auto name = ParseNameIn("scorecards", text);
  if (!name.ok()) return InvalidField("name", name.status().message());
  const auto period = ParsePeriod(name->id);
  if (!period.ok()) {
    return InvalidField(
        "name", absl::StrCat("ends with ", name->id, ", no quarter; {agency}/scorecards/2023Q4"));
  }
  return ScorecardName{name->AgencyName(), *period};
}

void SetPositions(const Positions& from, v1::LogPositions& to) {
  to.set_planning(from.planning);
  to.set_realization(from.realization);
}

}  // namespace

ScoringService::ScoringService(rpc::Gate& gate, const Projection& projection, Progress& progress,
                               std::function<Positions()> ends)
    : gate_(gate), projection_(projection), progress_(progress), ends_(std::move(ends)) {
  gate_.OnDrain([this] { progress_.WakeAll(); });
}

grpc::ServerUnaryReactor* ScoringService::GetScorecard(grpc::CallbackServerContext* context,
                                                       const v1::GetScorecardRequest* request,
                                                       v1::GetScorecardResponse* response) {
  return rpc::UnaryAsync(
      gate_, context, request, response,
      [&](const std::shared_ptr<const rpc::Call>& call, rpc::Done<v1::GetScorecardResponse> done) {
        const auto name = ParseScorecardName(request->name());
        if (!name.ok()) return done(name.status());
        WhenFresh(progress_, request->at_least(), call->deadline(),
                  [this, name = *name, done = std::move(done)](const absl::Status& fresh) {
                    if (!fresh.ok()) return done(fresh);
                    done(DoGetScorecard(name));
                  });
      });
}

grpc::ServerUnaryReactor* ScoringService::ListScorecards(grpc::CallbackServerContext* context,
                                                         const v1::ListScorecardsRequest* request,
                                                         v1::ListScorecardsResponse* response) {
  return rpc::UnaryAsync(gate_, context, request, response,
                         [&](const std::shared_ptr<const rpc::Call>& call,
                             rpc::Done<v1::ListScorecardsResponse> done) {
                           WhenFresh(
                               progress_, request->at_least(), call->deadline(),
                               [this, request, done = std::move(done)](const absl::Status& fresh) {
                                 if (!fresh.ok()) return done(fresh);
                                 done(DoListScorecards(*request));
                               });
                         });
}

absl::StatusOr<std::optional<Scorecard>> ScoringService::Compute(const std::string& agency,
                                                                 Period period) const {
  ASSIGN_OR_RETURN(const AgencyYear facts, projection_.Load(agency, period.year));
  return Score(facts.plans, facts.submissions, DefaultPolicy(), period);
}

absl::StatusOr<v1::GetScorecardResponse> ScoringService::DoGetScorecard(
    const ScorecardName& name) const {
  ASSIGN_OR_RETURN(const auto scorecard, Compute(name.agency, name.period));
  if (!scorecard.has_value()) {
    return MakeError(absl::StatusCode::kNotFound, "SCORECARD_NOT_FOUND",
                     absl::StrCat("no annual plan of ", name.agency, " is in force at the end of ",
                                  FormatPeriod(name.period)));
  }
  v1::GetScorecardResponse response;
  *response.mutable_scorecard() = ToProto(*scorecard);
  return response;
}

absl::StatusOr<v1::ListScorecardsResponse> ScoringService::DoListScorecards(
    const v1::ListScorecardsRequest& request) const {
  const auto parent = ParseResourceName(request.parent());
  if (!parent.ok() || !parent->collection.empty()) {
    return InvalidField("parent", "is no region and no agency");
  }
  ASSIGN_OR_RETURN(const Period period, CheckPeriod(request.year(), request.quarter()));
  const std::string list =
      absl::StrCat("ListScorecards ", request.parent(), " ", FormatPeriod(period));
  ASSIGN_OR_RETURN(const int size, PageSize(request.page_size(), kScorecardPages));
  ASSIGN_OR_RETURN(const std::string after, ParsePageToken(list, request.page_token()));

  v1::ListScorecardsResponse response;
  std::string last;
  absl::Status status;
  RETURN_IF_ERROR(projection_.ForEachAgency(*parent, after, [&](const std::string& agency) {
    const auto scorecard = Compute(agency, period);
    if (!scorecard.ok()) {
      status = scorecard.status();
      return false;
    }
    if (!scorecard->has_value()) return true;
    if (response.scorecards_size() == size) {
      response.set_next_page_token(MakePageToken(list, last));
      return false;
    }
    *response.add_scorecards() = ToSummary(**scorecard);
    last = agency;
    return true;
  }));
  RETURN_IF_ERROR(status);
  return response;
}

grpc::ServerUnaryReactor* ScoringService::GetPolicy(grpc::CallbackServerContext* context,
                                                    const v1::GetPolicyRequest* request,
                                                    v1::GetPolicyResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [&](const rpc::Call&) -> absl::StatusOr<v1::GetPolicyResponse> {
                      const Policy* policy = FindPolicy(request->name());
                      if (policy == nullptr) {
                        return MakeError(absl::StatusCode::kNotFound, "POLICY_NOT_FOUND",
                                         absl::StrCat("there is no policy ", request->name()));
                      }
                      v1::GetPolicyResponse found;
                      *found.mutable_policy() = ToProto(*policy);
                      return found;
                    });
}

grpc::ServerUnaryReactor* ScoringService::ListPolicies(grpc::CallbackServerContext* context,
                                                       const v1::ListPoliciesRequest* request,
                                                       v1::ListPoliciesResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [](const rpc::Call&) -> absl::StatusOr<v1::ListPoliciesResponse> {
                      v1::ListPoliciesResponse all;
                      for (const Policy& policy : BuiltInPolicies()) {
                        *all.add_policies() = ToProto(policy);
                      }
                      return all;
                    });
}

grpc::ServerUnaryReactor* ScoringService::GetProgress(grpc::CallbackServerContext* context,
                                                      const v1::GetProgressRequest* request,
                                                      v1::GetProgressResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [this](const rpc::Call&) -> absl::StatusOr<v1::GetProgressResponse> {
                      v1::GetProgressResponse progress;
                      SetPositions(progress_.read(), *progress.mutable_read());
                      SetPositions(ends_(), *progress.mutable_end());
                      return progress;
                    });
}

}  // namespace sakip::scoring
