#include "services/realization/domain/quarter.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace sakip::realization {
namespace {

constexpr uint32_t Bit(State state) { return uint32_t{1} << static_cast<int>(state); }

// The states in which a step is allowed.
constexpr uint32_t StatesOf(Step step) {
  constexpr uint32_t kAwaited = Bit(State::kNotOpened) | Bit(State::kOpen);
  constexpr uint32_t kSent = Bit(State::kSubmitted) | Bit(State::kVerified) |
                             Bit(State::kReturned) | Bit(State::kApproved);
  switch (step) {
    case Step::kOpen:
      return kAwaited;
    case Step::kSubmit:
    case Step::kClose:
      return kAwaited | kSent;
    case Step::kVerify:
      return Bit(State::kSubmitted);
    case Step::kReturn:
      return kSent & ~Bit(State::kReturned);
    case Step::kApprove:
      return Bit(State::kVerified);
    case Step::kReopen:
      return Bit(State::kClosed);
  }
  return 0;
}

State StateAfter(const Quarter& quarter, Step step) {
  switch (step) {
    case Step::kOpen:
      return State::kOpen;
    case Step::kSubmit:
      return State::kSubmitted;
    case Step::kVerify:
      return State::kVerified;
    case Step::kReturn:
      return State::kReturned;
    case Step::kApprove:
      return State::kApproved;
    case Step::kClose:
      return State::kClosed;
    case Step::kReopen:
      return quarter.state_at_close;
  }
  return quarter.state;
}

void TakeSubmission(const QuarterEvent& event, Quarter& quarter) {
  quarter.revision = event.revision;
  quarter.content_digest = event.content_digest;
  quarter.submission_position = event.position;
  quarter.late = event.late;
}

}  // namespace

bool Quarter::ChangedSinceApproval() const {
  return approved_revision > 0 && content_digest != approved_digest;
}

Quarter Evolve(Quarter quarter, const QuarterEvent& event) {
  const State before = quarter.state;
  quarter.state = StateAfter(quarter, event.step);
  quarter.since = event.time;
  switch (event.step) {
    case Step::kOpen:
      quarter.due_time = event.due_time;
      break;
    case Step::kSubmit:
      TakeSubmission(event, quarter);
      break;
    case Step::kApprove:
      quarter.approved_revision = event.revision;
      quarter.approved_digest = event.content_digest;
      quarter.approver = event.actor;
      break;
    case Step::kClose:
      quarter.state_at_close = before;
      quarter.reopened = false;
      break;
    case Step::kReopen:
      quarter.reopened = true;
      break;
    case Step::kVerify:
    case Step::kReturn:
      break;
  }
  return quarter;
}

bool IsAllowed(State state, Step step) { return (StatesOf(step) & Bit(state)) != 0; }

std::vector<Step> AllowedSteps(State state) {
  std::vector<Step> steps;
  for (const Step step : kAllSteps) {
    if (IsAllowed(state, step)) steps.push_back(step);
  }
  return steps;
}

bool IsLate(const Quarter& quarter, absl::Time now) {
  if (quarter.revision > 0) return quarter.late;
  return quarter.due_time.has_value() && now > *quarter.due_time;
}

bool IsOverdue(const Quarter& quarter, absl::Time now) {
  return quarter.state == State::kOpen && quarter.due_time.has_value() && now > *quarter.due_time;
}

absl::string_view WaitsForRole(State state) {
  switch (state) {
    case State::kNotOpened:
    case State::kOpen:
    case State::kReturned:
      return "reporter";
    case State::kSubmitted:
    case State::kApproved:
      return "verifier";
    case State::kVerified:
      return "agency_head";
    case State::kClosed:
      break;
  }
  return "";
}

absl::string_view StateName(State state) {
  switch (state) {
    case State::kNotOpened:
      return "NOT_OPENED";
    case State::kOpen:
      return "OPEN";
    case State::kSubmitted:
      return "SUBMITTED";
    case State::kVerified:
      return "VERIFIED";
    case State::kReturned:
      return "RETURNED";
    case State::kApproved:
      return "APPROVED";
    case State::kClosed:
      return "CLOSED";
  }
  return "";
}

absl::string_view StepName(Step step) {
  switch (step) {
    case Step::kOpen:
      return "OPEN";
    case Step::kSubmit:
      return "SUBMIT";
    case Step::kVerify:
      return "VERIFY";
    case Step::kReturn:
      return "RETURN";
    case Step::kApprove:
      return "APPROVE";
    case Step::kClose:
      return "CLOSE";
    case Step::kReopen:
      return "REOPEN";
  }
  return "";
}

absl::Status CheckStep(absl::string_view name, const Quarter& quarter, Step step) {
  if (IsAllowed(quarter.state, step)) return absl::OkStatus();
  const std::string allowed =
      absl::StrJoin(AllowedSteps(quarter.state), ", ",
                    [](std::string* out, Step next) { absl::StrAppend(out, StepName(next)); });
  return MakeError(absl::StatusCode::kFailedPrecondition, "STEP_NOT_ALLOWED",
                   absl::StrCat(name, " is ", StateName(quarter.state), ", which does not allow ",
                                StepName(step), "; it allows ", allowed),
                   {{"state", std::string(StateName(quarter.state))}, {"allowed_steps", allowed}});
}

absl::Status CheckOpening(absl::string_view name, const Quarter& quarter,
                          absl::string_view reason) {
  RETURN_IF_ERROR(CheckStep(name, quarter, Step::kOpen));
  if (quarter.due_time.has_value() && reason.empty()) {
    return InvalidField("reason", "is empty; say why the quarter is given another due time");
  }
  return absl::OkStatus();
}

absl::Status CheckContent(absl::string_view name, const Quarter& quarter,
                          absl::string_view content_digest) {
  if (content_digest == quarter.content_digest) return absl::OkStatus();
  return MakeError(absl::StatusCode::kAborted, "REVISION_CONFLICT",
                   absl::StrCat(name, " is at revision ", quarter.revision,
                                " with other content than was looked at; read it and decide again"),
                   {{"current_revision", absl::StrCat(quarter.revision)},
                    {"current_content_digest", quarter.content_digest}});
}

}  // namespace sakip::realization
