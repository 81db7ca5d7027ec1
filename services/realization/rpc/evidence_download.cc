#include "services/realization/rpc/evidence_download.h"

#include <utility>

namespace sakip::realization {

void EvidenceDownload::Begin(EvidenceStore& store) {
  streams_.Enter(this);
  store.Open(name_.agency, name_.digest, [this](auto reader) { OnOpened(std::move(reader)); });
}

void EvidenceDownload::Break(const absl::Status& why) {
  MutexLock lock(mutex_);
  if (broken_.ok()) broken_ = why;
}

void EvidenceDownload::OnWriteDone(bool ok) {
  if (!ok) return End(absl::CancelledError("the client has gone"));
  if (EndIfBroken()) return;
  reader_->Read([this](auto bytes) { OnRead(std::move(bytes)); });
}

void EvidenceDownload::OnCancel() { Break(absl::CancelledError("the client cancelled")); }

void EvidenceDownload::OnDone() {
  streams_.Leave(this);
  delete this;
}

void EvidenceDownload::OnOpened(absl::StatusOr<std::unique_ptr<EvidenceReader>> reader) {
  if (!reader.ok()) return End(reader.status());
  reader_ = *std::move(reader);
  v1::Evidence& evidence = *response_.mutable_evidence();
  evidence.set_digest(name_.digest);
  evidence.set_size_bytes(reader_->evidence().size_bytes);
  evidence.set_media_type(reader_->evidence().media_type);
  evidence.set_location(kStoreLocation);
  Write();
}

void EvidenceDownload::OnRead(absl::StatusOr<std::string> bytes) {
  if (!bytes.ok()) return End(bytes.status());
  if (bytes->empty()) return End(absl::OkStatus());
  response_.Clear();
  response_.set_chunk(*std::move(bytes));
  Write();
}

void EvidenceDownload::Write() {
  if (EndIfBroken()) return;
  admission_->CountResponse(response_.ByteSizeLong());
  StartWrite(&response_);
}

bool EvidenceDownload::EndIfBroken() {
  absl::Status broken;
  {
    MutexLock lock(mutex_);
    broken = broken_;
  }
  if (!broken.ok()) End(broken);
  return !broken.ok();
}

// The last that is done with this.
void EvidenceDownload::End(const absl::Status& status) { Finish(admission_->End(status)); }

}  // namespace sakip::realization
