// PlanningService serves sakip.planning.v1.PlanningService over an event log.
#ifndef SAKIP_SERVICES_PLANNING_RPC_PLANNING_SERVICE_H_
#define SAKIP_SERVICES_PLANNING_RPC_PLANNING_SERVICE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/eventlog/event_log.h"
#include "common/rpc/gate.h"
#include "common/rpc/raw_service.h"
#include "common/rpc/unary.h"
#include "sakip/planning/v1/planning_service.grpc.pb.h"
#include "services/planning/rpc/code_editions.h"
#include "services/planning/store/planning_views.h"

namespace sakip::planning {

// Thread-safe. Borrows the gate, the log, the views and the clock, which outlive it. The views are
// kept by the log's observer.
class PlanningService final
    : public rpc::RawService<v1::PlanningService::Service,
                             v1::PlanningService::WithRawCallbackMethod_RegisterAgency,
                             v1::PlanningService::WithRawCallbackMethod_GetAgency,
                             v1::PlanningService::WithRawCallbackMethod_ListAgencies,
                             v1::PlanningService::WithRawCallbackMethod_PublishDocument,
                             v1::PlanningService::WithRawCallbackMethod_PublishPlan,
                             v1::PlanningService::WithRawCallbackMethod_CheckPlan,
                             v1::PlanningService::WithRawCallbackMethod_GetDocument,
                             v1::PlanningService::WithRawCallbackMethod_DiffDocuments,
                             v1::PlanningService::WithRawCallbackMethod_GetCascade,
                             v1::PlanningService::WithRawCallbackMethod_ListDocumentRevisions> {
 public:
  PlanningService(rpc::Gate& gate, eventlog::EventLog& log, const PlanningViews& views,
                  const Clock& clock)
      : gate_(gate),
        log_(log),
        view_(views.documents()),
        editions_(views.code_editions(), log),
        clock_(clock) {}

  grpc::ServerUnaryReactor* RegisterAgency(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* in,
                                           grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetAgency(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* in, grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListAgencies(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* in,
                                         grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* PublishDocument(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* in,
                                            grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* PublishPlan(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* in, grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* CheckPlan(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* in, grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetDocument(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* in, grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* DiffDocuments(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* in,
                                          grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetCascade(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* in, grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListDocumentRevisions(grpc::CallbackServerContext* context,
                                                  const grpc::ByteBuffer* in,
                                                  grpc::ByteBuffer* out) override;

 private:
  void DoRegisterAgency(const rpc::Call& call, const v1::RegisterAgencyRequest& request,
                        rpc::Done<v1::RegisterAgencyResponse> done);
  void DoPublishDocument(const rpc::Call& call, const v1::PublishDocumentRequest& request,
                         rpc::Done<v1::PublishDocumentResponse> done);
  void DoPublishPlan(const rpc::Call& call, const v1::PublishPlanRequest& request,
                     rpc::Done<v1::PublishPlanResponse> done);
  absl::StatusOr<v1::CheckPlanResponse> DoCheckPlan(const rpc::Call& call,
                                                    const v1::CheckPlanRequest& request);
  absl::StatusOr<v1::GetAgencyResponse> DoGetAgency(const v1::GetAgencyRequest& request);
  absl::StatusOr<v1::ListAgenciesResponse> DoListAgencies(const v1::ListAgenciesRequest& request);
  absl::StatusOr<v1::GetDocumentResponse> DoGetDocument(const v1::GetDocumentRequest& request);
  absl::StatusOr<v1::DiffDocumentsResponse> DoDiffDocuments(
      const v1::DiffDocumentsRequest& request);
  absl::StatusOr<v1::GetCascadeResponse> DoGetCascade(const v1::GetCascadeRequest& request);
  absl::StatusOr<v1::ListDocumentRevisionsResponse> DoListDocumentRevisions(
      const v1::ListDocumentRevisionsRequest& request);

  // A revision by number or by the day in `day_path`; the latest where neither is given.
  absl::StatusOr<v1::PlanDocument> FindDocument(const std::string& name, uint32_t revision,
                                                absl::string_view day_path,
                                                const std::string& day_text) const;

  // The document as it is served: with its position in the log.
  absl::StatusOr<v1::PlanDocument> ReadDocument(uint64_t position) const;

  rpc::Gate& gate_;
  eventlog::EventLog& log_;
  const PlanningView& view_;
  const CodeEditions editions_;
  const Clock& clock_;
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_RPC_PLANNING_SERVICE_H_
