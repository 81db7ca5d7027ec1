// What reads of scorecards ask for, checked. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_RPC_SCORECARD_QUERY_H_
#define SAKIP_SERVICES_SCORING_RPC_SCORECARD_QUERY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/base/period.h"
#include "sakip/scoring/v1/scoring_service.pb.h"
#include "services/scoring/domain/facts.h"
#include "services/scoring/rpc/moment.h"
#include "services/scoring/rpc/scorecard_to_proto.h"

namespace sakip::scoring {

// Whose scorecard, and when.
struct ScorecardName {
  std::string agency;  // Resource name.
  Period period;
};

//   INVALID_ARGUMENT  INVALID_FIELD at `field`: it is no `{agency}/{collection}/2023Q4`.
absl::StatusOr<ScorecardName> ParsePeriodName(absl::string_view collection, const std::string& text,
                                              absl::string_view field);

// The same of `scorecards`.
absl::StatusOr<ScorecardName> ParseScorecardName(const std::string& text,
                                                 absl::string_view field = "name");

// `{agency}/scorecards/2023Q4`.
std::string ScorecardNameOf(absl::string_view agency, Period period);

// SCORECARD_NOT_FOUND: no plan is in force.
absl::Status ScorecardNotFound(const ScorecardName& name);

// Whether everything can be read that may change what is computed at the end of `period`.
//   FAILED_PRECONDITION  EVENT_NOT_READ  an event cannot.
absl::Status CheckAllRead(const PlanHistory& plans, const YearSubmissions& submissions,
                          Period period);

//   INVALID_ARGUMENT  INVALID_FIELD at `view`: it is none.
absl::StatusOr<View> ToView(v1::ScorecardView view, View not_given);

// A scorecard, and what is wanted beside it.
struct ScorecardQuery {
  ScorecardName name;
  Wanted wanted;
  std::string policy;  // Empty: its own.
  bool with_comparisons = false;
  View view = View::kFull;
};

//   INVALID_ARGUMENT  INVALID_FIELD  a field is none.
absl::StatusOr<ScorecardQuery> ToScorecardQuery(const v1::GetScorecardRequest& request);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_SCORECARD_QUERY_H_
