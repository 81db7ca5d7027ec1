// Importing and checking whole plans.

#include "services/cli/files/plan_folder.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "sakip/planning/v1/planning_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/files/request_id.h"
#include "services/cli/session/failure.h"
#include "services/cli/session/wrong_fields.h"
#include "services/cli/text/utf8.h"
#include "services/cli/view/plan_view.h"

namespace sakip::cli {
namespace {

using planning::v1::PlanningService;

struct FolderArguments {
  std::vector<std::string> paths;
  std::string request_id;
};

// The fields at fault; a conflict of revisions says which part of the plan it is about.
std::vector<FieldViolation> FaultsOf(const absl::Status& status) {
  std::vector<FieldViolation> faults = FieldViolations(status);
  for (const ErrorFact& fact : ErrorFacts(status)) {
    if (fact.key == "field") faults.push_back({fact.value, std::string(status.message())});
  }
  return faults;
}

// A refusal with every wrong field at its place in its file.
ExitCode Refuse(Session& session, const PlanFolder& folder, const absl::Status& status) {
  const auto faults = FaultsOf(status);
  if (faults.empty()) return ReportRefusal(session.err(), "plan import", status);
  session.err() << Printable(absl::StrCat(
                       "sakipctl: plan import: ", absl::StatusCodeToString(status.code()), " ",
                       ErrorReason(status)))
                << "\n";
  for (const FieldViolation& fault : faults) {
    session.err() << "  " << FormatFault(folder, fault.field, fault.description) << "\n";
  }
  const std::string left_out = WrongFieldsLeftOut(status);
  if (!left_out.empty()) session.err() << "  " << left_out << "\n";
  return ExitCode::kRefused;
}

planning::v1::CheckPlanRequest ToCheckRequest(const PlanFolder& folder) {
  const planning::v1::PublishPlanRequest plan = ToRequest(folder);
  planning::v1::CheckPlanRequest request;
  request.set_parent(plan.parent());
  if (plan.has_agency()) *request.mutable_agency() = plan.agency();
  *request.mutable_documents() = plan.documents();
  return request;
}

// `q4.yaml:12:3:` of a line that begins with a place.
absl::string_view PlaceOf(absl::string_view line) {
  const size_t end = line.find(": ");
  return line.substr(0, end == absl::string_view::npos ? 0 : end + 1);
}

// Tells what is wrong with the files, and what planning finds wrong with the rest of what they say,
// as far as it can be asked: so that all can be mended at once.
ExitCode RefuseFiles(Session& session, absl::string_view command, const PlanFolder& folder,
                     const absl::Status& faults) {
  if (faults.code() != absl::StatusCode::kInvalidArgument) {
    return ReportUsage(session.err(), command, faults.message());
  }
  std::string lines = absl::StrCat("bad files; nothing is stored\n", faults.message());
  std::set<std::string> told;
  for (const absl::string_view line : absl::StrSplit(faults.message(), '\n')) {
    told.emplace(PlaceOf(line));
  }
  const auto checked =
      session.Call(Peer::kPlanning, &PlanningService::Stub::CheckPlan, ToCheckRequest(folder));
  if (!checked.ok()) return ReportUsage(session.err(), command, lines);
  for (const auto& error : checked->errors()) {
    // What rests on the whole plan says nothing of a part.
    if (error.reason() != "INVALID_FIELD" || IsInBrokenTable(folder, error.field())) continue;
    const std::string line = FormatFault(folder, error.field(), error.description());
    if (!told.contains(std::string(PlaceOf(line)))) absl::StrAppend(&lines, "\n", line);
  }
  return ReportUsage(session.err(), command, lines);
}

ExitCode Import(Session& session, const FolderArguments& arguments) {
  PlanFolder folder;
  const absl::Status read = ReadPlanFolder(arguments.paths, folder);
  if (!read.ok()) return RefuseFiles(session, "plan import", folder, read);
  planning::v1::PublishPlanRequest request = ToRequest(folder);
  request.set_request_id(arguments.request_id.empty() ? ContentRequestId(request)
                                                      : arguments.request_id);
  const auto response = session.Call(Peer::kPlanning, &PlanningService::Stub::PublishPlan, request);
  if (!response.ok()) return Refuse(session, folder, response.status());
  if (response->receipt().repeated()) {
    Warn(session.err(), "this very plan was imported before; nothing was stored again");
  }
  return session.Print(*response,
                       RenderOutcomes(response->has_agency() ? &response->agency() : nullptr,
                                      response->documents(), session.options().screen));
}

ExitCode Check(Session& session, const FolderArguments& arguments) {
  PlanFolder folder;
  const absl::Status read = ReadPlanFolder(arguments.paths, folder);
  if (!read.ok()) return RefuseFiles(session, "plan check", folder, read);
  const auto response =
      session.Call(Peer::kPlanning, &PlanningService::Stub::CheckPlan, ToCheckRequest(folder));
  if (!response.ok()) return ReportRefusal(session.err(), "plan check", response.status());
  for (const auto& error : response->errors()) {
    session.err() << FormatFault(folder, error.field(), error.description()) << "\n";
  }
  const ExitCode printed = session.Print(
      *response, RenderOutcomes(response->has_agency() ? &response->agency() : nullptr,
                                response->documents(), session.options().screen));
  return response->errors().empty() ? printed : ExitCode::kRefused;
}

void AddOne(CLI::App& plan, Action& action, const char* name, const char* description,
            const char* footer, ExitCode (*run)(Session&, const FolderArguments&)) {
  auto& command = *plan.add_subcommand(name, description);
  const auto arguments = std::make_shared<FolderArguments>();
  command.add_option("PATH", arguments->paths, "A folder of an agency's plan, or files of it")
      ->required();
  if (run == &Import) {
    command.add_option("--request-id", arguments->request_id,
                       "Idempotency key; default: of the content");
  }
  command.footer(footer);
  Bind(command, action, arguments, run);
}

}  // namespace

void AddPlanFolderCommands(CLI::App& plan, Action& action) {
  AddOne(
      plan, action, "import",
      "Publish what is new of an agency and its documents, all of it or nothing",
      "Files are agencies and plan documents in YAML or JSON; the key `revision: N` says which\n"
      "revision a file is, default 1; `table: {file: rkt.csv, number_format: indonesian}` reads\n"
      "its long list from a table. What is stored already is left as it is.\n"
      "Example:\n  sakipctl plan import plans/dinsos/",
      &Import);
  AddOne(plan, action, "check", "Tell what an import would refuse and find; store nothing",
         "Example:\n  sakipctl plan check plans/dinsos/", &Check);
}

}  // namespace sakip::cli
