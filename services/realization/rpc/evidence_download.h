// EvidenceDownload serves one DownloadEvidence: what the file is, then its bytes as the client
// takes them.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_EVIDENCE_DOWNLOAD_H_
#define SAKIP_SERVICES_REALIZATION_RPC_EVIDENCE_DOWNLOAD_H_

#include <grpcpp/support/server_callback.h>

#include <memory>

#include "common/base/mutex.h"
#include "common/rpc/admission.h"
#include "common/rpc/stream_set.h"
#include "sakip/realization/v1/evidence_service.pb.h"
#include "services/realization/domain/evidence.h"
#include "services/realization/store/evidence_store.h"

namespace sakip::realization {

// Thread-safe. Deletes itself when the call is done. Borrows the set and the store, which outlive
// it. At any time either the store's answer or the client is awaited, so it ends at its next step.
class EvidenceDownload final : public grpc::ServerWriteReactor<v1::DownloadEvidenceResponse>,
                               public rpc::BreakableStream {
 public:
  EvidenceDownload(std::shared_ptr<rpc::Admission> admission, rpc::StreamSet& streams,
                   EvidenceName name)
      : admission_(std::move(admission)), streams_(streams), name_(std::move(name)) {}

  void Begin(EvidenceStore& store);

  void Break(const absl::Status& why) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  void OnOpened(absl::StatusOr<std::unique_ptr<EvidenceReader>> reader);
  void OnRead(absl::StatusOr<std::string> bytes);
  void Write();

  // Ends the call where it was broken.
  bool EndIfBroken();
  void End(const absl::Status& status);

  const std::shared_ptr<rpc::Admission> admission_;
  rpc::StreamSet& streams_;
  const EvidenceName name_;
  std::unique_ptr<EvidenceReader> reader_;
  v1::DownloadEvidenceResponse response_;

  Mutex mutex_;
  absl::Status broken_ ABSL_GUARDED_BY(mutex_);  // Why it is broken; OK where it is not.
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_EVIDENCE_DOWNLOAD_H_
