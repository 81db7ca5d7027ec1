// Reading the audit trails of the services, and proving what stands in them.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/message/timestamp.h"
#include "sakip/audit/v1/audit_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/commands/log_commands.h"
#include "services/cli/log/live_audit_log.h"
#include "services/cli/log/live_files.h"
#include "services/cli/log/trust.h"
#include "services/cli/session/failure.h"
#include "services/cli/view/audit_view.h"

namespace sakip::cli {
namespace {

using audit::v1::AuditEntry;
using audit::v1::AuditService;

struct ListArguments {
  std::string service;
  std::string scope = "regions/-";
  std::string since;
  std::string until;
  std::string subject;
  std::string method;
  std::string decision;
  int limit = 100;
};

struct FileArguments {
  std::string service;
  std::string scope = "regions/-";
  std::string file;
  uint64_t position = 0;
  TrustArguments trust;
};

// False where `text` is given and no time.
bool SetTime(const std::string& text, google::protobuf::Timestamp* time) {
  if (text.empty()) return true;
  absl::Time parsed;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, text, &parsed, &error)) return false;
  *time = ToTimestamp(parsed);
  return true;
}

ExitCode List(Session& session, const ListArguments& arguments) {
  const std::string what = absl::StrCat("audit list --service ", arguments.service);
  audit::v1::ListAuditEntriesRequest request;
  request.set_scope(arguments.scope);
  if ((!arguments.since.empty() && !SetTime(arguments.since, request.mutable_start_time())) ||
      (!arguments.until.empty() && !SetTime(arguments.until, request.mutable_end_time()))) {
    return ReportUsage(session.err(), what,
                       "--since and --until take a time such as 2026-03-31T17:00:00+07:00");
  }
  request.set_subject(arguments.subject);
  request.set_method(arguments.method);
  if (arguments.decision == "allowed") request.set_decision(AuditEntry::DECISION_ALLOWED);
  if (arguments.decision == "denied") request.set_decision(AuditEntry::DECISION_DENIED);
  audit::v1::ListAuditEntriesResponse entries;
  while (entries.entries_size() < arguments.limit) {
    request.set_page_size(std::min(arguments.limit - entries.entries_size(), 1000));
    const auto page =
        session.Call(LogPeer(arguments.service), &AuditService::Stub::ListAuditEntries, request);
    if (!page.ok()) return ReportRefusal(session.err(), what, page.status());
    entries.MergeFrom(*page);
    entries.set_next_page_token(page->next_page_token());
    if (page->next_page_token().empty() || page->next_page_token() == request.page_token()) break;
    request.set_page_token(page->next_page_token());
  }
  return session.Print(entries, RenderAuditEntries(entries, session.options().screen));
}

ExitCode Prove(Session& session, const FileArguments& arguments) {
  const std::string what = absl::StrCat("audit prove --service ", arguments.service);
  const auto trust = ReadTrust(arguments.trust);
  if (!trust.ok()) return ReportUsage(session.err(), what, trust.status().message());
  const LiveAuditLog log(session, LogPeer(arguments.service), arguments.scope);
  const auto head = WriteReceipt(log, arguments.position, arguments.file, *trust);
  if (!head.ok()) return ReportRefusal(session.err(), what, head.status());
  PrintHead(session, absl::StrCat("proof of entry ", arguments.position, " in ", arguments.file),
            *head);
  return ExitCode::kOk;
}

ExitCode Export(Session& session, const FileArguments& arguments) {
  const std::string what = absl::StrCat("audit export --service ", arguments.service);
  const auto trust = ReadTrust(arguments.trust);
  if (!trust.ok()) return ReportUsage(session.err(), what, trust.status().message());
  const LiveAuditLog log(session, LogPeer(arguments.service), arguments.scope);
  const auto head = ExportLog(session, log, arguments.file, *trust);
  if (!head.ok()) return ReportRefusal(session.err(), what, head.status());
  PrintHead(session, absl::StrCat("exported to ", arguments.file), *head);
  return ExitCode::kOk;
}

void AddService(CLI::App& command, std::string& service) {
  AddAnyService(command, "Whose trail", service)->required();
}

void AddList(CLI::App& audit, Action& action) {
  auto& list = *audit.add_subcommand("list", "Show entries, the newest first");
  const auto arguments = std::make_shared<ListArguments>();
  AddService(list, arguments->service);
  list.add_option("--scope", arguments->scope,
                  "Whose entries: a region or an agency; default regions/- (all)");
  list.add_option("--since", arguments->since, "Recorded at this time or later");
  list.add_option("--until", arguments->until, "Recorded before this time");
  list.add_option("--subject", arguments->subject, "Of this caller");
  list.add_option("--method", arguments->method,
                  "Of this method: /sakip.planning.v1.PlanningService/GetAgency");
  list.add_option("--decision", arguments->decision, "allowed or denied")
      ->check(CLI::IsMember({"allowed", "denied"}));
  list.add_option("--limit", arguments->limit, "At most so many; default 100")
      ->check(CLI::Range(1, 1'000'000));
  list.footer(
      "Example:\n  sakipctl audit list --service realization --scope regions/35.09 \\\n"
      "    --decision denied --since 2026-03-31T17:00:00+07:00");
  Bind(list, action, arguments, &List);
}

}  // namespace

void AddAuditCommands(CLI::App& app, Action& action) {
  CLI::App& audit = *app.add_subcommand("audit", "Read and prove the audit trails");
  audit.require_subcommand(1);
  AddList(audit, action);

  auto& prove = *audit.add_subcommand(
      "prove", "Write an entry and the proof that it is in the trail, to be verified offline");
  const auto one = std::make_shared<FileArguments>();
  AddService(prove, one->service);
  prove.add_option("--position", one->position, "Position of the entry")->required();
  prove.add_option("--scope", one->scope,
                   "A region or an agency that the entry is of; default regions/-");
  prove.add_option("--file", one->file, "The file to write (.tlog-proof)")->required();
  AddTrustedKey(prove, one->trust);
  prove.footer(
      "Example:\n  sakipctl audit prove --service realization --position 12 \\\n"
      "    --file entry.tlog-proof --trusted-key audit.pub\n"
      "  sakipctl log verify --receipt entry.tlog-proof --trusted-key audit.pub");
  Bind(prove, action, one, &Prove);

  auto& whole = *audit.add_subcommand(
      "export",
      "Write the whole trail and its signed checkpoint to a file, to be verified offline");
  const auto file = std::make_shared<FileArguments>();
  AddService(whole, file->service);
  whole.add_option("--file", file->file, "The file to write; there must be none")->required();
  AddTrustedKey(whole, file->trust);
  whole.footer(
      "Example:\n  sakipctl audit export --service realization --file 2026.sakip-export \\\n"
      "    --trusted-key audit.pub\n"
      "  sakipctl log verify --file 2026.sakip-export --trusted-key audit.pub");
  Bind(whole, action, file, &Export);
}

}  // namespace sakip::cli
