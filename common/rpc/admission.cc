#include "common/rpc/admission.h"

#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/rpc/checks.h"
#include "common/rpc/status_convert.h"

namespace sakip::rpc {

Admission::~Admission() {
  if (!ended_) End(absl::InternalError("the call was dropped without an answer"));
}

absl::Status Admission::LetIn() {
  if (audit_ != nullptr) {
    ASSIGN_OR_RETURN(record_, audit_->Admit(call_, method_));
  }
  let_in_ = true;
  return absl::OkStatus();
}

absl::Status Admission::Read(const grpc::ByteBuffer& bytes, google::protobuf::Message& request) {
  places_.charge.SpendBytes(bytes.Length());
  request_bytes_.fetch_add(bytes.Length(), std::memory_order_relaxed);
  RETURN_IF_ERROR(CheckSize(method_, bytes.Length()));
  InFlightLimit::Slot reading;
  return ReadRequest(bytes, reading_, reading, request);
}

void Admission::EndWhenRecorded(const absl::Status& status,
                                std::function<void(grpc::Status)> finish) {
  if (record_ == nullptr || !method_.waits_for_record()) return finish(End(status));
  record_->WhenRecorded([self = shared_from_this(), status,
                         finish = std::move(finish)](const absl::Status& recorded) {
    finish(self->End(status.ok() ? recorded : status));
  });
}

void Admission::Audit(const Observation& observation) {
  if (record_ != nullptr) return record_->End(call_, observation);
  if (audit_ == nullptr) return;
  // What is let in and not recorded, a read of one's own, may still lose its identity on the way.
  const absl::StatusCode code = observation.status.code();
  if (!let_in_ || code == absl::StatusCode::kUnauthenticated ||
      code == absl::StatusCode::kPermissionDenied) {
    audit_->Refuse(call_, method_, observation);
  }
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
  Audit(observation);
  observer_.Observe(call_, observation);
  return SendableToGrpcStatus(observation.status);
}

}  // namespace sakip::rpc
