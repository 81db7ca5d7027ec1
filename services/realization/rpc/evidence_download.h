// EvidenceDownload serves one DownloadEvidence: what the file is, then its bytes as the client
// takes them.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_EVIDENCE_DOWNLOAD_H_
#define SAKIP_SERVICES_REALIZATION_RPC_EVIDENCE_DOWNLOAD_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/mutex.h"
#include "common/rpc/admission.h"
#include "common/rpc/pull_stream.h"
#include "common/rpc/stream_set.h"
#include "sakip/realization/v1/evidence_service.pb.h"
#include "services/realization/domain/evidence.h"
#include "services/realization/store/evidence_store.h"

namespace sakip::realization {

// Thread-safe. Borrows the set and the store, which outlive it.
class EvidenceDownload final : public rpc::PullReactor<v1::DownloadEvidenceResponse> {
 public:
  EvidenceDownload(std::shared_ptr<rpc::Admission> admission, rpc::StreamSet& streams,
                   EvidenceStore& store, EvidenceName name)
      : PullReactor(streams, std::move(admission)), store_(store), name_(std::move(name)) {}

 private:
  // Bytes of the file; none where it was opened, and at its end.
  using Answer = absl::StatusOr<std::string>;

  // What the store was asked for. Its answer shares it: that may come when the stream is gone.
  struct Question {
    Mutex mutex;
    bool asked ABSL_GUARDED_BY(mutex) = false;
    std::optional<Answer> answer ABSL_GUARDED_BY(mutex);
    std::unique_ptr<EvidenceReader> reader;  // Set before the first answer.
  };

  absl::StatusOr<Next> MakeNext() override;
  absl::Time BeginWait() override;
  void EndWait() override {}

  void Ask();
  void Describe(const StoredEvidence& stored);

  EvidenceStore& store_;
  const EvidenceName name_;
  const std::shared_ptr<Question> question_ = std::make_shared<Question>();
  bool described_ = false;  // The first message was made. Of who makes messages.
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_EVIDENCE_DOWNLOAD_H_
