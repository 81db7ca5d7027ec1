#include "services/realization/rpc/evidence_download.h"

#include "absl/time/clock.h"

namespace sakip::realization {

absl::StatusOr<EvidenceDownload::Next> EvidenceDownload::MakeNext() {
  std::optional<Answer> answer;
  {
    MutexLock lock(question_->mutex);
    answer.swap(question_->answer);
  }
  if (!answer.has_value()) return Next::kWait;
  if (!answer->ok()) return answer->status();
  if (!described_) {
    described_ = true;
    Describe(question_->reader->evidence());
    return Next::kMessage;
  }
  if ((*answer)->empty()) return Next::kEnd;
  message().clear_evidence();
  message().set_chunk(**std::move(answer));
  return Next::kMessage;
}

void EvidenceDownload::Describe(const StoredEvidence& stored) {
  v1::Evidence& evidence = *message().mutable_evidence();
  evidence.set_digest(name_.digest);
  evidence.set_size_bytes(stored.size_bytes);
  evidence.set_media_type(stored.media_type);
  evidence.set_location(kStoreLocation);
}

absl::Time EvidenceDownload::BeginWait() {
  {
    MutexLock lock(question_->mutex);
    if (question_->answer.has_value()) return absl::Now();  // It came after the look for it.
    if (question_->asked) return absl::InfiniteFuture();
    question_->asked = true;
  }
  Ask();
  return absl::InfiniteFuture();
}

// For the next bytes, or at first for the file.
void EvidenceDownload::Ask() {
  const auto tell = [question = question_, wake = Waker()](Answer answer) {
    {
      MutexLock lock(question->mutex);
      question->asked = false;
      question->answer = std::move(answer);
    }
    wake();
  };
  if (question_->reader != nullptr) return question_->reader->Read(tell);
  store_.Open(name_.agency, name_.digest, [question = question_, tell](auto reader) {
    if (!reader.ok()) return tell(reader.status());
    question->reader = *std::move(reader);
    tell("");
  });
}

}  // namespace sakip::realization
