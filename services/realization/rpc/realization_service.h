// RealizationService serves sakip.realization.v1.RealizationService over an event log.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_REALIZATION_SERVICE_H_
#define SAKIP_SERVICES_REALIZATION_RPC_REALIZATION_SERVICE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/eventlog/event_log.h"
#include "common/eventlog/execute.h"
#include "common/rpc/gate.h"
#include "common/rpc/raw_service.h"
#include "common/rpc/unary.h"
#include "sakip/realization/v1/realization_service.grpc.pb.h"
#include "services/realization/rpc/planning_client.h"
#include "services/realization/rpc/reference_check.h"
#include "services/realization/rpc/steps.h"
#include "services/realization/store/submission_view.h"

namespace sakip::realization {

// Thread-safe. Borrows all it is given, which outlives it. The view is kept by the log's observer.
class RealizationService final
    : public rpc::RawService<v1::RealizationService::Service,
                             v1::RealizationService::WithRawCallbackMethod_SubmitQuarter,
                             v1::RealizationService::WithRawCallbackMethod_GetSubmission,
                             v1::RealizationService::WithRawCallbackMethod_ListSubmissions,
                             v1::RealizationService::WithRawCallbackMethod_VerifySubmission,
                             v1::RealizationService::WithRawCallbackMethod_ReturnSubmission,
                             v1::RealizationService::WithRawCallbackMethod_ApproveSubmission,
                             v1::RealizationService::WithRawCallbackMethod_OpenQuarter,
                             v1::RealizationService::WithRawCallbackMethod_CloseQuarter,
                             v1::RealizationService::WithRawCallbackMethod_ReopenQuarter,
                             v1::RealizationService::WithRawCallbackMethod_GetQuarter,
                             v1::RealizationService::WithRawCallbackMethod_GetQuarterProgress> {
 public:
  RealizationService(rpc::Gate& gate, eventlog::EventLog& log, const SubmissionView& view,
                     ReferenceCheck& references, PlanningClient& planning, const Clock& clock)
      : gate_(gate),
        log_(log),
        view_(view),
        references_(references),
        planning_(planning),
        clock_(clock),
        steps_(gate.methods(), log, view) {}

  grpc::ServerUnaryReactor* SubmitQuarter(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* in,
                                          grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetSubmission(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* in,
                                          grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListSubmissions(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* in,
                                            grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* VerifySubmission(grpc::CallbackServerContext* context,
                                             const grpc::ByteBuffer* in,
                                             grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ReturnSubmission(grpc::CallbackServerContext* context,
                                             const grpc::ByteBuffer* in,
                                             grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ApproveSubmission(grpc::CallbackServerContext* context,
                                              const grpc::ByteBuffer* in,
                                              grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* OpenQuarter(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* in, grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* CloseQuarter(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* in,
                                         grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ReopenQuarter(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* in,
                                          grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetQuarter(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* in, grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetQuarterProgress(grpc::CallbackServerContext* context,
                                               const grpc::ByteBuffer* in,
                                               grpc::ByteBuffer* out) override;

 private:
  using SubmitDone = rpc::Done<v1::SubmitQuarterResponse>;

  // Requests live until `done` was called.
  void DoSubmitQuarter(const CallPtr& call, const v1::SubmitQuarterRequest& request,
                       SubmitDone done);
  eventlog::Command SubmitCommand(const rpc::Call& call,
                                  const v1::SubmitQuarterRequest& request) const;
  void DoVerifySubmission(const CallPtr& call, const v1::VerifySubmissionRequest& request,
                          rpc::Done<v1::VerifySubmissionResponse> done);
  void DoReturnSubmission(const CallPtr& call, const v1::ReturnSubmissionRequest& request,
                          rpc::Done<v1::ReturnSubmissionResponse> done);
  void DoApproveSubmission(const CallPtr& call, const v1::ApproveSubmissionRequest& request,
                           rpc::Done<v1::ApproveSubmissionResponse> done);
  void DoOpenQuarter(const CallPtr& call, const v1::OpenQuarterRequest& request,
                     rpc::Done<v1::OpenQuarterResponse> done);
  void DoCloseQuarter(const CallPtr& call, const v1::CloseQuarterRequest& request,
                      rpc::Done<v1::CloseQuarterResponse> done);
  void DoReopenQuarter(const CallPtr& call, const v1::ReopenQuarterRequest& request,
                       rpc::Done<v1::ReopenQuarterResponse> done);
  void DoGetQuarterProgress(const CallPtr& call, const v1::GetQuarterProgressRequest& request,
                            rpc::Done<v1::GetQuarterProgressResponse> done);
  absl::StatusOr<eventlog::NewEvent> DecideClose(const std::string& name, const PlanInForce& plan,
                                                 const Quarter& quarter) const;

  absl::StatusOr<v1::GetSubmissionResponse> DoGetSubmission(
      const v1::GetSubmissionRequest& request) const;
  absl::StatusOr<v1::ListSubmissionsResponse> DoListSubmissions(
      const v1::ListSubmissionsRequest& request) const;
  absl::StatusOr<v1::GetQuarterResponse> DoGetQuarter(const rpc::Call& call,
                                                      const v1::GetQuarterRequest& request) const;
  absl::Status AddReasons(v1::Quarter& quarter) const;

  rpc::Gate& gate_;
  eventlog::EventLog& log_;
  const SubmissionView& view_;
  ReferenceCheck& references_;
  PlanningClient& planning_;
  const Clock& clock_;
  const Steps steps_;
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_REALIZATION_SERVICE_H_
