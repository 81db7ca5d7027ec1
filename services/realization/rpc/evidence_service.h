// EvidenceService serves sakip.realization.v1.EvidenceService over a store of evidence.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_EVIDENCE_SERVICE_H_
#define SAKIP_SERVICES_REALIZATION_RPC_EVIDENCE_SERVICE_H_

#include "common/rpc/gate.h"
#include "common/rpc/raw_service.h"
#include "common/rpc/stream_set.h"
#include "sakip/realization/v1/evidence_service.grpc.pb.h"
#include "services/realization/store/evidence_store.h"

namespace sakip::realization {

// Thread-safe. Borrows the gate and the store, which outlive it. Streams end when the gate drains.
class EvidenceService final
    : public rpc::RawService<v1::EvidenceService::Service,
                             v1::EvidenceService::WithRawCallbackMethod_UploadEvidence,
                             v1::EvidenceService::WithRawCallbackMethod_DownloadEvidence,
                             v1::EvidenceService::WithRawCallbackMethod_StatEvidence> {
 public:
  EvidenceService(rpc::Gate& gate, EvidenceStore& store)
      : gate_(gate), store_(store), streams_(gate) {}

  grpc::ServerReadReactor<grpc::ByteBuffer>* UploadEvidence(grpc::CallbackServerContext* context,
                                                            grpc::ByteBuffer* out) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* DownloadEvidence(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* in) override;
  grpc::ServerUnaryReactor* StatEvidence(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* in,
                                         grpc::ByteBuffer* out) override;

 private:
  rpc::Gate& gate_;
  EvidenceStore& store_;
  rpc::StreamSet streams_;
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_EVIDENCE_SERVICE_H_
