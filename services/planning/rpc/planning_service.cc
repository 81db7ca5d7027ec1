#include "services/planning/rpc/planning_service.h"

#include <functional>

namespace sakip::planning {

// Through the gate to what each RPC does (agencies.cc, documents.cc, listing.cc, publishing.cc).

grpc::ServerUnaryReactor* PlanningService::RegisterAgency(grpc::CallbackServerContext* context,
                                                          const grpc::ByteBuffer* in,
                                                          grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::RegisterAgencyRequest, v1::RegisterAgencyResponse>(
      gate_, context, in, out, std::bind_front(&PlanningService::DoRegisterAgency, this));
}

grpc::ServerUnaryReactor* PlanningService::GetAgency(grpc::CallbackServerContext* context,
                                                     const grpc::ByteBuffer* in,
                                                     grpc::ByteBuffer* out) {
  return rpc::Unary<v1::GetAgencyRequest>(gate_, context, in, out,
                                          std::bind_front(&PlanningService::DoGetAgency, this));
}

grpc::ServerUnaryReactor* PlanningService::ListAgencies(grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer* in,
                                                        grpc::ByteBuffer* out) {
  return rpc::Unary<v1::ListAgenciesRequest>(
      gate_, context, in, out, std::bind_front(&PlanningService::DoListAgencies, this));
}

grpc::ServerUnaryReactor* PlanningService::PublishDocument(grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* in,
                                                           grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::PublishDocumentRequest, v1::PublishDocumentResponse>(
      gate_, context, in, out, std::bind_front(&PlanningService::DoPublishDocument, this));
}

grpc::ServerUnaryReactor* PlanningService::PublishPlan(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* in,
                                                       grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::PublishPlanRequest, v1::PublishPlanResponse>(
      gate_, context, in, out, std::bind_front(&PlanningService::DoPublishPlan, this));
}

grpc::ServerUnaryReactor* PlanningService::CheckPlan(grpc::CallbackServerContext* context,
                                                     const grpc::ByteBuffer* in,
                                                     grpc::ByteBuffer* out) {
  return rpc::Unary<v1::CheckPlanRequest>(gate_, context, in, out,
                                          std::bind_front(&PlanningService::DoCheckPlan, this));
}

grpc::ServerUnaryReactor* PlanningService::GetDocument(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* in,
                                                       grpc::ByteBuffer* out) {
  return rpc::Unary<v1::GetDocumentRequest>(gate_, context, in, out,
                                            std::bind_front(&PlanningService::DoGetDocument, this));
}

grpc::ServerUnaryReactor* PlanningService::DiffDocuments(grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* in,
                                                         grpc::ByteBuffer* out) {
  return rpc::Unary<v1::DiffDocumentsRequest>(
      gate_, context, in, out, std::bind_front(&PlanningService::DoDiffDocuments, this));
}

grpc::ServerUnaryReactor* PlanningService::GetCascade(grpc::CallbackServerContext* context,
                                                      const grpc::ByteBuffer* in,
                                                      grpc::ByteBuffer* out) {
  return rpc::Unary<v1::GetCascadeRequest>(gate_, context, in, out,
                                           std::bind_front(&PlanningService::DoGetCascade, this));
}

grpc::ServerUnaryReactor* PlanningService::ListDocumentRevisions(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in, grpc::ByteBuffer* out) {
  return rpc::Unary<v1::ListDocumentRevisionsRequest>(
      gate_, context, in, out, std::bind_front(&PlanningService::DoListDocumentRevisions, this));
}

}  // namespace sakip::planning
