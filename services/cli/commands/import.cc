#include <algorithm>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "common/base/resource_name.h"
#include "sakip/realization/v1/import_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/files/file_bytes.h"
#include "services/cli/files/input_file.h"
#include "services/cli/files/request_id.h"
#include "services/cli/session/failure.h"
#include "services/cli/text/utf8.h"
#include "services/cli/view/import_view.h"

namespace sakip::cli {
namespace {

using realization::v1::ImportOptions;
using realization::v1::ImportService;
using realization::v1::ImportSubmissionsRequest;
using realization::v1::ImportSubmissionsResponse;
using realization::v1::ImportSummary;
using realization::v1::ItemOutcome;
using realization::v1::Submission;
using SubmissionFile = InputFile<Submission>;

constexpr char kCommand[] = "submission import";

// Of one call, which has one timeout; longer imports go in several, but all-or-nothing ones.
constexpr size_t kItemsPerCall = 1000;

struct ImportArguments {
  std::vector<std::string> files;
  std::string folder;
  std::string parent;
  std::string import_id;
  std::string strategy = "create-and-update";
  std::string reason;
  bool all_or_nothing = false;
  bool merge = false;
  bool dry_run = false;
};

// The files that were named and those of the folder, which come by name.
absl::StatusOr<std::vector<std::string>> Paths(const ImportArguments& arguments) {
  std::vector<std::string> paths = arguments.files;
  if (arguments.folder.empty()) return paths;
  std::error_code error;
  std::vector<std::string> found;
  for (std::filesystem::directory_iterator entry(arguments.folder, error), end;
       !error && entry != end; entry.increment(error)) {
    const std::string extension = ExtensionOf(entry->path().string());
    if (extension == ".yaml" || extension == ".yml") found.push_back(entry->path().string());
  }
  if (error) {
    return absl::NotFoundError(absl::StrCat(arguments.folder, ": ", error.message()));
  }
  std::sort(found.begin(), found.end());
  paths.insert(paths.end(), found.begin(), found.end());
  return paths;
}

// All submissions in all files, or every fault of every file.
absl::StatusOr<std::vector<SubmissionFile>> ReadAll(const ImportArguments& arguments) {
  const auto paths = Paths(arguments);
  if (!paths.ok()) return paths.status();
  std::vector<SubmissionFile> items;
  std::string faults;
  for (const std::string& path : *paths) {
    auto read = ReadSubmissionDocuments(path);
    if (!read.ok()) {
      absl::StrAppend(&faults, "\n", read.status().message());
      continue;
    }
    for (SubmissionFile& item : *read) items.push_back(std::move(item));
  }
  if (!faults.empty()) return absl::InvalidArgumentError("bad file; nothing was sent" + faults);
  if (items.empty()) return absl::InvalidArgumentError("no submission; give FILE or --folder");
  return items;
}

// The smallest that all items lie in: their agency, region or province, or `regions/-`.
std::string CommonParent(const std::vector<SubmissionFile>& items) {
  std::string agency(AgencyOf(items.front().message.name()));
  std::string region = agency.substr(0, agency.find("/agencies/"));
  std::string province = region.substr(0, region.find('.'));
  const auto covers = [&](const std::string& parent) {
    const auto scope = ParseResourceName(parent);
    return scope.ok() && std::all_of(items.begin(), items.end(), [&](const SubmissionFile& item) {
             return ScopeCovers(*scope, AgencyOf(item.message.name()));
           });
  };
  for (const std::string& parent : {agency, region, province}) {
    if (covers(parent)) return parent;
  }
  return "regions/-";
}

ImportOptions ToOptions(const ImportArguments& arguments,
                        const std::vector<SubmissionFile>& items) {
  ImportOptions options;
  options.set_parent(arguments.parent.empty() ? CommonParent(items) : arguments.parent);
  options.set_strategy(arguments.strategy == "create" ? ImportOptions::STRATEGY_CREATE
                       : arguments.strategy == "update"
                           ? ImportOptions::STRATEGY_UPDATE
                           : ImportOptions::STRATEGY_CREATE_AND_UPDATE);
  options.set_atomicity(arguments.all_or_nothing ? ImportOptions::ATOMICITY_ALL_OR_NOTHING
                                                 : ImportOptions::ATOMICITY_PER_ITEM);
  options.set_lines(arguments.merge ? ImportOptions::LINES_MERGE : ImportOptions::LINES_REPLACE);
  options.set_reason(arguments.reason);
  options.set_import_id(arguments.import_id);
  if (arguments.import_id.empty()) {
    ImportSubmissionsRequest all;
    *all.mutable_options() = options;
    for (const SubmissionFile& item : items) *all.add_items() = item.message;
    options.set_import_id(ContentRequestId(all));
  }
  options.set_dry_run(arguments.dry_run);
  return options;
}

// Sends `count` items from `first` on in one call.
absl::StatusOr<ImportSummary> SendPart(Session& session, ImportOptions options,
                                       const std::vector<SubmissionFile>& items, size_t first,
                                       size_t count) {
  grpc::ClientContext context;
  session.Prepare(context);
  ImportService::Stub stub(session.channel(Peer::kRealization));
  ImportSubmissionsResponse response;
  auto writer = stub.ImportSubmissions(&context, &response);
  options.set_first_item_index(static_cast<uint32_t>(first));
  options.set_item_count(static_cast<uint32_t>(count));
  ImportSubmissionsRequest request;
  *request.mutable_options() = options;
  bool taken = writer->Write(request);
  request.Clear();
  for (size_t i = first; taken && i < first + count; ++i) {
    request.clear_items();
    *request.add_items() = items[i].message;
    taken = writer->Write(request);
  }
  writer->WritesDone();
  const grpc::Status status = writer->Finish();
  if (!status.ok()) return rpc::FromGrpcStatus(status);
  return response.summary();
}

void AddPart(const ImportSummary& part, ImportSummary& sum) {
  sum.set_created(sum.created() + part.created());
  sum.set_updated(sum.updated() + part.updated());
  sum.set_unchanged(sum.unchanged() + part.unchanged());
  sum.set_ignored(sum.ignored() + part.ignored());
  sum.set_failed(sum.failed() + part.failed());
  sum.set_not_stored(sum.not_stored() + part.not_stored());
  sum.set_dry_run(part.dry_run());
  sum.mutable_outcomes()->MergeFrom(part.outcomes());
}

// What is wrong with an item, where it stands in its file.
void ReportItem(std::ostream& err, const SubmissionFile& item, const ItemOutcome& outcome) {
  err << Printable(
             absl::StrCat("sakipctl: ", kCommand, " ", item.path, ": ", outcome.error().reason()))
      << "\n";
  for (const auto& problem : outcome.error().fields()) {
    // `items[3].indicators[2].quantity` of the import is `indicators[2].quantity` of the file.
    const std::string field = problem.field().substr(problem.field().find('.') + 1);
    err << "  " << FormatField(item.places(), field, problem.description()) << "\n";
  }
  if (outcome.error().fields().empty() && !outcome.error().message().empty()) {
    err << "  " << Printable(outcome.error().message()) << "\n";
  }
}

ExitCode Import(Session& session, const ImportArguments& arguments) {
  const auto items = ReadAll(arguments);
  if (!items.ok()) return ReportUsage(session.err(), kCommand, items.status().message());
  const ImportOptions options = ToOptions(arguments, *items);
  const size_t part = arguments.all_or_nothing ? items->size() : kItemsPerCall;
  ImportSummary summary;
  for (size_t first = 0; first < items->size(); first += part) {
    const size_t count = std::min(part, items->size() - first);
    const auto sent = SendPart(session, options, *items, first, count);
    if (!sent.ok()) {
      const ExitCode code = ReportRefusal(session.err(), kCommand, sent.status());
      session.err()
          << "  " << first << " of " << items->size()
          << " items have an outcome; the same command goes on, nothing is stored twice\n";
      return code;
    }
    AddPart(*sent, summary);
  }
  for (const ItemOutcome& outcome : summary.outcomes()) {
    if (outcome.has_error() && outcome.index() < items->size()) {
      ReportItem(session.err(), (*items)[outcome.index()], outcome);
    }
  }
  session.Print(summary, RenderImportSummary(summary, session.options().screen));
  return summary.failed() == 0 ? ExitCode::kOk : ExitCode::kRefused;
}

}  // namespace

void AddImportCommand(CLI::App& submission, Action& action) {
  auto& import = *submission.add_subcommand("import", "Submit many quarters from YAML files");
  const auto arguments = std::make_shared<ImportArguments>();
  import.add_option("FILE,--file", arguments->files, "Submissions in YAML, one or more a file");
  import.add_option("--folder", arguments->folder, "All .yaml and .yml files in this folder");
  import.add_option("--parent", arguments->parent,
                    "Region or agency of all items; default: the smallest that has them");
  import.add_option("--import-id", arguments->import_id,
                    "Idempotency key; default: of the content");
  import
      .add_option("--strategy", arguments->strategy,
                  "create, update or create-and-update (default)")
      ->check(CLI::IsMember({"create", "update", "create-and-update"}));
  import.add_option("--reason", arguments->reason, "Why, for updates whose file does not say");
  import.add_flag("--all-or-nothing", arguments->all_or_nothing, "Store all items or none");
  import.add_flag("--merge", arguments->merge, "Keep the lines that an update does not have");
  import.add_flag("--dry-run", arguments->dry_run, "Tell the outcomes and store nothing");
  import.footer(
      "Exit code 1 where an item was refused. After a break the same command goes on.\n"
      "Example:\n  sakipctl submission import --folder 2023q4 --dry-run");
  Bind(import, action, arguments, &Import);
}

}  // namespace sakip::cli
