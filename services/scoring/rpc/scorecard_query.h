// What reads of scorecards ask for, checked. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_RPC_SCORECARD_QUERY_H_
#define SAKIP_SERVICES_SCORING_RPC_SCORECARD_QUERY_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "sakip/scoring/v1/scoring_service.pb.h"
#include "services/scoring/rpc/moment.h"

namespace sakip::scoring {

// Whose scorecard, and when.
struct ScorecardName {
  std::string agency;  // Resource name.
  Period period;
};

//   INVALID_ARGUMENT  INVALID_FIELD  `name` is no `{agency}/scorecards/2023Q4`.
absl::StatusOr<ScorecardName> ParseScorecardName(const std::string& text);

// SCORECARD_NOT_FOUND: no plan is in force.
absl::Status ScorecardNotFound(const ScorecardName& name);

// A scorecard, and what is wanted beside it.
struct ScorecardQuery {
  ScorecardName name;
  Wanted wanted;
  std::string policy;  // Empty: its own.
  bool with_comparisons = false;
};

//   INVALID_ARGUMENT  INVALID_FIELD  a field is none.
absl::StatusOr<ScorecardQuery> ToScorecardQuery(const v1::GetScorecardRequest& request);

// A page of a list.
struct ListQuery {
  std::string list;  // What is listed: a page token belongs to it.
  ResourceName scope;
  Period period;
  Wanted wanted;
  int size = 0;
  std::string after;               // The agency that the page before ends with.
  std::optional<Positions> state;  // That the first page told; absent on the first page.

  std::string NextPageToken(const Positions& told, const std::string& last) const;
};

//   INVALID_ARGUMENT  INVALID_FIELD  a field is none, or the page token is of another list.
absl::StatusOr<ListQuery> ToListQuery(const v1::ListScorecardsRequest& request);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_SCORECARD_QUERY_H_
