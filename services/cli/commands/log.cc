#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "common/merkle/hash.h"
#include "sakip/eventlog/v1/event_log_service.grpc.pb.h"
#include "services/cli/commands/log_commands.h"
#include "services/cli/log/live_log.h"
#include "services/cli/session/failure.h"
#include "services/cli/session/json.h"
#include "services/cli/text/utf8.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using eventlog::v1::EventLogService;
using eventlog::v1::StoredRecord;

constexpr uint64_t kNoLimit = std::numeric_limits<uint64_t>::max();

struct Arguments {
  std::string service;
  std::string scope = "regions/-";
  uint64_t from = 0;
  uint64_t limit = kNoLimit;  // Records to print.
};

Peer PeerOf(const Arguments& arguments) { return LogPeer(arguments.service); }

// `12  2023-11-21T08:00:00Z  regions/...  2  sakip.planning.v1.DocumentPublished  dev-planner`
std::string Line(const eventlog::v1::Record& record) {
  return Printable(absl::StrCat(record.position(), "  ", TimeText(record.recorded_time()), "  ",
                                record.stream(), "  ", record.stream_revision(), "  ",
                                record.type(), "  ", record.actor()));
}

// Prints one record after its bytes were checked against their hash: what is shown is what is
// stored, or nothing.
absl::Status PrintRecord(Session& session, const StoredRecord& stored) {
  eventlog::v1::Record record;
  if (merkle::View(merkle::HashLeaf(stored.record())) != stored.leaf_hash() ||
      !record.ParseFromString(stored.record())) {
    return absl::DataLossError("a record came whose bytes do not match their leaf hash");
  }
  session.out() << (session.options().json ? RecordToJson(record, stored.leaf_hash())
                                           : Line(record))
                << "\n";
  return absl::OkStatus();
}

// Prints records until `left` is used up.
template <typename Records>
absl::Status PrintRecords(Session& session, const Records& records, uint64_t& left) {
  for (const StoredRecord& record : records) {
    if (left == 0) break;
    if (absl::Status status = PrintRecord(session, record); !status.ok()) return status;
    --left;
  }
  return absl::OkStatus();
}

ExitCode List(Session& session, const Arguments& arguments) {
  const std::string what = absl::StrCat("log read --service ", arguments.service);
  eventlog::v1::ReadRecordsRequest request;
  request.set_scope(arguments.scope);
  request.set_from_position(arguments.from);
  uint64_t left = arguments.limit;
  while (left > 0 && session.out().good()) {
    request.set_max_records(static_cast<uint32_t>(std::min<uint64_t>(left, 1000)));
    const auto page = session.Call(PeerOf(arguments), &EventLogService::Stub::ReadRecords, request);
    if (!page.ok()) return ReportRefusal(session.err(), what, page.status());
    if (absl::Status status = PrintRecords(session, page->records(), left); !status.ok()) {
      return ReportRefusal(session.err(), what, status);
    }
    // A server that does not get on would be asked for ever.
    if (page->next_position() >= page->end_position() ||
        page->next_position() <= request.from_position()) {
      break;
    }
    request.set_from_position(page->next_position());
  }
  return ExitCode::kOk;
}

ExitCode Follow(Session& session, const Arguments& arguments) {
  eventlog::v1::FollowRecordsRequest request;
  request.set_scope(arguments.scope);
  request.set_from_position(arguments.from);
  grpc::ClientContext context;
  session.Prepare(context, /*without_end=*/true);
  EventLogService::Stub stub(session.channel(PeerOf(arguments)));
  const auto reader = stub.FollowRecords(&context, request);

  uint64_t left = arguments.limit;
  uint64_t next = arguments.from;
  absl::Status status;
  eventlog::v1::FollowRecordsResponse response;
  while (left > 0 && status.ok() && session.out().good() && reader->Read(&response)) {
    status = PrintRecords(session, response.records(), left);
    session.out().flush();
    if (status.ok()) next = response.next_position();
  }
  // Where this side ends the stream its status only says so.
  const bool ended_here = left == 0 || !status.ok() || !session.out().good();
  if (ended_here) context.TryCancel();
  const grpc::Status end = reader->Finish();
  if (!ended_here)
    status =
        end.ok() ? absl::UnavailableError("the server ended the stream") : rpc::FromGrpcStatus(end);
  if (status.ok()) return ExitCode::kOk;
  const ExitCode code = ReportRefusal(
      session.err(), absl::StrCat("log follow --service ", arguments.service), status);
  session.err() << "  follow on with --from " << next << "\n";
  return code;
}

void AddCommon(CLI::App& command, Arguments& arguments) {
  AddLogService(command, arguments.service)->required();
  command.add_option("--scope", arguments.scope,
                     "Whose records: a region or an agency; default regions/- (all)");
  command.add_option("--from", arguments.from, "First position; default 0");
}

}  // namespace

CLI::Option* AddLogService(CLI::App& command, std::string& service) {
  return command.add_option("--service", service, "Whose log: planning or realization")
      ->check(CLI::IsMember({"planning", "realization"}));
}

CLI::Option* AddAnyService(CLI::App& command, const std::string& what, std::string& service) {
  return command.add_option("--service", service, what + ": planning, realization or scoring")
      ->check(CLI::IsMember({"planning", "realization", "scoring"}));
}

void AddLogCommands(CLI::App& app, Action& action) {
  CLI::App& log = *app.add_subcommand("log", "Read, export and verify the event logs");
  log.require_subcommand(1);

  auto& list = *log.add_subcommand("read", "Print the records that are stored, one a line");
  const auto stored = std::make_shared<Arguments>();
  AddCommon(list, *stored);
  list.add_option("--limit", stored->limit, "Print at most so many records");
  list.footer(
      "Example:\n  sakipctl log read --service realization --scope regions/35.09/agencies/dinsos");
  Bind(list, action, stored, &List);

  auto& follow = *log.add_subcommand(
      "follow", "Print stored records, then each as it comes, until Ctrl-C or --until");
  const auto live = std::make_shared<Arguments>();
  AddCommon(follow, *live);
  follow.add_option("--until", live->limit, "End after so many records");
  follow.footer("Example:\n  sakipctl log follow --service realization --from 120 --output json");
  Bind(follow, action, live, &Follow);

  AddLogExportCommand(log, action);
  AddLogVerifyCommand(log, action);
  AddLogReceiptCommand(log, action);
  AddLogKeyCommands(log, action);
  AddLogBackupCommands(log, action);
  AddLogRepairCommand(log, action);
}

}  // namespace sakip::cli
