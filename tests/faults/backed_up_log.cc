#include "tests/faults/backed_up_log.h"

#include <filesystem>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "common/backup/log_backup.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/eventlog/testing/crash_writer.h"
#include "common/merkle/tree.h"
#include "common/note/checkpoint.h"
#include "common/note/note.h"

namespace sakip::faults {
namespace {

namespace fs = std::filesystem;
using eventlog::RocksEventLog;

constexpr eventlog::ReadLimits kReadLimits = {.records = 10'000, .bytes = 1 << 20};

note::KeyRing MakeKeys(const std::string& path) {
  const std::string key = note::GenerateKey("sakip.test/log").value();
  SAKIP_CHECK(note::WriteKeyFile(path, absl::StrCat(key, "\n")).ok());
  return note::ReadKeyFile(path).value();
}

// By its digest, or the backup's id where it is the manifest. A manifest may also seem to be signed
// by somebody else, and without one there is no backup.
bool IsNamed(const absl::Status& status, const Damage& damage, const std::string& id) {
  absl::string_view name = damage.file;
  const bool is_object = absl::ConsumePrefix(&name, "objects/");
  if (!absl::StrContains(status.message(), is_object ? name : absl::string_view(id))) return false;
  const std::string reason = ErrorReason(status);
  if (status.code() == absl::StatusCode::kDataLoss) return reason == "BACKUP_DAMAGED";
  const bool is_removed = damage.kind == Damage::Kind::kRemove;
  return !is_object && reason == (is_removed ? "BACKUP_NOT_FOUND" : "SIGNATURE_MISSING");
}

}  // namespace

std::vector<std::string> BackupViolations() {
  std::vector<std::string> kinds = {"root_different", "damaged_accepted", "unnamed",
                                    "left_behind",    "not_restored",     "backup_hurt"};
  for (const std::string& kind : LogViolations()) kinds.push_back(kind);
  kinds.push_back("not_restarted");
  return kinds;
}

BackedUpLog::BackedUpLog(Report& report)
    : report_(report),
      paths_{directory_.path()},
      keys_(MakeKeys(paths_.keys())),
      folder_(backup::BackupFolder::Open(paths_.backups()).value()),
      ledger_(directory_.File("ledger")) {}

void BackedUpLog::Expect(const std::string& id, Positions before) {
  if (known_.insert_or_assign(id, std::move(before)).second) ids_.push_back(id);
}

backup::BackupManifest BackedUpLog::Manifest(const std::string& id) const {
  return folder_.Read(id, keys_.verifiers).value();
}

void BackedUpLog::Note(const std::vector<std::string>& lines) {
  std::optional<Positions> before;  // Of the backup that has begun.
  for (size_t i = 0; i < lines.size(); ++i) {
    absl::string_view line = lines[i];
    if (line == "begin") {
      before = Ledger::Parse({lines.begin(), lines.begin() + static_cast<int64_t>(i)});
      before->merge(ledger_.Read());
    } else if (absl::ConsumePrefix(&line, "backed_up ")) {
      Expect(std::string(line), *std::exchange(before, std::nullopt));
      report_.Count("backups");
    } else if (absl::StartsWith(line, "failed ")) {
      before_unreported_ = *std::exchange(before, std::nullopt);
      report_.Count("backups_failed");
    }
  }
  if (before.has_value()) before_unreported_ = *std::move(before);
  report_.Count("acknowledged", ledger_.Note(lines));
}

void BackedUpLog::CheckLog(absl::string_view what) {
  auto log = RocksEventLog::Open(
      {.directory = paths_.log(), .write_buffer_bytes = kBackedUpWriteBufferBytes});
  if (!log.ok()) {
    report_.Violation("not_restarted", absl::StrCat(what, ": ", log.status().ToString()));
    return;
  }
  log_ = *std::move(log);
  const Positions acknowledged = ledger_.Read();
  faults::CheckLog(*log_, acknowledged, what, report_);
  ledger_.Note(RetryLast(*log_, acknowledged, what, report_));
}

void BackedUpLog::CheckListed(absl::string_view what) {
  const auto listed = folder_.List(keys_.verifiers);
  SAKIP_CHECK(listed.ok());
  std::set<std::string> good;
  for (const backup::ListedBackup& backup : *listed) {
    if (!backup.status.ok()) continue;
    good.insert(backup.id);
    const bool is_new = known_.count(backup.id) == 0;
    if (is_new) Expect(backup.id, before_unreported_);
    const absl::Status whole = folder_.Check(backup.manifest);
    if (!whole.ok()) {
      report_.Violation(is_new ? "not_restored" : "backup_hurt",
                        absl::StrCat(what, ", backup ", backup.id, ": ", whole.ToString()));
    }
    if (!is_new) continue;
    report_.Count("finished_unreported");
    CheckRestores(backup.id, absl::StrCat(what, ", not reported"));
  }
  for (const auto& [id, before] : known_) {
    if (good.count(id) > 0) continue;
    report_.Violation("backup_hurt", absl::StrCat(what, ", backup ", id, " is not listed as good"));
  }
}

absl::Duration BackedUpLog::CheckRestores(const std::string& id, absl::string_view what) {
  const absl::Time begin = absl::Now();
  const auto restored = backup::RestoreLog(folder_, id, keys_.verifiers, paths_.restored(),
                                           [](uint64_t, uint64_t) { return true; });
  const absl::Duration took = absl::Now() - begin;
  if (restored.ok()) {
    CheckRestored(id, what);
  } else {
    report_.Violation("not_restored",
                      absl::StrCat(what, ", backup ", id, ": ", restored.status().ToString()));
  }
  return took;
}

void BackedUpLog::CheckRestored(const std::string& id, absl::string_view what) {
  const std::string place = absl::StrCat(what, ", backup ", id, " restored");
  {
    const auto restored = RocksEventLog::Open({.directory = paths_.restored()});
    if (!restored.ok()) {
      report_.Violation("not_restored", absl::StrCat(place, ": ", restored.status().ToString()));
    } else {
      faults::CheckLog(**restored, known_.at(id), place, report_);
      CheckRoots(**restored, Manifest(id), place);
      const auto revision = (*restored)->StreamRevision(eventlog::CrashStream(0));
      const auto next = AppendNow(**restored, eventlog::CrashRequest(0, revision.value_or(0)));
      if (!next.ok()) {
        report_.Violation("not_restored", absl::StrCat(place, ": ", next.status().ToString()));
      }
      report_.Count("restored");
    }
  }
  fs::remove_all(paths_.restored());
}

void BackedUpLog::CheckRoots(const eventlog::EventLog& restored,
                             const backup::BackupManifest& manifest, const std::string& what) {
  const auto text = ReadFile(
      absl::StrCat(paths_.backups(), "/objects/", manifest.checkpoint.digest), note::kNoteBytesMax);
  SAKIP_CHECK(text.ok());
  const auto is_signed = note::OpenCheckpoint(*text, keys_.verifiers);
  SAKIP_CHECK(is_signed.ok());
  const note::Checkpoint& checkpoint = is_signed->checkpoint;
  const auto records = eventlog::ReadAll(restored, kReadLimits);
  if (!records.ok() || records->size() < checkpoint.size) {
    report_.Violation("root_different", absl::StrCat(what, ": fewer records than were signed"));
    return;
  }
  merkle::Frontier tree;
  merkle::Frontier as_signed;
  for (const auto& record : *records) {
    if (tree.size() == checkpoint.size) as_signed = tree;
    tree.Append(merkle::HashLeaf(record.record));
  }
  if (tree.size() == checkpoint.size) as_signed = tree;
  if (merkle::View(as_signed.Root()) != checkpoint.root) {
    report_.Violation("root_different", absl::StrCat(what, ": not the root that was signed"));
  }
  const auto original = log_->Tree(tree.size());
  if (!original.ok() || original->Root() != tree.Root()) {
    report_.Violation("root_different", absl::StrCat(what, ": not the records of the log"));
  }
}

void BackedUpLog::CheckRefused(const std::string& id, const Damage& damage,
                               absl::string_view what) {
  const std::string place = absl::StrCat(what, ", backup ", id, ", ", damage.Name());
  const auto restored = backup::RestoreLog(folder_, id, keys_.verifiers, paths_.restored(),
                                           [](uint64_t, uint64_t) { return true; });
  const auto manifest = folder_.Read(id, keys_.verifiers);
  const absl::Status checked = manifest.ok() ? folder_.Check(*manifest) : manifest.status();
  if (restored.ok() || checked.ok()) report_.Violation("damaged_accepted", place);
  for (const absl::Status& status : {restored.status(), checked}) {
    if (!status.ok() && !IsNamed(status, damage, id)) {
      report_.Violation("unnamed", absl::StrCat(place, ": ", status.ToString()));
    }
  }
  const std::string half = absl::StrCat(paths_.restored(), ".restoring");
  if (!restored.ok() && (fs::exists(paths_.restored()) || fs::exists(half))) {
    report_.Violation("left_behind", place);
  }
  fs::remove_all(paths_.restored());
  report_.Count("refused", restored.ok() ? 0 : 1);
}

}  // namespace sakip::faults
