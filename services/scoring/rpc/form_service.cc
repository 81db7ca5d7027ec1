#include "services/scoring/rpc/form_service.h"

#include <optional>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "services/scoring/domain/form/analyses.h"
#include "services/scoring/domain/form/renja_evaluation.h"
#include "services/scoring/rpc/analyses_to_proto.h"
#include "services/scoring/rpc/earlier_years.h"
#include "services/scoring/rpc/fresh_read.h"
#include "services/scoring/rpc/renja_evaluation_to_proto.h"

namespace sakip::scoring {
namespace {

// That the report compares with: `tahun lalu dan beberapa tahun terakhir`.
constexpr int kReportYears = 2;

YearFacts FactsOf(const AgencyYear& facts, int year) {
  return {year, &facts.plans, &facts.submissions, nullptr};
}

}  // namespace

template <typename Request>
absl::StatusOr<FormService::Query> FormService::ReadRequest(absl::string_view collection,
                                                            const Request& request) {
  Query query;
  ASSIGN_OR_RETURN(query.name, ParsePeriodName(collection, request.name(), "name"));
  ASSIGN_OR_RETURN(query.wanted, ToWanted(request));
  return query;
}

grpc::ServerUnaryReactor* FormService::GetRenjaEvaluation(grpc::CallbackServerContext* context,
                                                          const grpc::ByteBuffer* in,
                                                          grpc::ByteBuffer* out) {
  return FreshRead<v1::GetRenjaEvaluationRequest>(
      gate_, progress_, context, in, out,
      [](const v1::GetRenjaEvaluationRequest& request) {
        return ReadRequest("renjaEvaluations", request);
      },
      [this](const Query& query) { return DoGetRenjaEvaluation(query); });
}

grpc::ServerUnaryReactor* FormService::GetMandatoryAnalyses(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* in,
                                                            grpc::ByteBuffer* out) {
  return FreshRead<v1::GetMandatoryAnalysesRequest>(
      gate_, progress_, context, in, out,
      [](const v1::GetMandatoryAnalysesRequest& request) {
        return ReadRequest("mandatoryAnalyses", request);
      },
      [this](const Query& query) { return DoGetMandatoryAnalyses(query); });
}

absl::StatusOr<AgencyYear> FormService::LoadYear(const Query& query, const AsOf& as_of) const {
  ASSIGN_OR_RETURN(AgencyYear facts, projection_.Load(query.name.agency, query.name.period.year,
                                                      as_of, query.wanted.basis));
  RETURN_IF_ERROR(CheckAllRead(facts.plans, facts.submissions, query.name.period));
  return facts;
}

absl::StatusOr<v1::GetRenjaEvaluationResponse> FormService::DoGetRenjaEvaluation(
    const Query& query) const {
  const auto& [agency, period] = query.name;
  const AsOf as_of = Resolve(query.wanted.as_of, progress_.read());
  ASSIGN_OR_RETURN(const AgencyYear facts, LoadYear(query, as_of));
  const YearFacts now = FactsOf(facts, period.year);
  ASSIGN_OR_RETURN(
      const EarlierYears before,
      LoadEarlierYears(projection_, agency, form::FirstStrategicYear(now, period.quarter),
                       period.year, as_of, query.wanted.basis));
  const auto evaluation = form::EvaluateRenja(now, before.facts, period.quarter);
  if (!evaluation.has_value()) return ScorecardNotFound(query.name);
  v1::GetRenjaEvaluationResponse response;
  *response.mutable_evaluation() = ToProto(*evaluation);
  *response.mutable_read() = ToProto(Positions{as_of.planning, as_of.realization});
  return response;
}

absl::StatusOr<v1::GetMandatoryAnalysesResponse> FormService::DoGetMandatoryAnalyses(
    const Query& query) const {
  const auto& [agency, period] = query.name;
  const AsOf as_of = Resolve(query.wanted.as_of, progress_.read());
  ASSIGN_OR_RETURN(const AgencyYear facts, LoadYear(query, as_of));
  ASSIGN_OR_RETURN(const EarlierYears before,
                   LoadEarlierYears(projection_, agency, period.year - kReportYears, period.year,
                                    as_of, query.wanted.basis));
  ASSIGN_OR_RETURN(const std::vector<ReferenceValue> references,
                   projection_.LoadReferences(agency, period.year, as_of));
  const auto analyses =
      form::CheckAnalyses(FactsOf(facts, period.year), before.facts, references, period.quarter);
  if (!analyses.has_value()) return ScorecardNotFound(query.name);
  v1::GetMandatoryAnalysesResponse response;
  *response.mutable_analyses() = ToProto(*analyses);
  *response.mutable_read() = ToProto(Positions{as_of.planning, as_of.realization});
  return response;
}

}  // namespace sakip::scoring
