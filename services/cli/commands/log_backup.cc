#include "common/backup/log_backup.h"

#include <google/protobuf/util/json_util.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "sakip/eventlog/v1/log_admin_service.grpc.pb.h"
#include "services/cli/commands/log_commands.h"
#include "services/cli/log/live_log.h"
#include "services/cli/log/progress_bar.h"
#include "services/cli/log/trust.h"
#include "services/cli/session/failure.h"
#include "services/cli/session/json.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using eventlog::v1::Backup;
using eventlog::v1::LogAdminService;

struct Arguments {
  std::string service;
  std::string folder;
  std::string id;
  std::string directory;
  bool check = false;
  TrustArguments trust;
};

Table BackupTable() {
  return Table({{.header = "of"},
                {.header = "backup"},
                {.header = "made"},
                {.header = "files", .align = Column::Align::kRight},
                {.header = "bytes", .align = Column::Align::kRight},
                {.header = "state", .flexible = true}});
}

void AddRow(absl::string_view of, const Backup& backup, absl::string_view checked, Table& table) {
  if (!backup.damage().empty()) {
    table.Add({Cell(of), backup.backup_id(), "-", "-", "-", Cell(backup.damage(), Color::kRed)});
    return;
  }
  table.Add({Cell(of), backup.backup_id(), TimeText(backup.create_time()),
             absl::StrCat(backup.file_count()), absl::StrCat(backup.total_bytes()), Cell(checked)});
}

void Tell(Session& session, absl::string_view of, const Backup& backup, uint64_t new_bytes) {
  session.out() << "backup " << backup.backup_id() << " of the " << of << ": "
                << backup.file_count() << " files, " << backup.total_bytes() << " bytes, "
                << new_bytes << " of them new\n";
}

ExitCode Create(Session& session, const Arguments& arguments) {
  const auto made = session.Call(LogPeer(arguments.service), &LogAdminService::Stub::CreateBackup,
                                 eventlog::v1::CreateBackupRequest());
  if (!made.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("log backup --service ", arguments.service),
                         made.status());
  }
  if (session.options().json) {
    session.out() << ToPrettyJson(*made);
    return ExitCode::kOk;
  }
  if (made->has_backup()) Tell(session, "log", made->backup(), made->new_bytes());
  Tell(session, "audit trail", made->trail_backup(), made->trail_new_bytes());
  return ExitCode::kOk;
}

ExitCode Print(Session& session, const eventlog::v1::ListBackupsResponse& backups,
               absl::string_view checked) {
  ExitCode code = ExitCode::kOk;
  Table table = BackupTable();
  const auto add = [&](absl::string_view of, const auto& listed) {
    for (const Backup& backup : listed) {
      if (!backup.damage().empty()) code = ExitCode::kRefused;
      AddRow(of, backup, checked, table);
    }
  };
  add("log", backups.backups());
  add("trail", backups.trail_backups());
  if (session.options().json) {
    session.out() << ToPrettyJson(backups);
  } else if (table.empty()) {
    session.out() << "no backups\n";
  } else {
    session.out() << table.Render(session.options().screen);
  }
  return code;
}

// Lists the backups in a folder, and reads every file of each where that is asked for.
absl::StatusOr<eventlog::v1::ListBackupsResponse> ListFolder(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const eventlog::LogTrust trust, ReadTrust(arguments.trust));
  ASSIGN_OR_RETURN(const auto folder, backup::BackupFolder::Open(arguments.folder));
  ASSIGN_OR_RETURN(const auto listed, folder.List(trust.verifiers));
  eventlog::v1::ListBackupsResponse backups;
  for (const backup::ListedBackup& entry : listed) {
    absl::Status status = entry.status;
    if (status.ok() && arguments.check) status = folder.Check(entry.manifest);
    Backup& backup = *backups.add_backups();
    backup.set_backup_id(entry.id);
    backup.mutable_create_time()->set_seconds(absl::ToUnixSeconds(entry.manifest.created_time));
    backup.set_total_bytes(entry.manifest.bytes());
    backup.set_file_count(static_cast<uint32_t>(entry.manifest.files.size() + 1));
    if (!status.ok()) backup.set_damage(std::string(status.message()));
  }
  return backups;
}

