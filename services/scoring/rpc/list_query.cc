#include "services/scoring/rpc/list_query.h"

#include <google/protobuf/util/field_mask_util.h>

#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/paging/page.h"

namespace sakip::scoring {
namespace {

using google::protobuf::util::FieldMaskUtil;
using v1::ListScorecardsRequest;
using By = ListOrder::By;

constexpr PageSizes kScorecardPages{50, 500};
constexpr std::pair<absl::string_view, By> kOrders[] = {{"name", By::kName},
                                                        {"achievement", By::kAchievement},
                                                        {"to_date", By::kToDate},
                                                        {"absorption", By::kAbsorption}};

absl::StatusOr<ScorecardFilter> ToFilter(const v1::ScorecardFilter& from) {
  ScorecardFilter to;
  FieldErrors errors;
  to.ratings = {from.ratings().begin(), from.ratings().end()};
  switch (from.submission()) {
    case v1::ScorecardFilter::SUBMISSION_UNSPECIFIED:
      break;
    case v1::ScorecardFilter::SUBMISSION_SUBMITTED:
      to.submitted = true;
      break;
    case v1::ScorecardFilter::SUBMISSION_NOT_SUBMITTED:
      to.submitted = false;
      break;
    default:
      errors.Add("filter.submission", "is none; SUBMITTED or NOT_SUBMITTED");
  }
  switch (from.region_level()) {
    case v1::ScorecardFilter::REGION_LEVEL_UNSPECIFIED:
      break;
    case v1::ScorecardFilter::REGION_LEVEL_PROVINCE:
      to.level = RegionLevel::kProvince;
      break;
    case v1::ScorecardFilter::REGION_LEVEL_REGENCY:
      to.level = RegionLevel::kRegency;
      break;
    default:
      errors.Add("filter.region_level", "is none; PROVINCE or REGENCY");
  }
  RETURN_IF_ERROR(errors.ToStatus());
  return to;
}

absl::StatusOr<ListOrder> ToOrder(absl::string_view text) {
  ListOrder order;
  if (text.empty()) return order;
  order.descending = absl::ConsumeSuffix(&text, " desc");
  for (const auto& [name, by] : kOrders) {
    if (name != text) continue;
    order.by = by;
    return order;
  }
  return InvalidField("order_by",
                      "is none; name, achievement, to_date or absorption, and ` desc` for the "
                      "highest first");
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

// What all pages of a list have in common.
std::string ListOf(const ListScorecardsRequest& request, const Period& period) {
  return absl::StrCat("ListScorecards ", request.parent(), " ", FormatPeriod(period), " ",
                      request.basis(), " ", request.order_by(), " ",
                      request.filter().SerializeAsString(), " ",
                      request.as_of().SerializeAsString());
}

}  // namespace

absl::StatusOr<ResourceName> ParseParent(const std::string& parent) {
  auto scope = ParseResourceName(parent);
  if (scope.ok() && scope->collection.empty()) return scope;
  return InvalidField("parent", "is no region and no agency");
}

absl::StatusOr<Period> CheckPeriod(int year, int quarter) {
  FieldErrors errors;
  if (year < kYearMin || year > kYearMax) {
    errors.Add("year", absl::StrCat("is no year from ", kYearMin, " to ", kYearMax));
  }
  if (quarter < 1 || quarter > kQuarters) errors.Add("quarter", "is no quarter; 1 to 4");
  RETURN_IF_ERROR(errors.ToStatus());
  return Period{year, quarter};
}

absl::Status CheckReadMask(const google::protobuf::FieldMask& read_mask) {
  for (const std::string& path : read_mask.paths()) {
    if (FieldMaskUtil::IsValidPath<v1::Scorecard>(path)) continue;
    return InvalidField("read_mask", absl::StrCat("has ", path, ", no field of Scorecard"));
  }
  return absl::OkStatus();
}

const Figure& ListOrder::FigureOf(const Scorecard& card) const {
  if (by == By::kAbsorption) return card.budget.absorption;
  return by == By::kToDate ? card.to_date.figure : card.achievement.figure;
}

std::string ListQuery::NextPageToken(const Positions& told, const std::string& last) const {
  return MakePageToken(list, absl::StrCat(told.planning, " ", told.realization, " ", last));
}

absl::StatusOr<ListQuery> ToListQuery(const ListScorecardsRequest& request) {
  ListQuery query;
  ASSIGN_OR_RETURN(query.of.scope, ParseParent(request.parent()));
  ASSIGN_OR_RETURN(query.of.period, CheckPeriod(request.year(), request.quarter()));
  ASSIGN_OR_RETURN(query.filter, ToFilter(request.filter()));
  ASSIGN_OR_RETURN(query.order, ToOrder(request.order_by()));
  RETURN_IF_ERROR(CheckReadMask(request.read_mask()));
  query.read_mask = request.read_mask();
  query.list = ListOf(request, query.of.period);
  ASSIGN_OR_RETURN(query.size, PageSize(request.page_size(), kScorecardPages));
  RETURN_IF_ERROR(ReadPageToken(request.page_token(), query));
  // A view that was built anew may still be behind the first page.
  const v1::LogPositions at_least =
      query.state.has_value() ? ToProto(*query.state) : request.at_least();
  ASSIGN_OR_RETURN(query.of.wanted, ToWanted(request.basis(), at_least,
                                             request.has_as_of() ? &request.as_of() : nullptr));
  return query;
}

absl::StatusOr<ScopeQuery> ToScopeQuery(const v1::SummarizeScorecardsRequest& request) {
  ScopeQuery query;
  const auto region = ParseRegionName(request.parent());
  if (!region.ok()) return InvalidField("parent", region.status().message());
  query.scope = *region;
  ASSIGN_OR_RETURN(query.period, CheckPeriod(request.year(), request.quarter()));
  ASSIGN_OR_RETURN(query.wanted, ToWanted(request));
  return query;
}

}  // namespace sakip::scoring
