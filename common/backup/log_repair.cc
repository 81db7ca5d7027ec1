#include "common/backup/log_repair.h"

#include <rocksdb/env.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "common/backup/salvage.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/eventlog/head_file.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/note/checkpoint.h"
#include "common/note/note.h"

namespace sakip::backup {
namespace {

namespace fs = std::filesystem;

std::string HeadPath(const std::string& directory) { return absl::StrCat(directory, "/HEAD"); }
std::string CheckpointPath(const std::string& directory) {
  return absl::StrCat(directory, "/CHECKPOINT");
}

// The size in the checkpoint file, believed as it stands; 0 where there is none to be read.
uint64_t SignedSize(const std::string& directory) {
  const auto text = ReadFile(CheckpointPath(directory), note::kNoteBytesMax);
  if (!text.ok()) return 0;
  const auto checkpoint = note::ParseCheckpoint(
      absl::StrCat(absl::string_view(*text).substr(0, text->find("\n\n")), "\n"));
  return checkpoint.ok() ? checkpoint->size : 0;
}

// What a start of the service would say, tried on the copy.
absl::Status FindProblem(const std::string& copy) {
  ASSIGN_OR_RETURN(const auto log, eventlog::RocksEventLog::Open({.directory = copy}));
  return log->Verify([](uint64_t, uint64_t) { return true; });
}

LogDiagnosis Diagnose(const std::string& directory, const Salvage& salvage) {
  LogDiagnosis diagnosis;
  diagnosis.problem = FindProblem(salvage.copy());
  const auto head = eventlog::HeadFile::Open(*rocksdb::Env::Default(), HeadPath(directory));
  diagnosis.head_problem = head.status();
  diagnosis.signed_size = SignedSize(directory);
  diagnosis.acknowledged = std::max(head.ok() ? (*head)->head().size : 0, diagnosis.signed_size);
  diagnosis.intact = salvage.CountIntact();
  return diagnosis;
}

// The same name is never taken twice: a log that was set aside is evidence.
std::string AsideName(const std::string& directory, absl::Time now) {
  const std::string name = absl::StrCat(
      directory, ".damaged-", absl::FormatTime("%Y%m%dT%H%M%SZ", now, absl::UTCTimeZone()));
  std::string free_name = name;
  for (int number = 2; fs::exists(free_name); ++number) {
    free_name = absl::StrCat(name, "-", number);
  }
  return free_name;
}

absl::Status Rename(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error) return absl::ErrnoToStatus(error.value(), absl::StrCat("renaming ", from));
  return SyncFolderOf(to);
}

}  // namespace

absl::StatusOr<LogDiagnosis> DiagnoseLog(const std::string& directory) {
  ASSIGN_OR_RETURN(const auto salvage, Salvage::Open(directory));
  return Diagnose(directory, *salvage);
}

absl::StatusOr<LogRepair> RepairLog(const std::string& directory, uint64_t accept_loss_from,
                                    absl::Time now) {
  ASSIGN_OR_RETURN(const auto salvage, Salvage::Open(directory));
  LogRepair repair;
  repair.diagnosis = Diagnose(directory, *salvage);
  if (repair.diagnosis.problem.ok()) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "LOG_HEALTHY",
                     absl::StrCat("nothing is wrong with the log in ", directory));
  }
  if (accept_loss_from != repair.diagnosis.intact) {
    return MakeError(
        absl::StatusCode::kFailedPrecondition, "LOSS_NOT_AS_ACCEPTED",
        absl::StrCat("the records before position ", repair.diagnosis.intact,
                     " can be saved, not those before ", accept_loss_from, "; nothing was done"));
  }
  const std::string repaired = absl::StrCat(directory, ".repaired");
  RETURN_IF_ERROR(salvage->Rebuild(repair.diagnosis.intact, repaired));
  if (repair.diagnosis.signed_size <= repair.diagnosis.intact &&
      fs::exists(CheckpointPath(directory))) {
    ASSIGN_OR_RETURN(const std::string checkpoint,
                     ReadFile(CheckpointPath(directory), note::kNoteBytesMax));
    RETURN_IF_ERROR(ReplaceFile(CheckpointPath(repaired), checkpoint));
  }
  repair.set_aside = AsideName(directory, now);
  RETURN_IF_ERROR(Rename(directory, repair.set_aside));
  RETURN_IF_ERROR(Rename(repaired, directory));
  return repair;
}

}  // namespace sakip::backup
