// Reading, comparing and tracing documents.

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "services/planning/domain/document_name.h"
#include "services/planning/domain/field_check.h"
#include "services/planning/domain/publish.h"
#include "services/planning/rpc/cascade_to_proto.h"
#include "services/planning/rpc/plan_diff.h"
#include "services/planning/rpc/plan_set.h"
#include "services/planning/rpc/planning_service.h"

namespace sakip::planning {

absl::StatusOr<v1::PlanDocument> PlanningService::ReadDocument(uint64_t position) const {
  ASSIGN_OR_RETURN(auto event, eventlog::ReadEvent<v1::DocumentPublished>(log_, position));
  v1::PlanDocument document = std::move(*event.mutable_document());
  document.set_log_position(position);
  return document;
}

absl::StatusOr<v1::PlanDocument> PlanningService::FindDocument(const std::string& name,
                                                               uint32_t revision,
                                                               absl::string_view day_path,
                                                               const std::string& day_text) const {
  const std::vector<RevisionState> revisions = view_.Revisions(name);
  if (!day_text.empty()) {
    if (revision != 0) {
      return InvalidField(day_path, "and a revision are both given; give one of them");
    }
    const auto day = ParseDate(day_text);
    if (!day.ok()) return InvalidField(day_path, day.status().message());
    revision = RevisionInForce(revisions, *day);
    if (revision == 0) return DocumentNotFound(name);
  } else if (revision == 0) {
    revision = static_cast<uint32_t>(revisions.size());
  }
  if (revision == 0 || revision > revisions.size()) return DocumentNotFound(name);
  return ReadDocument(revisions[revision - 1].log_position);
}

absl::StatusOr<v1::GetDocumentResponse> PlanningService::DoGetDocument(
    const v1::GetDocumentRequest& request) {
  const auto name = ParseDocumentName(request.name());
  if (!name.ok()) return InvalidField("name", name.status().message());
  v1::GetDocumentResponse response;
  ASSIGN_OR_RETURN(
      *response.mutable_document(),
      FindDocument(request.name(), request.revision(), "in_force_on", request.in_force_on()));
  return response;
}

absl::StatusOr<v1::DiffDocumentsResponse> PlanningService::DoDiffDocuments(
    const v1::DiffDocumentsRequest& request) {
  const auto name = ParseDocumentName(request.name());
  if (!name.ok()) return InvalidField("name", name.status().message());
  ASSIGN_OR_RETURN(const v1::PlanDocument after,
                   FindDocument(request.name(), request.to_revision(), "to_day", request.to_day()));
  v1::PlanDocument before;
  uint32_t from = request.from_revision();
  if (from == 0 && request.from_day().empty()) from = after.revision() - 1;
  if (from > 0 || !request.from_day().empty()) {
    ASSIGN_OR_RETURN(before, FindDocument(request.name(), from, "from_day", request.from_day()));
  } else {
    before.set_name(after.name());
  }
  return Diff(before, after);
}

absl::StatusOr<v1::GetCascadeResponse> PlanningService::DoGetCascade(
    const v1::GetCascadeRequest& request) {
  FieldErrors errors;
  const auto parent = ParseAgencyName(request.parent());
  if (!parent.ok()) errors.Add("parent", parent.status().message());
  CheckYear(request.year(), "year", errors);
  absl::CivilDay day(request.year(), 12, 31);
  if (!request.in_force_on().empty()) {
    const auto given = ParseDate(request.in_force_on());
    if (given.ok()) {
      day = *given;
    } else {
      errors.Add("in_force_on", given.status().message());
    }
  }
  RETURN_IF_ERROR(errors.ToStatus());
  PlanSet plans(view_, editions_, log_, request.parent());
  ASSIGN_OR_RETURN(const auto* annual_plan, plans.AnnualPlanOf(request.year(), day));
  ASSIGN_OR_RETURN(const auto* strategic_plan, plans.StrategicPlanOf(request.year(), day));
  if (annual_plan == nullptr && strategic_plan == nullptr) {
    return DocumentNotFound(absl::StrCat(request.parent(), "/annualPlans/", request.year()));
  }
  return ToProto(plan::BuildCascade(strategic_plan, annual_plan, request.year()), strategic_plan,
                 annual_plan);
}

}  // namespace sakip::planning
