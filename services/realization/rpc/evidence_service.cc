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

grpc::ServerReadReactor<grpc::ByteBuffer>* EvidenceService::UploadEvidence(
    grpc::CallbackServerContext* context, grpc::ByteBuffer* out) {
  return rpc::ReadStream<EvidenceUpload::Stream>(
      gate_, streams_, context, out, [this](EvidenceUpload::Stream& stream) {
        return std::make_unique<EvidenceUpload>(stream, store_);
      });
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* EvidenceService::DownloadEvidence(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in) {
  return rpc::WriteStream<v1::DownloadEvidenceRequest>(
      gate_, streams_, context, *in,
      [this](rpc::Admitted call,
             const v1::DownloadEvidenceRequest& request) -> absl::StatusOr<EvidenceDownload*> {
        auto name = ParseEvidenceName(request.name());
        if (!name.ok()) return InvalidField("name", name.status().message());
        return new EvidenceDownload(std::move(call), streams_, store_, *std::move(name));
      });
}

grpc::ServerUnaryReactor* EvidenceService::StatEvidence(grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer* in,
                                                        grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::StatEvidenceRequest, v1::StatEvidenceResponse>(
      gate_, context, in, out,
      [this](const std::shared_ptr<const rpc::Call>&, const v1::StatEvidenceRequest& request,
             rpc::Done<v1::StatEvidenceResponse> done) {
        const auto name = ParseEvidenceName(request.name());
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
