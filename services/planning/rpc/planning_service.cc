#include "services/planning/rpc/planning_service.h"

namespace sakip::planning {

// One line an RPC: through the gate to what it does (agencies.cc, documents.cc, listing.cc,
// publishing.cc).

grpc::ServerUnaryReactor* PlanningService::RegisterAgency(grpc::CallbackServerContext* context,
                                                          const grpc::ByteBuffer* in,
                                                          grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::RegisterAgencyRequest, v1::RegisterAgencyResponse>(
      gate_, context, in, out,
      [this](const std::shared_ptr<const rpc::Call>& call, const v1::RegisterAgencyRequest& request,
             rpc::Done<v1::RegisterAgencyResponse> done) {
        DoRegisterAgency(*call, request, std::move(done));
      });
}

grpc::ServerUnaryReactor* PlanningService::GetAgency(grpc::CallbackServerContext* context,
                                                     const grpc::ByteBuffer* in,
                                                     grpc::ByteBuffer* out) {
  return rpc::Unary<v1::GetAgencyRequest>(
      gate_, context, in, out, [this](const rpc::Call&, const v1::GetAgencyRequest& request) {
        return DoGetAgency(request);
      });
}

grpc::ServerUnaryReactor* PlanningService::ListAgencies(grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer* in,
                                                        grpc::ByteBuffer* out) {
  return rpc::Unary<v1::ListAgenciesRequest>(
      gate_, context, in, out, [this](const rpc::Call&, const v1::ListAgenciesRequest& request) {
        return DoListAgencies(request);
      });
}

grpc::ServerUnaryReactor* PlanningService::PublishDocument(grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* in,
                                                           grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::PublishDocumentRequest, v1::PublishDocumentResponse>(
      gate_, context, in, out,
      [this](const std::shared_ptr<const rpc::Call>& call,
             const v1::PublishDocumentRequest& request,
             rpc::Done<v1::PublishDocumentResponse> done) {
        DoPublishDocument(*call, request, std::move(done));
      });
}

grpc::ServerUnaryReactor* PlanningService::PublishPlan(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* in,
                                                       grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::PublishPlanRequest, v1::PublishPlanResponse>(
      gate_, context, in, out,
      [this](const std::shared_ptr<const rpc::Call>& call, const v1::PublishPlanRequest& request,
             rpc::Done<v1::PublishPlanResponse> done) {
        DoPublishPlan(*call, request, std::move(done));
      });
}

grpc::ServerUnaryReactor* PlanningService::CheckPlan(grpc::CallbackServerContext* context,
                                                     const grpc::ByteBuffer* in,
                                                     grpc::ByteBuffer* out) {
  return rpc::Unary<v1::CheckPlanRequest>(
      gate_, context, in, out, [this](const rpc::Call& call, const v1::CheckPlanRequest& request) {
        return DoCheckPlan(call, request);
      });
}

grpc::ServerUnaryReactor* PlanningService::GetDocument(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* in,
                                                       grpc::ByteBuffer* out) {
  return rpc::Unary<v1::GetDocumentRequest>(
      gate_, context, in, out, [this](const rpc::Call&, const v1::GetDocumentRequest& request) {
        return DoGetDocument(request);
      });
}

grpc::ServerUnaryReactor* PlanningService::DiffDocuments(grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* in,
                                                         grpc::ByteBuffer* out) {
  return rpc::Unary<v1::DiffDocumentsRequest>(
      gate_, context, in, out, [this](const rpc::Call&, const v1::DiffDocumentsRequest& request) {
        return DoDiffDocuments(request);
      });
}

grpc::ServerUnaryReactor* PlanningService::GetCascade(grpc::CallbackServerContext* context,
                                                      const grpc::ByteBuffer* in,
                                                      grpc::ByteBuffer* out) {
  return rpc::Unary<v1::GetCascadeRequest>(
      gate_, context, in, out, [this](const rpc::Call&, const v1::GetCascadeRequest& request) {
        return DoGetCascade(request);
      });
}

grpc::ServerUnaryReactor* PlanningService::ListDocumentRevisions(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in, grpc::ByteBuffer* out) {
  return rpc::Unary<v1::ListDocumentRevisionsRequest>(
      gate_, context, in, out,
      [this](const rpc::Call&, const v1::ListDocumentRevisionsRequest& request) {
        return DoListDocumentRevisions(request);
      });
}

}  // namespace sakip::planning
