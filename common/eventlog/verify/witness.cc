#include "common/eventlog/verify/witness.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/eventlog/verify/log_receipt.h"
#include "common/merkle/verify.h"
#include "common/note/note.h"

namespace sakip::eventlog {
namespace {

constexpr char kCheckpointFile[] = "checkpoint";

absl::Status Conflict(absl::string_view reason, absl::string_view why) {
  return MakeError(absl::StatusCode::kDataLoss, reason, why);
}

absl::Status NotWritten(absl::string_view why) {
  return MakeError(absl::StatusCode::kUnknown, "WITNESS_STATE_NOT_WRITTEN", why);
}

absl::Status StateDamaged(absl::string_view why) {
  return MakeError(absl::StatusCode::kDataLoss, "WITNESS_STATE_DAMAGED",
                   absl::StrCat("the witness's own checkpoint is not what it cosigned: ", why));
}

}  // namespace

absl::Status CheckContinues(const note::Checkpoint& seen, const note::Checkpoint& next,
                            absl::Span<const merkle::Hash> proof) {
  if (seen.origin != next.origin) {
    return Conflict("LOG_FORKED", absl::StrCat("this is the log ", next.origin, ", and before it ",
                                               "was ", seen.origin));
  }
  if (next.size < seen.size) {
    return Conflict("LOG_ROLLED_BACK",
                    absl::StrCat("the log signs ", next.size, " records, and it signed ", seen.size,
                                 " before"));
  }
  if (next.size == seen.size && next.root != seen.root) {
    return Conflict("LOG_FORKED",
                    absl::StrCat("the log signed two histories of ", next.size, " records"));
  }
  if (!merkle::VerifyConsistency(seen.size, next.size, proof, *merkle::ToHash(seen.root),
                                 *merkle::ToHash(next.root))) {
    return ProofInvalid(absl::StrCat("the log does not prove that its ", next.size,
                                     " records start with the ", seen.size,
                                     " that it signed before"));
  }
  return absl::OkStatus();
}

Witness::Witness(std::string folder, int lock, note::Signer signer,
                 std::vector<note::Verifier> verifiers)
    : folder_(std::move(folder)),
      lock_(lock),
      signer_(std::move(signer)),
      verifiers_(std::move(verifiers)) {}

Witness::~Witness() { close(lock_); }

absl::StatusOr<std::unique_ptr<Witness>> Witness::Open(const std::string& folder,
                                                       note::Signer signer,
                                                       std::vector<note::Verifier> verifiers) {
  if (signer.verifier().type() != note::KeyType::kWitness) {
    return MakeError(absl::StatusCode::kInvalidArgument, "KEY_MALFORMED",
                     absl::StrCat(signer.verifier().name(), " is a log's key; a witness has one ",
                                  "of its own kind"));
  }
  std::error_code ignored;  // Told by open() below.
  std::filesystem::create_directories(folder, ignored);
  const int lock = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock < 0) return NotWritten(absl::StrCat(folder, " is no folder that can be opened"));
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    close(lock);
    return MakeError(absl::StatusCode::kFailedPrecondition, "WITNESS_FOLDER_IN_USE",
                     absl::StrCat("another process witnesses in ", folder));
  }
  auto witness =
      std::unique_ptr<Witness>(new Witness(folder, lock, std::move(signer), std::move(verifiers)));
  RETURN_IF_ERROR(witness->Load());
  return witness;
}

std::string Witness::File(absl::string_view name) const { return absl::StrCat(folder_, "/", name); }

// Its own signature tells that it cosigned this; the log's may be by a key that is trusted no more.
absl::Status Witness::Load() {
  const absl::StatusOr<std::string> note = ReadFile(File(kCheckpointFile), note::kNoteBytesMax);
  if (absl::IsNotFound(note.status())) return absl::OkStatus();
  if (!note.ok()) return StateDamaged(note.status().message());
  const std::vector<note::Verifier> own = {signer_.verifier()};
  const auto opened = note::OpenNote(*note, own);
  if (!opened.ok()) return StateDamaged(opened.status().message());
  const auto checkpoint = note::ParseCheckpoint(opened->text);
  if (!checkpoint.ok()) return StateDamaged(checkpoint.status().message());
  seen_ = *checkpoint;
  seen_note_ = *note;
  return absl::OkStatus();
}

absl::StatusOr<std::string> Witness::Cosign(absl::string_view checkpoint_note,
                                            absl::Span<const merkle::Hash> proof, absl::Time now) {
  ASSIGN_OR_RETURN(const note::SignedCheckpoint next,
                   note::OpenCheckpoint(checkpoint_note, verifiers_));
  if (seen_.has_value()) {
    const absl::Status conflict = CheckContinues(*seen_, next.checkpoint, proof);
    if (!conflict.ok()) return KeepEvidence(conflict, checkpoint_note, now);
  }
  ASSIGN_OR_RETURN(std::string cosigned, note::AddSignature(checkpoint_note, signer_, now));
  // On disk before it leaves: a witness that forgets could cosign a fork after a crash.
  if (const absl::Status written = ReplaceFile(File(kCheckpointFile), cosigned); !written.ok()) {
    return NotWritten(written.message());
  }
  seen_ = next.checkpoint;
  seen_note_ = cosigned;
  return cosigned;
}

absl::Status Witness::KeepEvidence(const absl::Status& conflict, absl::string_view checkpoint_note,
                                   absl::Time now) const {
  const std::string name = absl::StrCat("conflict-", absl::ToUnixMicros(now), ".txt");
  const std::string text =
      absl::StrCat(conflict.message(), "\n\n--- seen before, cosigned by ",
                   signer_.verifier().name(), "\n", seen_note_, "--- shown at ",
                   absl::FormatTime(now, absl::UTCTimeZone()), "\n", checkpoint_note);
  const absl::Status written = ReplaceFile(File(name), text);
  return MakeError(conflict.code(), ErrorReason(conflict), conflict.message(),
                   {{"evidence", written.ok() ? File(name) : std::string(written.message())}});
}

}  // namespace sakip::eventlog
