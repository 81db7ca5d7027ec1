// ReviewService serves sakip.scoring.v1.ReviewService over a projection.
#ifndef SAKIP_SERVICES_SCORING_RPC_REVIEW_SERVICE_H_
#define SAKIP_SERVICES_SCORING_RPC_REVIEW_SERVICE_H_

#include "absl/status/statusor.h"
#include "common/rpc/gate.h"
#include "common/rpc/raw_service.h"
#include "common/rpc/unary.h"
#include "sakip/scoring/v1/review_service.grpc.pb.h"
#include "services/scoring/domain/review/report.h"
#include "services/scoring/rpc/moment.h"
#include "services/scoring/rpc/scorecard_query.h"
#include "services/scoring/store/progress.h"
#include "services/scoring/store/projection.h"

namespace sakip::scoring {

// Thread-safe. Borrows all it is given, which outlives it.
class ReviewService final
    : public rpc::RawService<v1::ReviewService::Service,
                             v1::ReviewService::WithRawCallbackMethod_ReviewReport> {
 public:
  ReviewService(rpc::Gate& gate, const Projection& projection, Progress& progress)
      : gate_(gate), projection_(projection), progress_(progress) {}

  grpc::ServerUnaryReactor* ReviewReport(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* in,
                                         grpc::ByteBuffer* out) override;

 private:
  // A request that was checked.
  struct Query {
    ScorecardName scorecard;
    Wanted wanted;
    review::Report report;
  };

  static absl::StatusOr<Query> ReadRequest(const v1::ReviewReportRequest& request);
  absl::StatusOr<v1::ReviewReportResponse> DoReviewReport(const Query& query) const;

  rpc::Gate& gate_;
  const Projection& projection_;
  Progress& progress_;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_REVIEW_SERVICE_H_
