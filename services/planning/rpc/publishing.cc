// Publishing documents and whole plans.

#include <cstdint>
#include <memory>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/execute.h"
#include "common/eventlog/payload.h"
#include "common/message/digest.h"
#include "services/planning/domain/publish.h"
#include "services/planning/rpc/outcome.h"
#include "services/planning/rpc/planning_service.h"
#include "services/planning/rpc/publication.h"
#include "services/planning/rpc/sent_plan.h"

namespace sakip::planning {
namespace {

// What the server sets is not the caller's to give, nor does it tell one request from another.
v1::PublishDocumentRequest WithoutServerFields(const v1::PublishDocumentRequest& request) {
  v1::PublishDocumentRequest result = request;
  *result.mutable_document() = AsSent(request.document());
  return result;
}

v1::PublishPlanRequest WithoutServerFields(const v1::PublishPlanRequest& request) {
  v1::PublishPlanRequest result = request;
  for (v1::PlanDocument& document : *result.mutable_documents()) {
    const uint32_t revision = document.revision();
    document = AsSent(document);
    document.set_revision(revision);
  }
  return result;
}

absl::Status CheckEditions(const CodeEditions& editions, const v1::PublishPlanRequest& request) {
  FieldErrors errors;
  if (request.has_agency()) {
    RETURN_IF_ERROR(CheckRegionEdition(editions, request.agency(), errors));
  }
  for (int i = 0; i < request.documents_size(); ++i) {
    RETURN_IF_ERROR(CheckNomenclatureEdition(editions, request.documents(i),
                                             absl::StrCat("documents[", i, "]"), errors));
  }
  return errors.ToStatus();
}

absl::Status PublishParts(const v1::PublishPlanRequest& request, Publication& publication) {
  if (request.has_agency()) {
    RETURN_IF_ERROR(publication.PublishAgency(request.agency()));
  }
  for (int i = 0; i < request.documents_size(); ++i) {
    RETURN_IF_ERROR(
        publication.PublishOrKeep(request.documents(i), absl::StrCat("documents[", i, "]")));
  }
  return absl::OkStatus();
}

// What was sent, all of it as if it were stored before.
v1::PublishPlanResponse AllUnchanged(const v1::PublishPlanRequest& request) {
  v1::PublishPlanResponse response;
  if (request.has_agency()) {
    response.mutable_agency()->set_revision(request.agency().revision());
    response.mutable_agency()->set_outcome(v1::PUBLISH_OUTCOME_UNCHANGED);
  }
  for (const v1::PlanDocument& document : request.documents()) {
    v1::DocumentOutcome& outcome = *response.add_documents();
    outcome.set_name(document.name());
    outcome.set_revision(document.revision());
    outcome.set_outcome(v1::PUBLISH_OUTCOME_UNCHANGED);
    outcome.set_content_digest(ContentDigest(document));
  }
  return response;
}

// The outcomes of a request that was stored, from what it stored: the same for every repeat.
absl::StatusOr<v1::PublishPlanResponse> OutcomesOf(const eventlog::EventLog& log,
                                                   const v1::PublishPlanRequest& request,
                                                   const eventlog::AppendResult& result) {
  v1::PublishPlanResponse response = AllUnchanged(request);
  for (uint64_t position = result.first_position; position <= result.last_position; ++position) {
    ASSIGN_OR_RETURN(const auto record, eventlog::ReadRecord(log, position));
    if (record.type() == v1::AgencyRegistered::descriptor()->full_name()) {
      ASSIGN_OR_RETURN(const auto event, eventlog::ParsePayload<v1::AgencyRegistered>(record));
      *response.mutable_agency() = PublishedOutcome(event.agency());
      continue;
    }
    ASSIGN_OR_RETURN(const auto event, eventlog::ParsePayload<v1::DocumentPublished>(record));
    for (v1::DocumentOutcome& outcome : *response.mutable_documents()) {
      if (outcome.name() == event.document().name() &&
          outcome.revision() == event.document().revision()) {
        outcome = PublishedOutcome(event.document());
      }
    }
  }
  BoundFindings(*response.mutable_documents());
  *response.mutable_receipt() = eventlog::ToReceipt(result);
  return response;
}

v1::CheckPlanResponse Errors(const absl::Status& status) {
  v1::CheckPlanResponse response;
  for (const FieldViolation& violation : FieldViolations(status)) {
    v1::PlanError& error = *response.add_errors();
    error.set_reason(ErrorReason(status));
    error.set_field(violation.field);
    error.set_description(violation.description);
  }
  if (response.errors().empty()) {
    v1::PlanError& error = *response.add_errors();
    error.set_reason(ErrorReason(status));
    for (const ErrorFact& fact : ErrorFacts(status)) {
      if (fact.key == "field") error.set_field(fact.value);
    }
    error.set_description(std::string(status.message()));
  }
  response.set_error_count(response.errors_size());
  for (const ErrorFact& fact : ErrorFacts(status)) {
    int32_t count = 0;
    if (fact.key == kWrongFields && absl::SimpleAtoi(fact.value, &count)) {
      response.set_error_count(count);
    }
  }
  return response;
}

}  // namespace

void PlanningService::DoPublishDocument(const rpc::Call& call,
                                        const v1::PublishDocumentRequest& request,
                                        rpc::Done<v1::PublishDocumentResponse> done) {
  FieldErrors errors;
  CheckPublishable(request.document(), "document", errors);
  const absl::Status read =
      CheckNomenclatureEdition(editions_, request.document(), "document", errors);
  if (!read.ok()) return done(read);
  if (!errors.empty()) return done(errors.ToStatus());
  v1::PublishDocumentRequest sent = WithoutServerFields(request);
  const std::string agency(AgencyOf(request.document().name()));

  eventlog::Command command;
  command.agency = agency;
  command.request_id = request.request_id();
  command.deadline = call.deadline();
  command.request_digest = Digest(sent);
  command.decide = [this, agency, publisher = call.principal(),
                    sent = std::move(sent)]() -> absl::StatusOr<eventlog::Decision> {
    Publication publication(view_, editions_, log_, agency, publisher, clock_.Now());
    RETURN_IF_ERROR(
        publication.PublishDocument(sent.document(), sent.expected_revision(), "document"));
    return eventlog::Decision{agency, publication.stream_revision(), publisher.subject,
                              std::move(publication.events())};
  };
  eventlog::Execute(log_, std::move(command),
                    [this, done = std::move(done)](absl::StatusOr<eventlog::AppendResult> result) {
                      if (!result.ok()) return done(result.status());
                      auto document = ReadDocument(result->first_position);
                      if (!document.ok()) return done(document.status());
                      v1::PublishDocumentResponse response;
                      *response.mutable_reach() = ToReach(*document);
                      *response.mutable_document() = *std::move(document);
                      *response.mutable_receipt() = eventlog::ToReceipt(*result);
                      done(std::move(response));
                    });
}

void PlanningService::DoPublishPlan(const rpc::Call& call, const v1::PublishPlanRequest& request,
                                    rpc::Done<v1::PublishPlanResponse> done) {
  absl::Status checked = planning::CheckPlan(request);
  if (checked.ok()) checked = CheckEditions(editions_, request);
  if (!checked.ok()) return done(checked);
  const auto sent = std::make_shared<const v1::PublishPlanRequest>(WithoutServerFields(request));
  const auto nothing_new = std::make_shared<bool>(false);

  eventlog::Command command;
  command.agency = sent->parent();
  command.request_id = sent->request_id();
  command.deadline = call.deadline();
  command.request_digest = Digest(*sent);
  command.decide = [this, sent, nothing_new,
                    publisher = call.principal()]() -> absl::StatusOr<eventlog::Decision> {
    Publication publication(view_, editions_, log_, sent->parent(), publisher, clock_.Now());
    RETURN_IF_ERROR(PublishParts(*sent, publication));
    *nothing_new = publication.events().empty();
    // Ends the execution; the flag says that it ended well.
    if (*nothing_new) return absl::CancelledError("nothing to store");
    return eventlog::Decision{sent->parent(), publication.stream_revision(), publisher.subject,
                              std::move(publication.events())};
  };
  eventlog::Execute(log_, std::move(command),
                    [this, sent, nothing_new,
                     done = std::move(done)](const absl::StatusOr<eventlog::AppendResult>& result) {
                      if (!result.ok() && *nothing_new) return done(AllUnchanged(*sent));
                      if (!result.ok()) return done(result.status());
                      done(OutcomesOf(log_, *sent, *result));
                    });
}

absl::StatusOr<v1::CheckPlanResponse> PlanningService::DoCheckPlan(
    const rpc::Call& call, const v1::CheckPlanRequest& request) {
  const auto parent = ParseAgencyName(request.parent());
  if (!parent.ok()) return InvalidField("parent", parent.status().message());
  v1::PublishPlanRequest plan;
  plan.set_parent(request.parent());
  if (request.has_agency()) *plan.mutable_agency() = request.agency();
  *plan.mutable_documents() = request.documents();
  absl::Status status = planning::CheckPlan(plan);
  if (status.ok()) status = CheckEditions(editions_, plan);
  Publication publication(view_, editions_, log_, plan.parent(), call.principal(), clock_.Now());
  if (status.ok()) status = PublishParts(plan, publication);
  if (!status.ok()) {
    // What cannot be read is no fault of the plan.
    if (status.code() == absl::StatusCode::kDataLoss) return status;
    return Errors(status);
  }
  v1::CheckPlanResponse response;
  *response.mutable_documents() = std::move(*publication.outcomes().mutable_documents());
  BoundFindings(*response.mutable_documents());
  if (publication.outcomes().has_agency()) {
    *response.mutable_agency() = std::move(*publication.outcomes().mutable_agency());
  }
  return response;
}

}  // namespace sakip::planning
