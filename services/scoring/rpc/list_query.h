// What lists and summaries of scorecards ask for, checked. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_RPC_LIST_QUERY_H_
#define SAKIP_SERVICES_SCORING_RPC_LIST_QUERY_H_

#include <google/protobuf/field_mask.pb.h>

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "sakip/scoring/v1/scoring_service.pb.h"
#include "services/scoring/domain/scorecard_filter.h"
#include "services/scoring/rpc/moment.h"

namespace sakip::scoring {

// Whose scorecards, when, and in which state.
struct ScopeQuery {
  ResourceName scope;
  Period period;
  Wanted wanted;
};

// The order of a list.
struct ListOrder {
  enum class By { kName, kAchievement, kToDate, kAbsorption };

  By by = By::kName;
  bool descending = false;

  // The figure that it is by; requires one.
  const Figure& FigureOf(const Scorecard& card) const;
};

// A page of a list.
struct ListQuery {
  std::string list;  // What is listed: a page token belongs to it.
  ScopeQuery of;
  ScorecardFilter filter;
  ListOrder order;
  google::protobuf::FieldMask read_mask;  // Of Scorecard; empty: all.
  int size = 0;
  std::string after;               // The agency that the page before ends with.
  std::optional<Positions> state;  // That the first page told; absent on the first page.

  std::string NextPageToken(const Positions& told, const std::string& last) const;
};

inline const Wanted& WantedOf(const ListQuery& query) { return query.of.wanted; }

// What requests for scorecards of a scope have in common.
//   INVALID_ARGUMENT  INVALID_FIELD at `parent`, at `year` and `quarter`, or at `read_mask`.
absl::StatusOr<ResourceName> ParseParent(const std::string& parent);
absl::StatusOr<Period> CheckPeriod(int year, int quarter);
absl::Status CheckReadMask(const google::protobuf::FieldMask& read_mask);

//   INVALID_ARGUMENT  INVALID_FIELD  a field is none, or the page token is of another list.
absl::StatusOr<ListQuery> ToListQuery(const v1::ListScorecardsRequest& request);

//   INVALID_ARGUMENT  INVALID_FIELD  a field is none.
absl::StatusOr<ScopeQuery> ToScopeQuery(const v1::SummarizeScorecardsRequest& request);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_LIST_QUERY_H_
