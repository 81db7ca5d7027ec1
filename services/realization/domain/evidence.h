// What evidence may be: which files, how large, how named. Values and pure functions.
#ifndef SAKIP_SERVICES_REALIZATION_DOMAIN_EVIDENCE_H_
#define SAKIP_SERVICES_REALIZATION_DOMAIN_EVIDENCE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/base/error.h"

namespace sakip::realization {

inline constexpr uint64_t kEvidenceBytesMax = 25 * 1024 * 1024;
inline constexpr size_t kEvidenceChunkBytesMax = 256 * 1024;
inline constexpr size_t kEvidencePerSubmissionMax = 1000;

// The location of what lies in the agency's store of this service.
inline constexpr char kStoreLocation[] = "store";

// As a line of a submission refers to it (sakip.realization.v1.Evidence).
struct Evidence {
  std::string digest;
  uint64_t size_bytes = 0;
  std::string media_type;
  std::string location;
  std::string title;
  std::string taken_date;
};

// A media type that is taken, and the ending of its files.
struct MediaType {
  absl::string_view name;
  absl::string_view extension;
};
absl::Span<const MediaType> MediaTypes();

// 64 lower-case hexadecimal digits.
bool IsDigest(absl::string_view text);

// Each says what would be right, without a field path.
absl::Status CheckDigest(absl::string_view digest);
absl::Status CheckEvidenceSize(uint64_t size_bytes);
absl::Status CheckMediaType(absl::string_view media_type);

// Adds what is wrong with the evidence of the line at `path`.
void CheckEvidence(const std::vector<Evidence>& evidence, absl::string_view path,
                   FieldErrors& errors);

struct EvidenceName {
  std::string agency;  // `regions/35.09/agencies/dinsos`
  std::string digest;
};

std::string FormatEvidenceName(const EvidenceName& name);

// Parses `{agency}/evidence/{digest}`. The status says what would be right, without a field path.
absl::StatusOr<EvidenceName> ParseEvidenceName(absl::string_view name);

// NOT_FOUND EVIDENCE_NOT_FOUND.
absl::Status EvidenceNotFound(absl::string_view agency, absl::string_view digest);

// DATA_LOSS EVIDENCE_DAMAGED.
absl::Status EvidenceDamaged(absl::string_view agency, absl::string_view digest,
                             absl::string_view how);

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_DOMAIN_EVIDENCE_H_
