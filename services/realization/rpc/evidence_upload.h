// EvidenceUpload takes the messages of one UploadEvidence and gives their bytes to the store, one
// chunk at a time.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_EVIDENCE_UPLOAD_H_
#define SAKIP_SERVICES_REALIZATION_RPC_EVIDENCE_UPLOAD_H_

#include <memory>

#include "absl/status/status.h"
#include "common/rpc/client_stream.h"
#include "sakip/realization/v1/evidence_service.pb.h"
#include "services/realization/store/evidence_store.h"

namespace sakip::realization {

// Called by its stream only. Borrows the stream, which owns it, and the store, which outlives it.
class EvidenceUpload final : public rpc::StreamHandler<v1::UploadEvidenceRequest> {
 public:
  using Stream = rpc::ClientStream<v1::UploadEvidenceRequest, v1::UploadEvidenceResponse>;

  EvidenceUpload(Stream& stream, EvidenceStore& store) : stream_(stream), store_(store) {}

  void OnMessage(v1::UploadEvidenceRequest message) override;
  void OnEnd() override;
  void OnBroken(const absl::Status&) override {}

 private:
  absl::Status Begin(v1::UploadEvidenceRequest message);
  absl::Status CheckChunk(const v1::UploadEvidenceRequest& message) const;

  v1::UploadEvidenceResponse ToResponse(bool repeated) const;

  Stream& stream_;
  EvidenceStore& store_;
  v1::UploadEvidenceOptions options_;       // Of the first message.
  std::unique_ptr<EvidenceWriter> writer_;  // From then on.
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_EVIDENCE_UPLOAD_H_
