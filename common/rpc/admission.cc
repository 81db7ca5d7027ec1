#include "common/rpc/admission.h"

#include "common/base/log.h"
#include "common/rpc/status_convert.h"

namespace sakip::rpc {

Admission::~Admission() {
  if (!ended_) End(absl::InternalError("the call was dropped without an answer"));
}

grpc::Status Admission::End(const absl::Status& status) {
  SAKIP_CHECK(!ended_.exchange(true));
  places_.slot.Release();
  places_.charge.Release();
  Observation observation;
  observation.status = ToSendable(status, call_.call_id());
  observation.end_time = clock_.Now();
  observation.request_bytes = request_bytes_.load(std::memory_order_relaxed);
  observation.response_bytes = response_bytes_.load(std::memory_order_relaxed);
  observation.response_messages = response_messages_.load(std::memory_order_relaxed);
  observer_.Observe(call_, observation);
  return SendableToGrpcStatus(observation.status);
}

}  // namespace sakip::rpc
