#include "services/realization/domain/evidence_reference.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace sakip::realization {
namespace {

// Calls `visit(path, evidence)` for each.
template <typename Visit>
void ForEachEvidence(const Submission& submission, const Visit& visit) {
  const auto lines = [&](const auto& list, const char* name) {
    for (size_t i = 0; i < list.size(); ++i) {
      for (size_t k = 0; k < list[i].evidence.size(); ++k) {
        visit(absl::StrCat("submission.", name, "[", i, "].evidence[", k, "]"),
              list[i].evidence[k]);
      }
    }
  };
  lines(submission.indicators, "indicators");
  lines(submission.budgets, "budgets");
  lines(submission.objectives, "objectives");
}

}  // namespace

size_t CountEvidence(const Submission& submission) {
  size_t count = 0;
  for (const auto& line : submission.indicators) count += line.evidence.size();
  for (const auto& line : submission.budgets) count += line.evidence.size();
  for (const auto& line : submission.objectives) count += line.evidence.size();
  return count;
}

std::vector<EvidenceReference> StoreReferences(const Submission& submission) {
  std::vector<EvidenceReference> references;
  ForEachEvidence(submission, [&](std::string path, const Evidence& evidence) {
    if (evidence.location == kStoreLocation) references.push_back({std::move(path), evidence});
  });
  return references;
}

absl::Status CheckStoreReferences(const std::vector<EvidenceReference>& references,
                                  const std::vector<std::optional<FoundEvidence>>& found) {
  FieldErrors errors;
  for (size_t i = 0; i < references.size(); ++i) {
    const auto& [path, evidence] = references[i];
    if (!found[i].has_value()) {
      errors.Add(path + ".digest",
                 "is not in the agency's store; upload it first, or name another location");
    } else if (found[i]->size_bytes != evidence.size_bytes) {
      errors.Add(path + ".size_bytes", absl::StrCat("is ", evidence.size_bytes, "; the store has ",
                                                    found[i]->size_bytes));
    } else if (found[i]->media_type != evidence.media_type) {
      errors.Add(path + ".media_type", absl::StrCat("is stored as ", found[i]->media_type));
    }
  }
  return errors.ToStatus();
}

}  // namespace sakip::realization
