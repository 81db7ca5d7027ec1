// EvidenceService serves sakip.realization.v1.EvidenceService over a store of evidence.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_EVIDENCE_SERVICE_H_
#define SAKIP_SERVICES_REALIZATION_RPC_EVIDENCE_SERVICE_H_

#include "common/rpc/gate.h"
#include "common/rpc/stream_set.h"
#include "sakip/realization/v1/evidence_service.grpc.pb.h"
#include "services/realization/store/evidence_store.h"

namespace sakip::realization {

// Thread-safe. Borrows the gate and the store, which outlive it. Streams end when the gate drains.
class EvidenceService final : public v1::EvidenceService::CallbackService {
 public:
  EvidenceService(rpc::Gate& gate, EvidenceStore& store)
      : gate_(gate), store_(store), streams_(gate) {}

  grpc::ServerReadReactor<v1::UploadEvidenceRequest>* UploadEvidence(
      grpc::CallbackServerContext* context, v1::UploadEvidenceResponse* response) override;
  grpc::ServerWriteReactor<v1::DownloadEvidenceResponse>* DownloadEvidence(
      grpc::CallbackServerContext* context, const v1::DownloadEvidenceRequest* request) override;
  grpc::ServerUnaryReactor* StatEvidence(grpc::CallbackServerContext* context,
                                         const v1::StatEvidenceRequest* request,
                                         v1::StatEvidenceResponse* response) override;

 private:
  rpc::Gate& gate_;
  EvidenceStore& store_;
  rpc::StreamSet streams_;
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_EVIDENCE_SERVICE_H_
