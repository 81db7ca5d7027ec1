// Listing revisions of documents.

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/paging/page.h"
#include "services/planning/domain/document_name.h"
#include "services/planning/domain/field_check.h"
#include "services/planning/rpc/planning_service.h"

namespace sakip::planning {
namespace {

using Order = PlanningView::Order;

const std::map<std::string, Order>& Orders() {
  static const auto* orders =
      new std::map<std::string, Order>{{"", Order::kName},
                                       {"name", Order::kName},
                                       {"name desc", Order::kNameDescending},
                                       {"log_position", Order::kPosition},
                                       {"log_position desc", Order::kPositionDescending}};
  return *orders;
}

// What of a list is wanted.
struct Filter {
  ResourceName parent;
  std::string collection;
  int year = 0;
  std::optional<absl::CivilDay> day;
};

absl::StatusOr<Filter> ToFilter(const v1::ListDocumentRevisionsRequest& request) {
  FieldErrors errors;
  Filter filter;
  const auto parent = ParseResourceName(request.parent());
  if (!parent.ok()) {
    errors.Add("parent", parent.status().message());
  } else if (!parent->collection.empty()) {
    errors.Add("parent", "is no agency and no region");
  } else {
    filter.parent = *parent;
  }
  filter.collection = request.collection();
  if (!filter.collection.empty() && !IsCollection(filter.collection)) {
    errors.Add("collection", "is none; such as annualPlans");
  }
  filter.year = request.year();
  if (filter.year != 0) CheckYear(filter.year, "year", errors);
  if (!request.in_force_on().empty()) {
    const auto day = ParseDate(request.in_force_on());
    if (day.ok()) {
      filter.day = *day;
    } else {
      errors.Add("in_force_on", day.status().message());
    }
  }
  if (!Orders().contains(request.order_by())) {
    errors.Add("order_by", "is none of name, log_position, name desc and log_position desc");
  }
  if (!errors.empty()) return errors.ToStatus();
  return filter;
}

bool Wanted(const Filter& filter, const v1::PlanDocument& document) {
  const auto name = ParseDocumentName(document.name());
  if (!name.ok() || !ScopeCovers(filter.parent, name->agency)) return false;
  if (!filter.collection.empty() && filter.collection != CollectionOf(name->kind)) return false;
  return filter.year == 0 || (name->first_year <= filter.year && filter.year <= name->last_year);
}

// The place of a revision in a list: its name, revision and position.
std::string PlaceOf(const v1::PlanDocument& document) {
  return absl::StrCat(document.name(), "@", document.revision(), "@", document.log_position());
}

absl::StatusOr<std::optional<v1::PlanDocument>> ParsePlace(const std::string& place) {
  if (place.empty()) return std::nullopt;
  const std::vector<std::string> parts = absl::StrSplit(place, '@');
  v1::PlanDocument document;
  uint32_t revision = 0;
  uint64_t position = 0;
  if (parts.size() != 3 || !absl::SimpleAtoi(parts[1], &revision) ||
      !absl::SimpleAtoi(parts[2], &position)) {
    return InvalidField("page_token", "is not of this list");
  }
  document.set_name(parts[0]);
  document.set_revision(revision);
  document.set_log_position(position);
  return document;
}

}  // namespace

absl::StatusOr<v1::ListDocumentRevisionsResponse> PlanningService::DoListDocumentRevisions(
    const v1::ListDocumentRevisionsRequest& request) {
  ASSIGN_OR_RETURN(const Filter filter, ToFilter(request));
  const std::string list =
      absl::StrCat("ListDocumentRevisions ", request.parent(), " ", request.collection(), " ",
                   request.year(), " ", request.in_force_on(), " ", request.order_by());
  ASSIGN_OR_RETURN(const int size, PageSize(request.page_size(), PageSizes()));
  ASSIGN_OR_RETURN(const std::string after, ParsePageToken(list, request.page_token()));

  PlanningView::Query query;
  query.order = Orders().at(request.order_by());
  ASSIGN_OR_RETURN(query.after, ParsePlace(after));
  query.limit = static_cast<size_t>(size) + 1;  // One more tells whether there is a next page.
  query.wanted = [&](const v1::PlanDocument& document) { return Wanted(filter, document); };
  query.in_force_on = filter.day;
  std::vector<v1::PlanDocument> documents = view_.ListRevisions(query);
  v1::ListDocumentRevisionsResponse response;
  if (documents.size() > static_cast<size_t>(size)) {
    documents.pop_back();
    response.set_next_page_token(MakePageToken(list, PlaceOf(documents.back())));
  }
  for (v1::PlanDocument& document : documents) *response.add_documents() = std::move(document);
  return response;
}

}  // namespace sakip::planning
