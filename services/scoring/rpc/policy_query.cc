#include "services/scoring/rpc/policy_query.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/paging/page.h"

namespace sakip::scoring {
namespace {

constexpr PageSizes kPolicyPages{100, 1000};

// `{state} {built-in policy}` or `{state} {region} {position}`.
absl::Status ReadPageToken(const std::string& token, PolicyListQuery& query) {
  if (token.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::string key, ParsePageToken(query.list, token));
  const std::vector<std::string> parts = absl::StrSplit(key, ' ');
  uint64_t state = 0;
  bool read = (parts.size() == 2 || parts.size() == 3) && absl::SimpleAtoi(parts[0], &state);
  if (read && parts.size() == 2) query.after.built_in = parts[1];
  if (read && parts.size() == 3) {
    query.after.of_region.region = parts[1];
    read = absl::SimpleAtoi(parts[2], &query.after.of_region.log_position);
  }
  if (!read) return InvalidField("page_token", "is not the next_page_token of this list");
  query.state = state;
  return absl::OkStatus();
}

}  // namespace

std::string PolicyListQuery::NextPageToken(uint64_t told, const PolicyPlace& last) const {
  const std::string place =
      last.built_in.empty() ? absl::StrCat(last.of_region.region, " ", last.of_region.log_position)
                            : last.built_in;
  return MakePageToken(list, absl::StrCat(told, " ", place));
}

PolicyQuery ToPolicyQuery(const v1::GetPolicyRequest& request) {
  PolicyQuery query;
  query.name = request.name();
  query.wanted.at_least = ToPositions(request.at_least());
  return query;
}

absl::StatusOr<PolicyListQuery> ToPolicyListQuery(const v1::ListPoliciesRequest& request) {
  PolicyListQuery query;
  if (!request.parent().empty()) {
    const auto region = ParseRegionName(request.parent());
    if (!region.ok()) return InvalidField("parent", region.status().message());
    query.region = region->region;
  }
  query.list = absl::StrCat("ListPolicies ", request.parent());
  ASSIGN_OR_RETURN(query.size, PageSize(request.page_size(), kPolicyPages));
  RETURN_IF_ERROR(ReadPageToken(request.page_token(), query));
  query.wanted.at_least = ToPositions(request.at_least());
  // A view that was built anew may still be behind the first page.
  if (query.state.has_value()) query.wanted.at_least = {*query.state, 0};
  return query;
}

}  // namespace sakip::scoring
