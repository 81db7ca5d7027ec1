#include "services/realization/rpc/reference_check.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/realization/domain/check.h"
#include "services/realization/domain/evidence_reference.h"
#include "services/realization/domain/submission_name.h"

namespace sakip::realization {

void ReferenceCheck::Run(std::shared_ptr<const Submission> submission,
                         const rpc::OutgoingCall& outgoing, Done done) {
  const auto name = ParseSubmissionName(submission->name);
  if (!name.ok()) return done(name.status());
  const std::string plan = name->AnnualPlan();
  const auto remembered = plans_.Remembered(plan);
  if (remembered != nullptr && CheckCodes(*submission, remembered->codes).ok()) {
    return CheckEvidence(submission, std::move(done));
  }
  plans_.Refresh(plan, outgoing,
                 [this, submission, done = std::move(done)](
                     const absl::StatusOr<std::shared_ptr<const KnownPlan>>& known) {
                   if (!known.ok()) return done(known.status());
                   const absl::Status codes = CheckCodes(*submission, (*known)->codes);
                   if (!codes.ok()) return done(codes);
                   CheckEvidence(submission, done);
                 });
}

void ReferenceCheck::CheckEvidence(const std::shared_ptr<const Submission>& submission, Done done) {
  std::vector<EvidenceReference> references = StoreReferences(*submission);
  if (references.empty()) return done(absl::OkStatus());
  std::vector<std::string> digests;
  for (const EvidenceReference& reference : references) {
    digests.push_back(reference.evidence.digest);
  }
  evidence_.Stat(ParseSubmissionName(submission->name)->agency, std::move(digests),
                 [references = std::move(references), done = std::move(done)](
                     const absl::StatusOr<std::vector<std::optional<StoredEvidence>>>& stored) {
                   if (!stored.ok()) return done(stored.status());
                   std::vector<std::optional<FoundEvidence>> found;
                   for (const auto& one : *stored) {
                     found.emplace_back();
                     if (one.has_value()) found.back() = {one->size_bytes, one->media_type};
                   }
                   done(CheckStoreReferences(references, found));
                 });
}

}  // namespace sakip::realization
