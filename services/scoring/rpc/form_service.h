// FormService serves sakip.scoring.v1.FormService over a projection.
#ifndef SAKIP_SERVICES_SCORING_RPC_FORM_SERVICE_H_
#define SAKIP_SERVICES_SCORING_RPC_FORM_SERVICE_H_

#include "absl/status/statusor.h"
#include "common/rpc/gate.h"
#include "common/rpc/raw_service.h"
#include "common/rpc/unary.h"
#include "sakip/scoring/v1/form_service.grpc.pb.h"
#include "services/scoring/rpc/moment.h"
#include "services/scoring/rpc/scorecard_query.h"
#include "services/scoring/store/progress.h"
#include "services/scoring/store/projection.h"

namespace sakip::scoring {

// Thread-safe. Borrows all it is given, which outlives it.
class FormService final
    : public rpc::RawService<v1::FormService::Service,
                             v1::FormService::WithRawCallbackMethod_GetRenjaEvaluation,
                             v1::FormService::WithRawCallbackMethod_GetMandatoryAnalyses> {
 public:
  FormService(rpc::Gate& gate, const Projection& projection, Progress& progress)
      : gate_(gate), projection_(projection), progress_(progress) {}

  grpc::ServerUnaryReactor* GetRenjaEvaluation(grpc::CallbackServerContext* context,
                                               const grpc::ByteBuffer* in,
                                               grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetMandatoryAnalyses(grpc::CallbackServerContext* context,
                                                 const grpc::ByteBuffer* in,
                                                 grpc::ByteBuffer* out) override;

 private:
  // A request that was checked.
  struct Query {
    ScorecardName name;  // Whose form, and when.
    Wanted wanted;
  };

  template <typename Request>
  static absl::StatusOr<Query> ReadRequest(absl::string_view collection, const Request& request);
  //   FAILED_PRECONDITION  EVENT_NOT_READ  an event of the year cannot be read.
  absl::StatusOr<AgencyYear> LoadYear(const Query& query, const AsOf& as_of) const;
  absl::StatusOr<v1::GetRenjaEvaluationResponse> DoGetRenjaEvaluation(const Query& query) const;
  absl::StatusOr<v1::GetMandatoryAnalysesResponse> DoGetMandatoryAnalyses(const Query& query) const;

  rpc::Gate& gate_;
  const Projection& projection_;
  Progress& progress_;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_FORM_SERVICE_H_
