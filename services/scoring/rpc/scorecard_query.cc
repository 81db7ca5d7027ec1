#include "services/scoring/rpc/scorecard_query.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "services/scoring/domain/unread.h"

namespace sakip::scoring {

absl::StatusOr<ScorecardName> ParsePeriodName(absl::string_view collection, const std::string& text,
                                              absl::string_view field) {
  const auto name = ParseNameIn(collection, text);
  if (!name.ok()) return InvalidField(field, name.status().message());
  const auto period = ParsePeriod(name->id);
  if (!period.ok()) {
    return InvalidField(field, absl::StrCat("ends with ", name->id, ", no quarter; {agency}/",
                                            collection, "/2023Q4"));
  }
  return ScorecardName{name->AgencyName(), *period};
}

absl::StatusOr<ScorecardName> ParseScorecardName(const std::string& text, absl::string_view field) {
  return ParsePeriodName("scorecards", text, field);
}

std::string ScorecardNameOf(absl::string_view agency, Period period) {
  return absl::StrCat(agency, "/scorecards/", FormatPeriod(period));
}

absl::Status ScorecardNotFound(const ScorecardName& name) {
  return MakeError(absl::StatusCode::kNotFound, "SCORECARD_NOT_FOUND",
                   absl::StrCat("no annual plan of ", name.agency, " is in force at the end of ",
                                FormatPeriod(name.period)));
}

absl::Status CheckAllRead(const PlanHistory& plans, const YearSubmissions& submissions,
                          Period period) {
  const std::vector<const UnreadEvent*> unread = UnreadThatMatter(plans, submissions, period);
  if (unread.empty()) return absl::OkStatus();
  const UnreadEvent& event = *unread.front();
  return MakeError(absl::StatusCode::kFailedPrecondition, "EVENT_NOT_READ",
                   absl::StrCat(event.event, ", position ", event.log_position,
                                ", cannot be read: ", event.why));
}

absl::StatusOr<View> ToView(v1::ScorecardView view, View not_given) {
  switch (view) {
    case v1::SCORECARD_VIEW_UNSPECIFIED:
      return not_given;
    case v1::SCORECARD_VIEW_BASIC:
      return View::kBasic;
    case v1::SCORECARD_VIEW_PROGRAMS:
      return View::kPrograms;
    case v1::SCORECARD_VIEW_FULL:
      return View::kFull;
    default:
      return InvalidField("view", "is none; BASIC, PROGRAMS or FULL");
  }
}

absl::StatusOr<ScorecardQuery> ToScorecardQuery(const v1::GetScorecardRequest& request) {
  ScorecardQuery query;
  ASSIGN_OR_RETURN(query.name, ParseScorecardName(request.name()));
  ASSIGN_OR_RETURN(query.wanted, ToWanted(request));
  query.policy = request.policy();
  query.with_comparisons = request.with_comparisons();
  ASSIGN_OR_RETURN(query.view, ToView(request.view(), View::kFull));
  return query;
}

}  // namespace sakip::scoring
