// Submitting a quarter: check, also what it refers to, store.

#include <utility>

#include "common/message/digest.h"
#include "services/realization/domain/check.h"
#include "services/realization/domain/submission_name.h"
#include "services/realization/rpc/convert.h"
#include "services/realization/rpc/realization_service.h"
#include "services/realization/rpc/submit_step.h"

namespace sakip::realization {
namespace {

v1::SubmitQuarterRequest WithoutServerFields(const v1::SubmitQuarterRequest& request) {
  v1::SubmitQuarterRequest result = request;
  DropServerFields(*result.mutable_submission());
  return result;
}

}  // namespace

void RealizationService::DoSubmitQuarter(const CallPtr& call,
                                         const v1::SubmitQuarterRequest& request, SubmitDone done) {
  const Submission submission = ToSubmission(request.submission());
  const absl::Status checked = CheckSubmission(submission);
  if (!checked.ok()) return done(checked);
  const std::string& name = request.submission().name();
  eventlog::Command command = SubmitCommand(*call, request);
  // A repeat gets its first answer also while planning is away.
  if (steps_.AnswerRepeat(*call, name, command.request_id, command.request_digest, done)) return;

  references_.Run(std::make_shared<const Submission>(submission), call->deadline(),
                  [this, call, name, command = std::move(command),
                   done = std::move(done)](const absl::Status& right) {
                    if (!right.ok()) return done(right);
                    steps_.Take(call, name, command, done);
                  });
}

eventlog::Command RealizationService::SubmitCommand(const rpc::Call& call,
                                                    const v1::SubmitQuarterRequest& request) const {
  v1::SubmitQuarterRequest given = WithoutServerFields(request);
  std::string digest = Digest(given);
  auto decide = [this, actor = call.principal().subject, expected = request.expected_revision(),
                 submission = std::move(*given.mutable_submission())](const Quarter& quarter) {
    return DecideSubmit(quarter, clock_.Now(), actor, submission, expected);
  };
  return steps_.MakeCommand(call, request.submission().name(), request.request_id(),
                            std::move(digest), std::move(decide));
}

}  // namespace sakip::realization
