#include "services/realization/rpc/evidence_upload.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "services/realization/domain/evidence.h"
#include "services/realization/rpc/field_root.h"

namespace sakip::realization {

void EvidenceUpload::OnMessage(v1::UploadEvidenceRequest message) {
  if (writer_ == nullptr) {
    const absl::Status begun = Begin(std::move(message));
    return begun.ok() ? stream_.ReadNext() : stream_.Finish(begun);
  }
  const absl::Status right = CheckChunk(message);
  if (!right.ok()) return stream_.Finish(right);
  writer_->Write(std::move(*message.mutable_chunk()),
                 [this, hold = stream_.KeepAlive()](const absl::Status& written) {
                   if (written.ok()) return stream_.ReadNext();
                   stream_.Finish(MoveFieldRoot(written, "", "options."));
                 });
}

void EvidenceUpload::OnEnd() {
  writer_->Commit([this, hold = stream_.KeepAlive()](const absl::StatusOr<bool>& repeated) {
    if (repeated.ok()) return stream_.Finish(ToResponse(*repeated));
    stream_.Finish(MoveFieldRoot(repeated.status(), "", "options."));
  });
}

absl::Status EvidenceUpload::Begin(v1::UploadEvidenceRequest message) {
  options_ = std::move(*message.mutable_options());
  FieldErrors errors;
  const auto check = [&](const absl::Status& status, const char* field) {
    if (!status.ok()) errors.Add(absl::StrCat("options.", field), status.message());
  };
  check(ParseAgencyName(options_.parent()).status(), "parent");
  check(CheckMediaType(options_.media_type()), "media_type");
  check(CheckDigest(options_.digest()), "digest");
  check(CheckEvidenceSize(options_.size_bytes()), "size_bytes");
  if (!message.chunk().empty()) errors.Add("chunk", "comes with the options; send it after them");
  RETURN_IF_ERROR(errors.ToStatus());
  writer_ = store_.Create(
      {options_.parent(), options_.digest(), options_.size_bytes(), options_.media_type()});
  return absl::OkStatus();
}

absl::Status EvidenceUpload::CheckChunk(const v1::UploadEvidenceRequest& message) const {
  if (message.has_options()) return InvalidField("options", "come a second time; once, at first");
  if (message.chunk().size() <= kEvidenceChunkBytesMax) return absl::OkStatus();
  return InvalidField("chunk", absl::StrCat("has ", message.chunk().size(), " bytes; at most ",
                                            kEvidenceChunkBytesMax));
}

v1::UploadEvidenceResponse EvidenceUpload::ToResponse(bool repeated) const {
  v1::UploadEvidenceResponse response;
  response.set_name(FormatEvidenceName({options_.parent(), options_.digest()}));
  v1::Evidence& evidence = *response.mutable_evidence();
  evidence.set_digest(options_.digest());
  evidence.set_size_bytes(options_.size_bytes());
  evidence.set_media_type(options_.media_type());
  evidence.set_location(kStoreLocation);
  response.set_repeated(repeated);
  return response;
}

}  // namespace sakip::realization
