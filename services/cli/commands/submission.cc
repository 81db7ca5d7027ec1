#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "sakip/realization/v1/realization_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/commands/delivery.h"
#include "services/cli/view/submission_view.h"

namespace sakip::cli {
namespace {

using realization::v1::RealizationService;
using realization::v1::Submission;

struct GetArguments {
  std::string name;
  uint32_t revision = 0;
};

struct ListArguments {
  std::string parent;
  int year = 0;
};

ExitCode Submit(Session& session, const DeliveryArguments& arguments) {
  const DeliveryWords words = {"submit", "submitted"};
  const auto send = [&](const InputFile<Submission>& file) -> absl::Status {
    realization::v1::SubmitQuarterRequest request;
    *request.mutable_submission() = file.message;
    request.set_expected_revision(file.expected_revision());
    SetRequestId(arguments, request);
    ASSIGN_OR_RETURN(
        const auto response,
        session.Call(Peer::kRealization, &RealizationService::Stub::SubmitQuarter, request));
    session.Print(response,
                  ReceiptLine(words, response.submission().name(), response.submission().revision(),
                              Peer::kRealization, response.receipt()));
    return absl::OkStatus();
  };
  return Deliver<Submission>(session, words, arguments, &ReadSubmissionFile, send);
}

ExitCode Get(Session& session, const GetArguments& arguments) {
  realization::v1::GetSubmissionRequest request;
  request.set_name(arguments.name);
  request.set_revision(arguments.revision);
  const auto response =
      session.Call(Peer::kRealization, &RealizationService::Stub::GetSubmission, request);
  if (!response.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("submission get ", arguments.name),
                         response.status());
  }
  return session.Print(response->submission(),
                       RenderSubmission(response->submission(), session.options().screen));
}

ExitCode List(Session& session, const ListArguments& arguments) {
  realization::v1::ListSubmissionsRequest request;
  request.set_parent(arguments.parent);
  request.set_year(arguments.year);
  request.set_page_size(1000);
  const auto response =
      session.CallAll(Peer::kRealization, &RealizationService::Stub::ListSubmissions, request);
  if (!response.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("submission list ", arguments.parent),
                         response.status());
  }
  return session.Print(*response, RenderSubmissionList({response->submissions().begin(),
                                                        response->submissions().end()},
                                                       session.options().screen));
}

}  // namespace

void AddSubmissionCommands(CLI::App& app, Action& action) {
  auto& submit = *app.add_subcommand("submit", "Submit quarters from YAML files");
  const auto files = std::make_shared<DeliveryArguments>();
  submit.add_option("FILE", files->files, "A submission in YAML")->required();
  submit.add_option("--request-id", files->request_id, "Idempotency key; default: of the content");
  submit.footer(
      "The key `revision: N` of a file says which revision it is; default 1.\n"
      "Example:\n  sakipctl submit 14-submission-2023q4.yaml");
  Bind(submit, action, files, &Submit);

  CLI::App& submission = *app.add_subcommand("submission", "Read, import and verify submissions");
  submission.require_subcommand(1);
  auto& get = *submission.add_subcommand("get", "Show a submission");
  const auto one = std::make_shared<GetArguments>();
  get.add_option("NAME", one->name, "Its resource name")->required();
  get.add_option("--revision", one->revision, "The revision wanted; default: the latest");
  get.footer(
      "Example:\n  sakipctl submission get regions/35.09/agencies/dinsos/submissions/2023Q4");
  Bind(get, action, one, &Get);

  AddImportCommand(submission, action);

  auto& list = *submission.add_subcommand("list", "List submissions of an agency or a region");
  const auto all = std::make_shared<ListArguments>();
  list.add_option("PARENT", all->parent, "A region or an agency")->required();
  list.add_option("--year", all->year, "Only this year");
  list.footer("Example:\n  sakipctl submission list regions/35 --year 2023");
  Bind(list, action, all, &List);
  AddVerificationCommands(submission, action);
}

}  // namespace sakip::cli
