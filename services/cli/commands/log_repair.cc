#include "common/backup/log_repair.h"

#include <sys/stat.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/cli/commands/log_commands.h"
#include "services/cli/session/failure.h"

namespace sakip::cli {
namespace {

struct Arguments {
  std::string directory;
  std::optional<uint64_t> accept_loss_from;
};

void PrintJson(Session& session, const backup::LogDiagnosis& diagnosis,
               const std::string& set_aside) {
  nlohmann::ordered_json json = {{"healthy", diagnosis.problem.ok()},
                                 {"problem", std::string(diagnosis.problem.message())},
                                 {"headProblem", std::string(diagnosis.head_problem.message())},
                                 {"intactRecords", diagnosis.intact},
                                 {"acknowledgedRecords", diagnosis.acknowledged},
                                 {"signedRecords", diagnosis.signed_size},
                                 {"lostRecords", diagnosis.lost()}};
  if (!set_aside.empty()) json["setAside"] = set_aside;
  session.out() << json.dump(2) << "\n";
}

std::string LossText(const backup::LogDiagnosis& diagnosis) {
  if (diagnosis.lost() == 0) {
    return "Nothing that was acknowledged would be lost, as far as HEAD and the checkpoint tell.";
  }
  std::string text =
      absl::StrCat("Positions ", diagnosis.intact, " to ", diagnosis.acknowledged - 1,
                   " were acknowledged and would be lost.");
  if (diagnosis.signed_size > diagnosis.intact) {
    absl::StrAppend(&text, "\nThe log has signed ", diagnosis.signed_size,
                    " records: after the loss it needs a new key and name (sakipctl log key "
                    "generate), because\nwitnesses and holders of receipts can prove the old "
                    "history.");
  }
  return text;
}

void PrintText(Session& session, const Arguments& arguments,
               const backup::LogDiagnosis& diagnosis) {
  std::ostream& out = session.out();
  if (diagnosis.problem.ok()) {
    out << "healthy: " << diagnosis.intact << " records\n";
    return;
  }
  out << "damaged: " << diagnosis.problem.message() << "\n";
  if (!diagnosis.head_problem.ok()) out << "HEAD: " << diagnosis.head_problem.message() << "\n";
  out << diagnosis.intact << " records, from position 0 on, can be saved.\n"
      << LossText(diagnosis) << "\n"
      << "Nothing was done. First look for a backup (sakipctl log list, log restore).\n"
      << "To go on without the rest: sakipctl log repair --folder " << arguments.directory
      << " --accept-loss-from " << diagnosis.intact << "\n";
}

ExitCode Diagnose(Session& session, const Arguments& arguments) {
  const auto diagnosis = backup::DiagnoseLog(arguments.directory);
  if (!diagnosis.ok()) return ReportRefusal(session.err(), "log repair", diagnosis.status());
  if (session.options().json) {
    PrintJson(session, *diagnosis, "");
  } else {
    PrintText(session, arguments, *diagnosis);
  }
  return diagnosis->problem.ok() ? ExitCode::kOk : ExitCode::kRefused;
}

ExitCode Repair(Session& session, const Arguments& arguments) {
  umask(0077);  // As the service whose log it makes, or looks at a copy of.
  if (!arguments.accept_loss_from.has_value()) return Diagnose(session, arguments);
  const auto repair =
      backup::RepairLog(arguments.directory, *arguments.accept_loss_from, absl::Now());
  if (!repair.ok()) return ReportRefusal(session.err(), "log repair", repair.status());
  if (session.options().json) {
    PrintJson(session, repair->diagnosis, repair->set_aside);
    return ExitCode::kOk;
  }
  session.out() << "repaired: " << repair->diagnosis.intact << " records; "
                << repair->diagnosis.lost() << " are lost\nthe log as it was is kept in "
                << repair->set_aside << "\n";
  return ExitCode::kOk;
}

}  // namespace

void AddLogRepairCommand(CLI::App& log, Action& action) {
  auto& repair = *log.add_subcommand(
      "repair", "Show what can be saved of a damaged log; changes nothing without being told to");
  const auto arguments = std::make_shared<Arguments>();
  repair.add_option("--folder", arguments->directory, "The log, such as DATA_DIR/log; closed")
      ->required();
  repair.add_option("--accept-loss-from", arguments->accept_loss_from,
                    "Repair, and lose what stands from this position on");
  repair.footer("Example:\n  sakipctl log repair --folder /var/lib/sakip/realization/log");
  Bind(repair, action, arguments, &Repair);
}

}  // namespace sakip::cli
