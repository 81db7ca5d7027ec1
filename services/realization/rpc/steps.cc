#include "services/realization/rpc/steps.h"

#include "absl/strings/str_cat.h"
#include "common/message/digest.h"
#include "sakip/realization/v1/events.pb.h"
#include "services/realization/domain/submission_name.h"
#include "services/realization/store/evidence_coverage.h"

namespace sakip::realization {

std::string StepDigest(const google::protobuf::Message& request) {
  return Sha256(
      absl::StrCat(request.GetDescriptor()->full_name(), " ", DeterministicBytes(request)));
}

eventlog::Command Steps::MakeCommand(const rpc::Call& call, const std::string& name,
                                     const std::string& request_id, std::string request_digest,
                                     Decide decide) const {
  const auto parsed = ParseSubmissionName(name);
  eventlog::Command command;
  command.agency = parsed->agency;
  command.request_id = request_id;
  command.deadline = call.deadline();
  command.request_digest = std::move(request_digest);
  command.decide = [this, name, stream = parsed->Stream(), actor = call.principal().subject,
                    decide = std::move(decide)]() -> absl::StatusOr<eventlog::Decision> {
    // The stream's revision is read first: what is stored meanwhile makes the append fail.
    const uint64_t stream_revision = view_.StreamRevision(stream);
    ASSIGN_OR_RETURN(eventlog::NewEvent event, decide(view_.FindQuarter(name)));
    return eventlog::Decision{stream, stream_revision, actor, {std::move(event)}};
  };
  return command;
}

absl::StatusOr<v1::Submission> Steps::ReadSubmission(const Quarter& quarter) const {
  ASSIGN_OR_RETURN(auto event,
                   eventlog::ReadEvent<v1::QuarterSubmitted>(log_, quarter.submission_position));
  v1::Submission submission = std::move(*event.mutable_submission());
  *submission.mutable_evidence_coverage() = CoverageOf(submission);
  submission.set_log_position(quarter.submission_position);
  SetStanding(quarter, submission);
  return submission;
}

// Mostly it is the latest, which needs no reading: this runs on the log's thread.
absl::StatusOr<v1::Submission> Steps::ReadSummary(const std::string& name,
                                                  const Quarter& quarter) const {
  std::optional<v1::Submission> latest = view_.LatestAt(name, quarter.submission_position);
  if (!latest.has_value()) {
    ASSIGN_OR_RETURN(latest, ReadSubmission(quarter));
    DropLines(*latest);
  }
  SetStanding(quarter, *latest);
  return *std::move(latest);
}

absl::StatusOr<v1::Quarter> Steps::ReadQuarter(const rpc::Call& call, const std::string& name,
                                               const Quarter& quarter,
                                               uint64_t last_position) const {
  v1::Quarter result = ToProto(name, quarter);
  if (quarter.state == State::kClosed) {
    ASSIGN_OR_RETURN(auto event, eventlog::ReadEvent<v1::QuarterClosed>(log_, last_position));
    *result.mutable_close() = std::move(*event.mutable_close());
  }
  AddNextSteps(methods_, call, quarter.state, *result.mutable_next_steps());
  return result;
}

}  // namespace sakip::realization
