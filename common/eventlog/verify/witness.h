// Witness keeps the last checkpoint that it saw of one log and cosigns only what continues it, so
// that the log cannot show two histories, or a shorter one, to those who ask for a cosignature.
//
// Its folder holds `checkpoint`, the last cosigned note, and `conflict-<time>.txt` for each time
// that the log showed something else: both notes, with the log's own signatures, which it cannot
// deny. Not thread-safe; one process a folder.
#ifndef SAKIP_COMMON_EVENTLOG_VERIFY_WITNESS_H_
#define SAKIP_COMMON_EVENTLOG_VERIFY_WITNESS_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/merkle/hash.h"
#include "common/note/checkpoint.h"
#include "common/note/key.h"

namespace sakip::eventlog {

// OK where `next` continues `seen`, both signed by the log. `proof` is the log's consistency proof.
//
//   DATA_LOSS  LOG_ROLLED_BACK  `next` is of fewer records.
//   DATA_LOSS  LOG_FORKED       the first records are others than they were, or it is another log.
//   DATA_LOSS  PROOF_INVALID    the proof does not show that they are the same.
absl::Status CheckContinues(const note::Checkpoint& seen, const note::Checkpoint& next,
                            absl::Span<const merkle::Hash> proof);

class Witness {
 public:
  // Opens the folder, or makes it. `signer` is a witness's key, `verifiers` are the log's keys.
  //
  //   INVALID_ARGUMENT     KEY_MALFORMED            `signer` is no witness's key.
  //   FAILED_PRECONDITION  WITNESS_FOLDER_IN_USE    another process has it.
  //   DATA_LOSS            WITNESS_STATE_DAMAGED    the checkpoint in it is not what was cosigned.
  //   UNKNOWN              WITNESS_STATE_NOT_WRITTEN  the system's error.
  static absl::StatusOr<std::unique_ptr<Witness>> Open(const std::string& folder,
                                                       note::Signer signer,
                                                       std::vector<note::Verifier> verifiers);
  ~Witness();
  Witness(const Witness&) = delete;
  Witness& operator=(const Witness&) = delete;

  // The last checkpoint that it cosigned; absent in a new folder.
  const std::optional<note::Checkpoint>& seen() const { return seen_; }

  // Cosigns `checkpoint_note`, keeps it on disk, and only then returns it. Where it contradicts the
  // last one both notes are kept as evidence. The first note of all is cosigned on the log's
  // signature alone.
  //
  //   Those of note::OpenCheckpoint and CheckContinues.
  //   UNKNOWN  WITNESS_STATE_NOT_WRITTEN  nothing was cosigned.
  absl::StatusOr<std::string> Cosign(absl::string_view checkpoint_note,
                                     absl::Span<const merkle::Hash> proof, absl::Time now);

 private:
  Witness(std::string folder, int lock, note::Signer signer, std::vector<note::Verifier> verifiers);

  absl::Status Load();
  // Keeps both notes; returns `conflict`, naming the file.
  absl::Status KeepEvidence(const absl::Status& conflict, absl::string_view checkpoint_note,
                            absl::Time now) const;
  std::string File(absl::string_view name) const;

  const std::string folder_;
  const int lock_;  // Descriptor of the locked folder.
  const note::Signer signer_;
  const std::vector<note::Verifier> verifiers_;
  std::string seen_note_;
  std::optional<note::Checkpoint> seen_;
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_VERIFY_WITNESS_H_
