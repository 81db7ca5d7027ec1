#include "services/planning/rpc/planning_service.h"

namespace sakip::planning {

// One line an RPC: through the gate to what it does (agencies.cc, documents.cc, listing.cc,
// publishing.cc).

grpc::ServerUnaryReactor* PlanningService::RegisterAgency(grpc::CallbackServerContext* context,
                                                          const v1::RegisterAgencyRequest* request,
                                                          v1::RegisterAgencyResponse* response) {
  return rpc::UnaryAsync(gate_, context, request, response,
                         [this, request](const std::shared_ptr<const rpc::Call>& call,
                                         rpc::Done<v1::RegisterAgencyResponse> done) {
                           DoRegisterAgency(*call, *request, std::move(done));
                         });
}

grpc::ServerUnaryReactor* PlanningService::GetAgency(grpc::CallbackServerContext* context,
                                                     const v1::GetAgencyRequest* request,
                                                     v1::GetAgencyResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [this, request](const rpc::Call&) { return DoGetAgency(*request); });
}

grpc::ServerUnaryReactor* PlanningService::ListAgencies(grpc::CallbackServerContext* context,
                                                        const v1::ListAgenciesRequest* request,
                                                        v1::ListAgenciesResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [this, request](const rpc::Call&) { return DoListAgencies(*request); });
}

grpc::ServerUnaryReactor* PlanningService::PublishDocument(
    grpc::CallbackServerContext* context, const v1::PublishDocumentRequest* request,
    v1::PublishDocumentResponse* response) {
  return rpc::UnaryAsync(gate_, context, request, response,
                         [this, request](const std::shared_ptr<const rpc::Call>& call,
                                         rpc::Done<v1::PublishDocumentResponse> done) {
                           DoPublishDocument(*call, *request, std::move(done));
                         });
}

grpc::ServerUnaryReactor* PlanningService::PublishPlan(grpc::CallbackServerContext* context,
                                                       const v1::PublishPlanRequest* request,
                                                       v1::PublishPlanResponse* response) {
  return rpc::UnaryAsync(gate_, context, request, response,
                         [this, request](const std::shared_ptr<const rpc::Call>& call,
                                         rpc::Done<v1::PublishPlanResponse> done) {
                           DoPublishPlan(*call, *request, std::move(done));
                         });
}

grpc::ServerUnaryReactor* PlanningService::CheckPlan(grpc::CallbackServerContext* context,
                                                     const v1::CheckPlanRequest* request,
                                                     v1::CheckPlanResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [this, request](const rpc::Call& call) { return DoCheckPlan(call, *request); });
}

grpc::ServerUnaryReactor* PlanningService::GetDocument(grpc::CallbackServerContext* context,
                                                       const v1::GetDocumentRequest* request,
                                                       v1::GetDocumentResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [this, request](const rpc::Call&) { return DoGetDocument(*request); });
}

grpc::ServerUnaryReactor* PlanningService::DiffDocuments(grpc::CallbackServerContext* context,
                                                         const v1::DiffDocumentsRequest* request,
                                                         v1::DiffDocumentsResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [this, request](const rpc::Call&) { return DoDiffDocuments(*request); });
}

grpc::ServerUnaryReactor* PlanningService::GetCascade(grpc::CallbackServerContext* context,
                                                      const v1::GetCascadeRequest* request,
                                                      v1::GetCascadeResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [this, request](const rpc::Call&) { return DoGetCascade(*request); });
}

grpc::ServerUnaryReactor* PlanningService::ListDocumentRevisions(
    grpc::CallbackServerContext* context, const v1::ListDocumentRevisionsRequest* request,
    v1::ListDocumentRevisionsResponse* response) {
  return rpc::Unary(gate_, context, request, response, [this, request](const rpc::Call&) {
    return DoListDocumentRevisions(*request);
  });
}

}  // namespace sakip::planning
