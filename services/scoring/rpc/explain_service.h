// ExplainService serves sakip.scoring.v1.ExplainService over a projection.
#ifndef SAKIP_SERVICES_SCORING_RPC_EXPLAIN_SERVICE_H_
#define SAKIP_SERVICES_SCORING_RPC_EXPLAIN_SERVICE_H_

#include "absl/status/statusor.h"
#include "common/rpc/gate.h"
#include "common/rpc/raw_service.h"
#include "sakip/scoring/v1/explain_service.grpc.pb.h"
#include "services/scoring/rpc/explain_query.h"
#include "services/scoring/store/progress.h"
#include "services/scoring/store/projection.h"

namespace sakip::scoring {

// Thread-safe. Borrows all it is given, which outlives it.
class ExplainService final
    : public rpc::RawService<v1::ExplainService::Service,
                             v1::ExplainService::WithRawCallbackMethod_ExplainFigure> {
 public:
  ExplainService(rpc::Gate& gate, const Projection& projection, Progress& progress)
      : gate_(gate), projection_(projection), progress_(progress) {}

  grpc::ServerUnaryReactor* ExplainFigure(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* in,
                                          grpc::ByteBuffer* out) override;

 private:
  absl::StatusOr<v1::ExplainFigureResponse> DoExplainFigure(const ExplainQuery& query) const;

  rpc::Gate& gate_;
  const Projection& projection_;
  Progress& progress_;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_EXPLAIN_SERVICE_H_
