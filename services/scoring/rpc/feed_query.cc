#include "services/scoring/rpc/feed_query.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/scoring/rpc/list_query.h"
#include "services/scoring/rpc/scorecard_query.h"

namespace sakip::scoring {
namespace {

absl::StatusOr<WatchPlace> ToWatchPlace(const v1::WatchPosition& from) {
  WatchPlace place{ToPositions(from.complete()), std::nullopt, from.through_agency()};
  if (from.has_round()) place.round = ToPositions(from.round());
  if (place.round.has_value() && !place.round->Reach(place.complete)) {
    return InvalidField("from.round", "is before from.complete");
  }
  if (place.through.empty()) return place;
  if (!place.round.has_value()) {
    return InvalidField("from.through_agency", "is given without from.round");
  }
  if (const auto agency = ParseAgencyName(place.through); !agency.ok()) {
    return InvalidField("from.through_agency", agency.status().message());
  }
  return place;
}

absl::Status ReadResume(const v1::ExportPosition& resume, ExportQuery& query) {
  query.state = ToPositions(resume.read());
  if (resume.after().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const ScorecardName after, ParseScorecardName(resume.after(), "resume.after"));
  if (after.period.year != query.year) {
    return InvalidField("resume.after", absl::StrCat("is not of the year ", query.year));
  }
  query.after = {after.agency, after.period.quarter};
  return absl::OkStatus();
}

}  // namespace

v1::WatchPosition ToProto(const WatchPlace& place) {
  v1::WatchPosition to;
  *to.mutable_complete() = ToProto(place.complete);
  if (place.round.has_value()) *to.mutable_round() = ToProto(*place.round);
  to.set_through_agency(place.through);
  return to;
}

absl::StatusOr<WatchQuery> ToWatchQuery(const v1::WatchScorecardsRequest& request) {
  WatchQuery query;
  ASSIGN_OR_RETURN(query.scope, ParseParent(request.parent()));
  ASSIGN_OR_RETURN(query.period, CheckPeriod(request.year(), request.quarter()));
  ASSIGN_OR_RETURN(const Wanted wanted, ToWanted(request.basis(), {}, nullptr));
  query.basis = wanted.basis;
  RETURN_IF_ERROR(CheckReadMask(request.read_mask()));
  query.read_mask = request.read_mask();
  ASSIGN_OR_RETURN(query.from, ToWatchPlace(request.from()));
  return query;
}

absl::StatusOr<ExportQuery> ToExportQuery(const v1::ExportScorecardsRequest& request) {
  ExportQuery query;
  ASSIGN_OR_RETURN(query.scope, ParseParent(request.parent()));
  const bool all = request.quarter() == 0;
  ASSIGN_OR_RETURN(const Period period,
                   CheckPeriod(request.year(), all ? kQuarters : request.quarter()));
  query.year = period.year;
  for (int quarter = all ? 1 : period.quarter; quarter <= period.quarter; ++quarter) {
    query.quarters.push_back(quarter);
  }
  ASSIGN_OR_RETURN(query.wanted, ToWanted(request));
  ASSIGN_OR_RETURN(query.view, ToView(request.view(), View::kBasic));
  RETURN_IF_ERROR(CheckReadMask(request.read_mask()));
  query.read_mask = request.read_mask();
  if (!request.has_resume()) return query;
  RETURN_IF_ERROR(ReadResume(request.resume(), query));
  // A view that was built anew may still be behind where the export broke.
  Positions& at_least = query.wanted.at_least;
  at_least.planning = std::max(at_least.planning, query.state->planning);
  at_least.realization = std::max(at_least.realization, query.state->realization);
  return query;
}

}  // namespace sakip::scoring
