// Registering and reading agencies.

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/execute.h"
#include "common/eventlog/payload.h"
#include "common/message/digest.h"
#include "common/paging/page.h"
#include "services/planning/domain/publish.h"
#include "services/planning/rpc/planning_service.h"
#include "services/planning/rpc/publication.h"
#include "services/planning/rpc/sent_plan.h"

namespace sakip::planning {

void PlanningService::DoRegisterAgency(const rpc::Call& call,
                                       const v1::RegisterAgencyRequest& request,
                                       rpc::Done<v1::RegisterAgencyResponse> done) {
  FieldErrors errors;
  CheckPublishable(request.agency(), errors);
  const absl::Status read = CheckRegionEdition(editions_, request.agency(), errors);
  if (!read.ok()) return done(read);
  if (!errors.empty()) return done(errors.ToStatus());
  const std::string& name = request.agency().name();

  eventlog::Command command;
  command.agency = name;
  command.request_id = request.request_id();
  command.deadline = call.deadline();
  command.request_digest = Digest(request);
  v1::Agency agency = request.agency();
  agency.set_revision(1);
  command.decide = [this, agency,
                    publisher = call.principal()]() -> absl::StatusOr<eventlog::Decision> {
    Publication publication(view_, editions_, log_, agency.name(), publisher, clock_.Now());
    // After the publication has read what it rests on: who registers the agency later makes the
    // append fail.
    if (view_.FindAgency(agency.name()).has_value()) return AgencyExists(agency.name());
    RETURN_IF_ERROR(publication.PublishAgency(agency));
    return eventlog::Decision{agency.name(), 0, publisher.subject, std::move(publication.events())};
  };
  eventlog::Execute(log_, std::move(command),
                    [agency = std::move(agency),
                     done = std::move(done)](absl::StatusOr<eventlog::AppendResult> result) {
                      if (!result.ok()) return done(result.status());
                      v1::RegisterAgencyResponse response;
                      *response.mutable_agency() = agency;
                      *response.mutable_receipt() = eventlog::ToReceipt(*result);
                      done(std::move(response));
                    });
}

absl::StatusOr<v1::GetAgencyResponse> PlanningService::DoGetAgency(
    const v1::GetAgencyRequest& request) {
  const auto name = ParseAgencyName(request.name());
  if (!name.ok()) return InvalidField("name", name.status().message());
  auto agency = view_.FindAgency(request.name());
  if (!agency.has_value()) return AgencyNotFound(request.name());
  v1::GetAgencyResponse response;
  *response.mutable_agency() = *std::move(agency);
  return response;
}

absl::StatusOr<v1::ListAgenciesResponse> PlanningService::DoListAgencies(
    const v1::ListAgenciesRequest& request) {
  const auto parent = ParseRegionName(request.parent());
  if (!parent.ok()) return InvalidField("parent", parent.status().message());
  const std::string list = absl::StrCat("ListAgencies ", request.parent());
  ASSIGN_OR_RETURN(const int size, PageSize(request.page_size(), PageSizes()));
  ASSIGN_OR_RETURN(const std::string after, ParsePageToken(list, request.page_token()));

  // One more than the page tells whether there is a next one.
  std::vector<v1::Agency> agencies =
      view_.ListAgencies(after, static_cast<size_t>(size) + 1,
                         [&](const std::string& name) { return ScopeCovers(*parent, name); });
  v1::ListAgenciesResponse response;
  if (agencies.size() > static_cast<size_t>(size)) {
    agencies.pop_back();
    response.set_next_page_token(MakePageToken(list, agencies.back().name()));
  }
  for (v1::Agency& agency : agencies) *response.add_agencies() = std::move(agency);
  return response;
}

}  // namespace sakip::planning
