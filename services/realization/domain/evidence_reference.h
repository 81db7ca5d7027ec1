// The evidence that a submission says is in the agency's store. Pure functions.
#ifndef SAKIP_SERVICES_REALIZATION_DOMAIN_EVIDENCE_REFERENCE_H_
#define SAKIP_SERVICES_REALIZATION_DOMAIN_EVIDENCE_REFERENCE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/realization/domain/submission.h"

namespace sakip::realization {

struct EvidenceReference {
  std::string path;  // `submission.indicators[0].evidence[1]`
  Evidence evidence;
};

// What the store was found to have under a digest.
struct FoundEvidence {
  uint64_t size_bytes = 0;
  std::string media_type;
};

// Evidence of all lines.
size_t CountEvidence(const Submission& submission);

// The evidence with the location `store`, line by line.
std::vector<EvidenceReference> StoreReferences(const Submission& submission);

// INVALID_ARGUMENT INVALID_FIELD for each reference that is not `found` as it says; one entry of
// `found` a reference.
absl::Status CheckStoreReferences(const std::vector<EvidenceReference>& references,
                                  const std::vector<std::optional<FoundEvidence>>& found);

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_DOMAIN_EVIDENCE_REFERENCE_H_
