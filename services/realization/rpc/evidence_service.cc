#include "services/realization/rpc/evidence_service.h"

#include <memory>
#include <utility>
#include <vector>

#include "common/base/error.h"
#include "common/rpc/client_stream.h"
#include "common/rpc/stream.h"
#include "common/rpc/unary.h"
#include "services/realization/domain/evidence.h"
#include "services/realization/rpc/evidence_download.h"
#include "services/realization/rpc/evidence_upload.h"

namespace sakip::realization {

grpc::ServerReadReactor<v1::UploadEvidenceRequest>* EvidenceService::UploadEvidence(
    grpc::CallbackServerContext* context, v1::UploadEvidenceResponse* response) {
  return rpc::ReadStream<v1::UploadEvidenceRequest>(
      gate_, streams_, context, response, [this](EvidenceUpload::Stream& stream) {
        return std::make_unique<EvidenceUpload>(stream, store_);
      });
}

grpc::ServerWriteReactor<v1::DownloadEvidenceResponse>* EvidenceService::DownloadEvidence(
    grpc::CallbackServerContext* context, const v1::DownloadEvidenceRequest* request) {
  auto admission = gate_.Admit(context, *request);
  if (!admission.ok()) return rpc::Refuse<v1::DownloadEvidenceResponse>(admission.status());
  auto name = ParseEvidenceName(request->name());
  if (!name.ok()) {
    const absl::Status wrong = InvalidField("name", name.status().message());
    return rpc::Refuse<v1::DownloadEvidenceResponse>(**admission, wrong);
  }
  return rpc::Begin(
      streams_, new EvidenceDownload(*std::move(admission), streams_, store_, *std::move(name)));
}

grpc::ServerUnaryReactor* EvidenceService::StatEvidence(grpc::CallbackServerContext* context,
                                                        const v1::StatEvidenceRequest* request,
                                                        v1::StatEvidenceResponse* response) {
  return rpc::UnaryAsync(
      gate_, context, request, response,
      [this, request](const std::shared_ptr<const rpc::Call>&,
                      rpc::Done<v1::StatEvidenceResponse> done) {
        const auto name = ParseEvidenceName(request->name());
        if (!name.ok()) return done(InvalidField("name", name.status().message()));
        store_.Stat(name->agency, {name->digest},
                    [name = *name, done = std::move(done)](
                        const absl::StatusOr<std::vector<std::optional<StoredEvidence>>>& found) {
                      if (!found.ok()) return done(found.status());
                      if (!found->front().has_value()) {
                        return done(EvidenceNotFound(name.agency, name.digest));
                      }
                      v1::StatEvidenceResponse answer;
                      v1::Evidence& evidence = *answer.mutable_evidence();
                      evidence.set_digest(name.digest);
                      evidence.set_size_bytes(found->front()->size_bytes);
                      evidence.set_media_type(found->front()->media_type);
                      evidence.set_location(kStoreLocation);
                      done(answer);
                    });
      });
}

}  // namespace sakip::realization
