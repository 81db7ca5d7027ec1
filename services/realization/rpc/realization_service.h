// RealizationService serves sakip.realization.v1.RealizationService over an event log.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_REALIZATION_SERVICE_H_
#define SAKIP_SERVICES_REALIZATION_RPC_REALIZATION_SERVICE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/eventlog/event_log.h"
#include "common/rpc/gate.h"
#include "common/rpc/unary.h"
#include "sakip/realization/v1/realization_service.grpc.pb.h"
#include "services/realization/rpc/reference_check.h"
#include "services/realization/store/submission_view.h"

namespace sakip::realization {

// Thread-safe. Borrows all it is given, which outlives it. The view is kept by the log's observer.
class RealizationService final : public v1::RealizationService::CallbackService {
 public:
  RealizationService(rpc::Gate& gate, eventlog::EventLog& log, const SubmissionView& view,
                     ReferenceCheck& references, const Clock& clock)
      : gate_(gate), log_(log), view_(view), references_(references), clock_(clock) {}

  grpc::ServerUnaryReactor* SubmitQuarter(grpc::CallbackServerContext* context,
                                          const v1::SubmitQuarterRequest* request,
                                          v1::SubmitQuarterResponse* response) override;
  grpc::ServerUnaryReactor* GetSubmission(grpc::CallbackServerContext* context,
                                          const v1::GetSubmissionRequest* request,
                                          v1::GetSubmissionResponse* response) override;
  grpc::ServerUnaryReactor* ListSubmissions(grpc::CallbackServerContext* context,
                                            const v1::ListSubmissionsRequest* request,
                                            v1::ListSubmissionsResponse* response) override;
  grpc::ServerUnaryReactor* VerifySubmission(grpc::CallbackServerContext* context,
                                             const v1::VerifySubmissionRequest* request,
                                             v1::VerifySubmissionResponse* response) override;
  grpc::ServerUnaryReactor* ReturnSubmission(grpc::CallbackServerContext* context,
                                             const v1::ReturnSubmissionRequest* request,
                                             v1::ReturnSubmissionResponse* response) override;

 private:
  using SubmitDone = rpc::Done<v1::SubmitQuarterResponse>;

  // `request` lives until `done` was called.
  void DoSubmitQuarter(const std::shared_ptr<const rpc::Call>& call,
                       const v1::SubmitQuarterRequest& request, SubmitDone done);
  void Store(const rpc::Call& call, const v1::SubmitQuarterRequest& request,
             const std::string& digest, SubmitDone done);
  absl::StatusOr<v1::SubmitQuarterResponse> ToResponse(const eventlog::AppendResult& result) const;
  absl::StatusOr<v1::GetSubmissionResponse> DoGetSubmission(
      const v1::GetSubmissionRequest& request);
  absl::StatusOr<v1::ListSubmissionsResponse> DoListSubmissions(
      const v1::ListSubmissionsRequest& request);

  // The submission as it is served: with its state and its position in the log.
  absl::StatusOr<v1::Submission> ReadSubmission(uint64_t position) const;

  rpc::Gate& gate_;
  eventlog::EventLog& log_;
  const SubmissionView& view_;
  ReferenceCheck& references_;
  const Clock& clock_;
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_REALIZATION_SERVICE_H_
