// EvidenceStore keeps the files that submissions refer to, each agency's apart, found by the digest
// of their content. What it promises is tested by one suite for every implementation.
//
// Nothing here waits: the work is done on threads of the store, and answers come on them. An answer
// must not block. Errors of all: UNAVAILABLE EVIDENCE_STORE_FAILED where the medium fails.
#ifndef SAKIP_SERVICES_REALIZATION_STORE_EVIDENCE_STORE_H_
#define SAKIP_SERVICES_REALIZATION_STORE_EVIDENCE_STORE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace sakip::realization {

// What the store knows of a file without reading it.
struct StoredEvidence {
  uint64_t size_bytes = 0;
  std::string media_type;
};

// A file as its sender declares it; the values are well-formed (domain/evidence.h).
struct DeclaredEvidence {
  std::string agency;
  std::string digest;
  uint64_t size_bytes = 0;
  std::string media_type;
};

// A file on its way in. One call at a time; destroyed after the last answer. What was not committed
// when it is destroyed leaves nothing.
class EvidenceWriter {
 public:
  virtual ~EvidenceWriter() = default;

  //   INVALID_ARGUMENT    INVALID_FIELD  this is more than `size_bytes`.
  //   RESOURCE_EXHAUSTED  DISK_FULL      there is no room for it. The first keeps room for all that
  //                                      will come, beside what others are sending; a later one is
  //                                      refused only where something else took it.
  virtual void Write(std::string bytes, std::function<void(absl::Status)> done) = 0;

  // Makes the file durable and visible, where it is what was declared. Answers whether the agency
  // had it before; the new bytes then take the place of the old ones, damaged or not.
  //
  //   INVALID_ARGUMENT  INVALID_FIELD  `size_bytes` or `digest` is not that of what was written, or
  //                                    the agency has it as another `media_type`.
  virtual void Commit(std::function<void(absl::StatusOr<bool>)> done) = 0;
};

// A file on its way out. One call at a time; destroyed after the last answer.
class EvidenceReader {
 public:
  virtual ~EvidenceReader() = default;

  virtual const StoredEvidence& evidence() const = 0;

  // The next bytes, at most kEvidenceChunkBytesMax; none at the end. The last bytes are given only
  // where all of them have the digest.
  //
  //   DATA_LOSS  EVIDENCE_DAMAGED  they have not.
  virtual void Read(std::function<void(absl::StatusOr<std::string>)> done) = 0;
};

// Thread-safe. Outlives its writers and readers, and every answer.
class EvidenceStore {
 public:
  using StatAnswer =
      std::function<void(absl::StatusOr<std::vector<std::optional<StoredEvidence>>>)>;
  using OpenAnswer = std::function<void(absl::StatusOr<std::unique_ptr<EvidenceReader>>)>;

  virtual ~EvidenceStore() = default;

  virtual std::unique_ptr<EvidenceWriter> Create(DeclaredEvidence declared) = 0;

  // One entry a digest, in their order; nothing for what the agency does not have.
  virtual void Stat(std::string agency, std::vector<std::string> digests, StatAnswer done) = 0;

  //   NOT_FOUND  EVIDENCE_NOT_FOUND  the agency does not have it.
  virtual void Open(std::string agency, std::string digest, OpenAnswer done) = 0;
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_STORE_EVIDENCE_STORE_H_
