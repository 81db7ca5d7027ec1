// `sakipctl scorecards export`.

#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/new_file.h"
#include "common/base/status_macros.h"
#include "sakip/scoring/v1/scorecard_feed_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/commands/scorecard_state.h"
#include "services/cli/csv/scorecard_table.h"
#include "services/cli/session/failure.h"
#include "services/cli/session/json.h"
#include "services/cli/text/utf8.h"

namespace sakip::cli {
namespace {

using scoring::v1::ExportScorecardsRequest;
using scoring::v1::ExportScorecardsResponse;
using scoring::v1::ScorecardFeedService;

// The server refuses deadlines that are an hour away or farther.
constexpr absl::Duration kStreamTime = absl::Minutes(59);

struct Arguments : StateArguments {
  std::string parent;
  std::string format = "csv";
  std::string file;
};

// An export as a file, written as it comes.
class Exporter {
 public:
  Exporter(Session& session, bool csv, std::unique_ptr<NewFile> file)
      : session_(session), csv_(csv), file_(std::move(file)) {}

  // Goes on where a stream broke, as long as each brings something.
  absl::Status Run(ExportScorecardsRequest request) {
    if (csv_) {
      RETURN_IF_ERROR(file_->Append(ScorecardTableHeader()));
    }
    while (true) {
      const uint64_t before = count_;
      const absl::Status status = ReadOnce(request);
      if (status.ok()) return file_->Finish();
      const bool broke = absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status);
      if (!broke || count_ == before) return status;
    }
  }

  uint64_t count() const { return count_; }
  const scoring::v1::LogPositions& read() const { return read_; }

 private:
  absl::Status ReadOnce(ExportScorecardsRequest& request) {
    grpc::ClientContext context;
    session_.PrepareFor(kStreamTime, context);
    ScorecardFeedService::Stub stub(session_.channel(Peer::kScoring));
    const auto reader = stub.ExportScorecards(&context, request);
    absl::Status status;
    ExportScorecardsResponse response;
    while (status.ok() && reader->Read(&response)) {
      status = Write(response);
      *request.mutable_resume() = response.position();
    }
    if (!status.ok()) context.TryCancel();
    const grpc::Status end = reader->Finish();
    return status.ok() ? rpc::FromGrpcStatus(end) : status;
  }

  absl::Status Write(const ExportScorecardsResponse& response) {
    read_ = response.position().read();
    for (const auto& card : response.scorecards()) {
      RETURN_IF_ERROR(file_->Append(csv_ ? ScorecardTableRows(card, read_)
                                         : absl::StrCat(ToJsonLine(card), "\n")));
      ++count_;
    }
    return absl::OkStatus();
  }

  Session& session_;
  const bool csv_;
  const std::unique_ptr<NewFile> file_;
  uint64_t count_ = 0;
  scoring::v1::LogPositions read_;
};

ExitCode Export(Session& session, const Arguments& arguments) {
  const std::string what = absl::StrCat("scorecards export ", arguments.parent);
  const bool csv = arguments.format == "csv";
  ExportScorecardsRequest request;
  request.set_parent(arguments.parent);
  request.set_year(arguments.year);
  request.set_quarter(arguments.quarter);
  request.set_view(csv ? scoring::v1::SCORECARD_VIEW_PROGRAMS : scoring::v1::SCORECARD_VIEW_FULL);
  if (const auto state = AskForState(session, arguments, request); !state.ok()) {
    return ReportUsage(session.err(), what, state.message());
  }
  auto file = NewFile::Create(arguments.file);
  if (!file.ok()) return ReportUsage(session.err(), what, file.status().message());
  Exporter exporter(session, csv, *std::move(file));
  if (const auto status = exporter.Run(request); !status.ok()) {
    return ReportRefusal(session.err(), what, status);
  }
  session.out() << Printable(absl::StrCat(exporter.count(), " kartu skor di ", arguments.file,
                                          ", keadaan ", PositionsText(exporter.read())))
                << "\n";
  return ExitCode::kOk;
}

}  // namespace

void AddScorecardExportCommand(CLI::App& scorecards, Action& action) {
  auto& command = *scorecards.add_subcommand(
      "export", "Write all scorecards of a year to a file, all of one state");
  const auto arguments = std::make_shared<Arguments>();
  command.add_option("PARENT", arguments->parent, "A region or an agency")->required();
  AddStateOptions(command, *arguments);
  command.get_option("--quarter")->required(false)->description("The quarter; default: all four");
  command
      .add_option("--format", arguments->format,
                  "csv: a row a line with figures (default); json: a scorecard a line, in full")
      ->check(CLI::IsMember({"csv", "json"}));
  command.add_option("-o,--file", arguments->file, "The file to write; there must be none")
      ->required();
  command.footer(
      "Examples:\n"
      "  sakipctl scorecards export regions/35 --year 2023 -o 2023.csv\n"
      "  sakipctl scorecards export regions/35.09 --year 2023 --quarter 4 --format json -o "
      "q4.jsonl");
  Bind(command, action, arguments, &Export);
}

}  // namespace sakip::cli
