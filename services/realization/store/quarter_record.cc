#include "services/realization/store/quarter_record.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "common/message/timestamp.h"
#include "sakip/realization/v1/events.pb.h"
#include "services/realization/store/evidence_coverage.h"

namespace sakip::realization {
namespace {

using eventlog::v1::Record;

// What is the same for all steps.
QuarterRecord Begin(const Record& record, Step step, const std::string& name) {
  QuarterRecord result;
  result.name = name;
  result.event.step = step;
  result.event.time = FromTimestamp(record.recorded_time());
  result.event.actor = record.actor();
  result.event.position = record.position();
  return result;
}

QuarterRecord Read(const Record& record, v1::QuarterOpened event) {
  QuarterRecord result = Begin(record, Step::kOpen, event.name());
  result.event.due_time = FromTimestamp(event.due_time());
  result.event.note = event.reason();
  return result;
}

QuarterRecord Read(const Record& record, v1::QuarterSubmitted event) {
  v1::Submission& submission = *event.mutable_submission();
  *submission.mutable_evidence_coverage() = CoverageOf(submission);
  DropLines(submission);
  QuarterRecord result = Begin(record, Step::kSubmit, submission.name());
  result.event.revision = submission.revision();
  result.event.content_digest = submission.content_digest();
  result.event.late = submission.late();
  result.event.changed_since_approval = submission.changed_since_approval();
  result.event.note = submission.reason();
  submission.set_log_position(record.position());
  // A copy: moved, it would keep the memory of its lines, for as long as the quarter is remembered.
  result.submission = submission;
  return result;
}

template <typename Event>
QuarterRecord ReadAbout(const Record& record, Step step, const Event& event) {
  QuarterRecord result = Begin(record, step, event.name());
  result.event.revision = event.revision();
  result.event.content_digest = event.content_digest();
  return result;
}

QuarterRecord Read(const Record& record, v1::SubmissionVerified event) {
  QuarterRecord result = ReadAbout(record, Step::kVerify, event);
  result.event.note = event.note();
  return result;
}

QuarterRecord Read(const Record& record, const v1::SubmissionReturned& event) {
  return ReadAbout(record, Step::kReturn, event);
}

QuarterRecord Read(const Record& record, const v1::SubmissionApproved& event) {
  return ReadAbout(record, Step::kApprove, event);
}

QuarterRecord Read(const Record& record, const v1::QuarterClosed& event) {
  return Begin(record, Step::kClose, event.name());
}

QuarterRecord Read(const Record& record, const v1::QuarterReopened& event) {
  QuarterRecord result = Begin(record, Step::kReopen, event.name());
  result.event.note = event.reason();
  return result;
}

// Reads `record` where it is of the type `Event`; true where it is.
template <typename Event>
bool TryRead(const Record& record, absl::StatusOr<std::optional<QuarterRecord>>& result) {
  if (record.type() != Event::descriptor()->full_name()) return false;
  auto event = eventlog::ParsePayload<Event>(record);
  if (event.ok()) {
    result = Read(record, *std::move(event));
  } else {
    result = event.status();
  }
  return true;
}

template <typename... Events>
absl::StatusOr<std::optional<QuarterRecord>> ReadAnyOf(const Record& record) {
  absl::StatusOr<std::optional<QuarterRecord>> result = std::nullopt;
  static_cast<void>((TryRead<Events>(record, result) || ...));
  return result;
}

}  // namespace

absl::StatusOr<std::optional<QuarterRecord>> ReadQuarterRecord(const Record& record) {
  return ReadAnyOf<v1::QuarterSubmitted, v1::QuarterOpened, v1::SubmissionVerified,
                   v1::SubmissionReturned, v1::SubmissionApproved, v1::QuarterClosed,
                   v1::QuarterReopened>(record);
}

void DropLines(v1::Submission& submission) {
  submission.clear_indicators();
  submission.clear_budgets();
  submission.clear_objectives();
}

v1::Submission::State ToProto(State state) {
  switch (state) {
    case State::kNotOpened:
      return v1::Submission::STATE_NOT_OPENED;
    case State::kOpen:
      return v1::Submission::STATE_OPEN;
    case State::kSubmitted:
      return v1::Submission::STATE_SUBMITTED;
    case State::kVerified:
      return v1::Submission::STATE_VERIFIED;
    case State::kReturned:
      return v1::Submission::STATE_RETURNED;
    case State::kApproved:
      return v1::Submission::STATE_APPROVED;
    case State::kClosed:
      return v1::Submission::STATE_CLOSED;
  }
  return v1::Submission::STATE_UNSPECIFIED;
}

void SetStanding(const Quarter& quarter, v1::Submission& submission) {
  submission.set_state(ToProto(quarter.state));
  submission.set_changed_since_approval(quarter.ChangedSinceApproval());
}

}  // namespace sakip::realization
