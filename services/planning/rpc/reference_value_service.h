// ReferenceValueService serves sakip.planning.v1.ReferenceValueService over planning's log.
#ifndef SAKIP_SERVICES_PLANNING_RPC_REFERENCE_VALUE_SERVICE_H_
#define SAKIP_SERVICES_PLANNING_RPC_REFERENCE_VALUE_SERVICE_H_

#include "absl/status/statusor.h"
#include "common/eventlog/event_log.h"
#include "common/rpc/gate.h"
#include "common/rpc/raw_service.h"
#include "common/rpc/unary.h"
#include "sakip/planning/v1/reference_value_service.grpc.pb.h"
#include "services/planning/store/reference_value_view.h"

namespace sakip::planning {

// Thread-safe. Borrows the gate, the log and the view, which outlive it. The view is kept by the
// log's observer.
class ReferenceValueService final
    : public rpc::RawService<
          v1::ReferenceValueService::Service,
          v1::ReferenceValueService::WithRawCallbackMethod_PublishReferenceValues,
          v1::ReferenceValueService::WithRawCallbackMethod_ListReferenceValues> {
 public:
  ReferenceValueService(rpc::Gate& gate, eventlog::EventLog& log, const ReferenceValueView& view)
      : gate_(gate), log_(log), view_(view) {}

  grpc::ServerUnaryReactor* PublishReferenceValues(grpc::CallbackServerContext* context,
                                                   const grpc::ByteBuffer* in,
                                                   grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListReferenceValues(grpc::CallbackServerContext* context,
                                                const grpc::ByteBuffer* in,
                                                grpc::ByteBuffer* out) override;

 private:
  void DoPublish(const rpc::Call& call, const v1::PublishReferenceValuesRequest& request,
                 rpc::Done<v1::PublishReferenceValuesResponse> done);
  absl::StatusOr<v1::ListReferenceValuesResponse> DoList(
      const v1::ListReferenceValuesRequest& request);

  rpc::Gate& gate_;
  eventlog::EventLog& log_;
  const ReferenceValueView& view_;
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_RPC_REFERENCE_VALUE_SERVICE_H_
