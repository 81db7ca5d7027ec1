#include "services/cli/commands/step.h"

#include "common/base/status_macros.h"

namespace sakip::cli {

using realization::v1::RealizationService;

void AddStepOptions(CLI::App& command, StepArguments& arguments) {
  command.add_option("NAME", arguments.name, "The quarter: the resource name of its submission")
      ->required();
  command.add_option("--request-id", arguments.request_id,
                     "Idempotency key; default: of the content and of where the quarter stands");
}

absl::StatusOr<std::string> StepRequestId(const Session& session, const std::string& name,
                                          const google::protobuf::Message& request) {
  realization::v1::GetQuarterRequest get;
  get.set_name(name);
  ASSIGN_OR_RETURN(const auto response,
                   session.Call(Peer::kRealization, &RealizationService::Stub::GetQuarter, get));
  const auto& history = response.quarter().history();
  const std::string last = history.empty() ? "new" : absl::StrCat(history.rbegin()->log_position());
  return absl::StrCat(ContentRequestId(request), "-", last);
}

absl::StatusOr<std::string> ContentDigest(const Session& session, const std::string& name,
                                          uint32_t revision) {
  realization::v1::GetSubmissionRequest get;
  get.set_name(name);
  get.set_revision(revision);
  ASSIGN_OR_RETURN(const auto response,
                   session.Call(Peer::kRealization, &RealizationService::Stub::GetSubmission, get));
  return response.submission().content_digest();
}

}  // namespace sakip::cli
