// Step: how the commands that move a quarter on send their request and print the answer.
//
// Not thread-safe.
#ifndef SAKIP_SERVICES_CLI_COMMANDS_STEP_H_
#define SAKIP_SERVICES_CLI_COMMANDS_STEP_H_

#include <CLI/App.hpp>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "sakip/realization/v1/realization_service.grpc.pb.h"
#include "services/cli/commands/delivery.h"
#include "services/cli/files/request_id.h"
#include "services/cli/session/failure.h"
#include "services/cli/session/session.h"
#include "services/cli/view/quarter_view.h"

namespace sakip::cli {

// What every such command is given.
struct StepArguments {
  std::string name;
  uint32_t revision = 0;   // Of the submission that was looked at; of steps on one.
  std::string request_id;  // Empty: of the content, and of where the quarter stood.
};

// Adds NAME and --request-id.
void AddStepOptions(CLI::App& command, StepArguments& arguments);

// `sha256-...-12`: the same step may be right again after others, and is another request then. The
// number is the position of the last step that was taken.
absl::StatusOr<std::string> StepRequestId(const Session& session, const std::string& name,
                                          const google::protobuf::Message& request);

// The digest of a revision of a submission: what a step on it is bound to.
absl::StatusOr<std::string> ContentDigest(const Session& session, const std::string& name,
                                          uint32_t revision);

// Fills in what all requests have.
template <typename Request>
absl::Status CompleteStep(const Session& session, const StepArguments& arguments,
                          Request& request) {
  request.set_name(arguments.name);
  if constexpr (requires { request.mutable_content_digest(); }) {
    auto digest = ContentDigest(session, arguments.name, arguments.revision);
    if (!digest.ok()) return digest.status();
    request.set_content_digest(*std::move(digest));
  }
  request.set_request_id(arguments.request_id);
  if (!arguments.request_id.empty()) return absl::OkStatus();
  auto request_id = StepRequestId(session, arguments.name, request);
  if (!request_id.ok()) return request_id.status();
  request.set_request_id(*std::move(request_id));
  return absl::OkStatus();
}

// Sends the step and prints where it is stored and what may be done next.
template <typename Request, typename Response>
ExitCode TakeStep(Session& session, const DeliveryWords& words, const StepArguments& arguments,
                  grpc::Status (realization::v1::RealizationService::Stub::*method)(
                      grpc::ClientContext*, const Request&, Response*),
                  Request request) {
  const std::string what = absl::StrCat(words.command, " ", arguments.name);
  const absl::Status complete = CompleteStep(session, arguments, request);
  if (!complete.ok()) return ReportRefusal(session.err(), what, complete);
  const auto response = session.Call(Peer::kRealization, method, request);
  if (!response.ok()) return ReportRefusal(session.err(), what, response.status());
  const auto print = [&](uint32_t revision, const auto& next_steps) {
    return session.Print(
        *response, absl::StrCat(ReceiptLine(words, arguments.name, revision, Peer::kRealization,
                                            response->receipt()),
                                NextStepsLine(next_steps, session.options().screen.columns)));
  };
  if constexpr (requires { response->submission(); }) {
    return print(response->submission().revision(), response->next_steps());
  } else {
    return print(0, response->quarter().next_steps());
  }
}

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_COMMANDS_STEP_H_
