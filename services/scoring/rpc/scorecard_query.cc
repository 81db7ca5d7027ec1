#include "services/scoring/rpc/scorecard_query.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/paging/page.h"

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

// A page token holds the state that the first page told and the agency that the page ends with.
absl::Status ReadPageToken(const std::string& token, ListQuery& query) {
  if (token.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::string key, ParsePageToken(query.list, token));
  const std::vector<std::string> parts = absl::StrSplit(key, absl::MaxSplits(' ', 2));
  Positions state;
  if (parts.size() != 3 || !absl::SimpleAtoi(parts[0], &state.planning) ||
      !absl::SimpleAtoi(parts[1], &state.realization)) {
    return InvalidField("page_token", "is not the next_page_token of this list");
  }
  query.state = state;
  query.after = parts[2];
  return absl::OkStatus();
}

}  // namespace

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

absl::Status ScorecardNotFound(const ScorecardName& name) {
  return MakeError(absl::StatusCode::kNotFound, "SCORECARD_NOT_FOUND",
                   absl::StrCat("no annual plan of ", name.agency, " is in force at the end of ",
                                FormatPeriod(name.period)));
}

absl::StatusOr<ScorecardQuery> ToScorecardQuery(const v1::GetScorecardRequest& request) {
  ScorecardQuery query;
  ASSIGN_OR_RETURN(query.name, ParseScorecardName(request.name()));
  ASSIGN_OR_RETURN(query.wanted, ToWanted(request));
  query.policy = request.policy();
  query.with_comparisons = request.with_comparisons();
  return query;
}

std::string ListQuery::NextPageToken(const Positions& told, const std::string& last) const {
  return MakePageToken(list, absl::StrCat(told.planning, " ", told.realization, " ", last));
}

absl::StatusOr<ListQuery> ToListQuery(const v1::ListScorecardsRequest& request) {
  ListQuery query;
  const auto scope = ParseResourceName(request.parent());
  if (!scope.ok() || !scope->collection.empty()) {
    return InvalidField("parent", "is no region and no agency");
  }
  query.scope = *scope;
  ASSIGN_OR_RETURN(query.period, CheckPeriod(request.year(), request.quarter()));
  query.list = absl::StrCat("ListScorecards ", request.parent(), " ", FormatPeriod(query.period),
                            " ", request.basis(), " ", request.as_of().SerializeAsString());
  ASSIGN_OR_RETURN(query.size, PageSize(request.page_size(), kScorecardPages));
  RETURN_IF_ERROR(ReadPageToken(request.page_token(), query));
  // A view that was built anew may still be behind the first page.
  const v1::LogPositions at_least =
      query.state.has_value() ? ToProto(*query.state) : request.at_least();
  ASSIGN_OR_RETURN(query.wanted, ToWanted(request.basis(), at_least,
                                          request.has_as_of() ? &request.as_of() : nullptr));
  return query;
}

}  // namespace sakip::scoring
