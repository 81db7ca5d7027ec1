// Reading documents.

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "common/paging/page.h"
#include "services/planning/domain/document_name.h"
#include "services/planning/domain/publish.h"
#include "services/planning/rpc/planning_service.h"

namespace sakip::planning {

absl::StatusOr<v1::PlanDocument> PlanningService::ReadDocument(uint64_t position) const {
  ASSIGN_OR_RETURN(auto event, eventlog::ReadEvent<v1::DocumentPublished>(log_, position));
  v1::PlanDocument document = std::move(*event.mutable_document());
  document.set_log_position(position);
  return document;
}

absl::StatusOr<v1::GetDocumentResponse> PlanningService::DoGetDocument(
    const v1::GetDocumentRequest& request) {
  const auto name = ParseDocumentName(request.name());
  if (!name.ok()) return InvalidField("name", name.status().message());
  const std::vector<RevisionState> revisions = view_.Revisions(request.name());
  uint32_t revision = request.revision();
  if (!request.in_force_on().empty()) {
    if (revision != 0) {
      return InvalidField("in_force_on", "and revision are both given; give one of them");
    }
    const auto day = ParseDate(request.in_force_on());
    if (!day.ok()) return InvalidField("in_force_on", day.status().message());
    revision = RevisionInForce(revisions, *day);
    if (revision == 0) return DocumentNotFound(request.name());
  } else if (revision == 0) {
    revision = static_cast<uint32_t>(revisions.size());
  }
  if (revision == 0 || revision > revisions.size()) return DocumentNotFound(request.name());
  v1::GetDocumentResponse response;
  ASSIGN_OR_RETURN(*response.mutable_document(),
                   ReadDocument(revisions[revision - 1].log_position));
  return response;
}

absl::StatusOr<v1::ListDocumentRevisionsResponse> PlanningService::DoListDocumentRevisions(
    const v1::ListDocumentRevisionsRequest& request) {
  const auto parent = ParseAgencyName(request.parent());
  if (!parent.ok()) return InvalidField("parent", parent.status().message());
  const std::string list = absl::StrCat("ListDocumentRevisions ", request.parent());
  ASSIGN_OR_RETURN(const int size, PageSize(request.page_size(), PageSizes()));
  ASSIGN_OR_RETURN(const std::string after, ParsePageToken(list, request.page_token()));

  std::vector<v1::PlanDocument> documents =
      view_.ListRevisions(request.parent(), after, static_cast<size_t>(size) + 1);
  v1::ListDocumentRevisionsResponse response;
  if (documents.size() > static_cast<size_t>(size)) {
    documents.pop_back();
    response.set_next_page_token(MakePageToken(
        list, PlanningView::RevisionKey(documents.back().name(), documents.back().revision())));
  }
  for (v1::PlanDocument& document : documents) *response.add_documents() = std::move(document);
  return response;
}

}  // namespace sakip::planning
