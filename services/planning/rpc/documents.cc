// Publishing and reading documents.

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/execute.h"
#include "common/eventlog/payload.h"
#include "common/message/digest.h"
#include "common/message/timestamp.h"
#include "common/paging/page.h"
#include "services/planning/domain/check.h"
#include "services/planning/domain/document_name.h"
#include "services/planning/domain/publish.h"
#include "services/planning/rpc/convert.h"
#include "services/planning/rpc/planning_service.h"

namespace sakip::planning {
namespace {

// What the server sets is not the caller's to give, nor does it tell one request from another.
v1::PublishDocumentRequest WithoutServerFields(const v1::PublishDocumentRequest& request) {
  v1::PublishDocumentRequest result = request;
  v1::PlanDocument& document = *result.mutable_document();
  document.clear_revision();
  document.clear_publish_time();
  document.clear_publisher();
  document.clear_content_digest();
  document.clear_log_position();
  document.clear_findings();
  return result;
}

std::string ContentDigest(const v1::PlanDocument& document) {
  v1::PlanDocument content = document;
  const google::protobuf::Descriptor& type = *content.GetDescriptor();
  const google::protobuf::OneofDescriptor* kept = type.FindOneofByName("content");
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->containing_oneof() == kept) continue;
    content.GetReflection()->ClearField(&content, type.field(i));
  }
  return HexDigest(content);
}

}  // namespace

void PlanningService::DoPublishDocument(const rpc::Call& call,
                                        const v1::PublishDocumentRequest& request,
                                        rpc::Done<v1::PublishDocumentResponse> done) {
  const absl::Status checked = CheckDocument(ToDocument(request.document()));
  if (!checked.ok()) return done(checked);
  v1::PublishDocumentRequest stripped = WithoutServerFields(request);
  const std::string agency(AgencyOf(request.document().name()));

  eventlog::Command command;
  command.agency = agency;
  command.request_id = request.request_id();
  command.request_digest = Digest(stripped);
  command.decide =
      [this, agency, actor = call.principal().subject, expected = request.expected_revision(),
       document = std::move(*stripped.mutable_document())]() -> absl::StatusOr<eventlog::Decision> {
    if (!view_.FindAgency(agency).has_value()) return AgencyNotFound(agency);
    // The stream's revision is read first: what is published meanwhile makes the append fail.
    const uint64_t stream_revision = view_.StreamRevision(agency);
    const auto published = static_cast<uint32_t>(view_.Revisions(document.name()).size());
    ASSIGN_OR_RETURN(const uint32_t revision,
                     DecideRevision(document.name(), published, expected, document.reason()));
    v1::DocumentPublished event;
    *event.mutable_document() = document;
    event.mutable_document()->set_revision(revision);
    event.mutable_document()->set_publisher(actor);
    event.mutable_document()->set_content_digest(ContentDigest(document));
    *event.mutable_document()->mutable_publish_time() = ToTimestamp(clock_.Now());
    return eventlog::Decision{agency, stream_revision, actor, {eventlog::MakeEvent(event)}};
  };
  eventlog::Execute(log_, std::move(command),
                    [this, done = std::move(done)](absl::StatusOr<eventlog::AppendResult> result) {
                      if (!result.ok()) return done(result.status());
                      auto document = ReadDocument(result->first_position);
                      if (!document.ok()) return done(document.status());
                      v1::PublishDocumentResponse response;
                      *response.mutable_document() = *std::move(document);
                      *response.mutable_receipt() = eventlog::ToReceipt(*result);
                      done(std::move(response));
                    });
}

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