ExitCode List(Session& session, const Arguments& arguments) {
  if (arguments.service.empty() == arguments.folder.empty()) {
    return ReportUsage(session.err(), "log list", "give --service, or --folder and --trusted-key");
  }
  if (arguments.folder.empty()) {
    if (arguments.check) {
      return ReportUsage(session.err(), "log list", "--check reads files: it goes with --folder");
    }
    const auto listed =
        session.Call(LogPeer(arguments.service), &LogAdminService::Stub::ListBackups,
                     eventlog::v1::ListBackupsRequest());
    if (!listed.ok()) return ReportRefusal(session.err(), "log list", listed.status());
    return Print(session, *listed, "signed");
  }
  const auto listed = ListFolder(arguments);
  if (!listed.ok()) return ReportUsage(session.err(), "log list", listed.status().message());
  return Print(session, *listed, arguments.check ? "signed, every file read" : "signed");
}

ExitCode Restore(Session& session, const Arguments& arguments) {
  umask(0077);  // As the service whose log it makes.
  const auto restore = [&]() -> absl::StatusOr<backup::RestoredLog> {
    ASSIGN_OR_RETURN(const eventlog::LogTrust trust, ReadTrust(arguments.trust));
    ASSIGN_OR_RETURN(const auto folder, backup::BackupFolder::Open(arguments.folder));
    const SystemClock clock;
    ProgressBar bar(session.err(), session.options().err_is_terminal, clock);
    return backup::RestoreLog(folder, arguments.id, trust.verifiers, arguments.directory,
                              [&](uint64_t next_position, uint64_t) {
                                bar.Show({.records = next_position});
                                return true;
                              });
  };
  const auto restored = restore();
  if (!restored.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("log restore --id ", arguments.id),
                         restored.status());
  }
  session.out() << "restored " << restored->end_position << " records to " << arguments.directory
                << "; every file, record, row and node was read, and the tree of the first "
                << restored->checkpoint.size << " records has the root that the log signed\n";
  return ExitCode::kOk;
}

}  // namespace

void AddLogBackupCommands(CLI::App& log, Action& action) {
  auto& create =
      *log.add_subcommand("backup", "Back up the log of a running service, and its audit trail");
  const auto made = std::make_shared<Arguments>();
  AddAnyService(create, "Whose log and audit trail", made->service)->required();
  create.footer("Example:\n  sakipctl --timeout 10m log backup --service realization");
  Bind(create, action, made, &Create);

  auto& list = *log.add_subcommand("list", "List backups: those of a running service, or a folder");
  const auto listed = std::make_shared<Arguments>();
  AddAnyService(list, "Whose backups", listed->service);
  list.add_option("--folder", listed->folder, "The folder of the backups, offline");
  AddTrustedKey(list, listed->trust)->required(false);
  list.add_flag("--check", listed->check, "Read every file of every backup in the folder");
  list.footer(
      "Examples:\n"
      "  sakipctl log list --service realization\n"
      "  sakipctl log list --folder /backup/realization --trusted-key realization.pub --check");
  Bind(list, action, listed, &List);

  auto& restore = *log.add_subcommand("restore", "Restore a backup to a new folder, verified");
  const auto restored = std::make_shared<Arguments>();
  restore.add_option("--folder", restored->folder, "The folder of the backups")->required();
  restore.add_option("--id", restored->id, "The backup, as `log list` names it")->required();
  restore
      .add_option("--to", restored->directory,
                  "The log's new folder: DATA_DIR/log, or DATA_DIR/audit of an audit trail")
      ->required();
  AddTrustedKey(restore, restored->trust);
  restore.footer(
      "Example:\n  sakipctl log restore --folder /backup/realization --id 20231231T235959Z \\\n"
      "    --to /var/lib/sakip/realization/log --trusted-key realization.pub\n"
      "  sakipctl log restore --folder /backup/realization/audit --id 20231231T235959Z \\\n"
      "    --to /var/lib/sakip/realization/audit --trusted-key realization-audit.pub");
  Bind(restore, action, restored, &Restore);
}

}  // namespace sakip::cli
