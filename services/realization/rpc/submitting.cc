// Submitting a quarter: check, also what it refers to, store.

#include <memory>
#include <utility>

#include "common/message/digest.h"
#include "services/realization/domain/check.h"
#include "services/realization/domain/submission_name.h"
#include "services/realization/rpc/convert.h"
#include "services/realization/rpc/planning_call.h"
#include "services/realization/rpc/realization_service.h"
#include "services/realization/rpc/submit_step.h"

namespace sakip::realization {

void RealizationService::DoSubmitQuarter(const CallPtr& call,
                                         const v1::SubmitQuarterRequest& request, SubmitDone done) {
  auto submission = std::make_shared<const Submission>(ToSubmission(request.submission()));
  const absl::Status checked = CheckSubmission(*submission);
  if (!checked.ok()) return done(checked);
  const std::string& name = request.submission().name();
  eventlog::Command command = SubmitCommand(*call, request);
  // A repeat gets its first answer also while planning is away.
  if (steps_.AnswerRepeat(*call, name, command.request_id, command.request_digest, done)) return;

  references_.Run(std::move(submission), OnBehalfOf(*call),
                  [this, call, name, command = std::move(command),
                   done = std::move(done)](const absl::Status& right) {
                    if (!right.ok()) return done(right);
                    steps_.Take(call, name, command, done);
                  });
}

eventlog::Command RealizationService::SubmitCommand(const rpc::Call& call,
                                                    const v1::SubmitQuarterRequest& request) const {
  v1::SubmitQuarterRequest given = request;
  DropServerFields(*given.mutable_submission());
  std::string digest = Digest(given);
  // Shared by the copies of the command, of which one at a time decides.
  auto event = std::make_shared<v1::QuarterSubmitted>();
  event->set_allocated_submission(given.release_submission());
  auto decide = [this, actor = call.principal().subject, expected = request.expected_revision(),
                 event = std::move(event)](const Quarter& quarter) {
    return DecideSubmit(quarter, clock_.Now(), actor, expected, *event);
  };
  return steps_.MakeCommand(call, request.submission().name(), request.request_id(),
                            std::move(digest), std::move(decide));
}

}  // namespace sakip::realization
