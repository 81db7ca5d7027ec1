// The workflow of a quarter: which step is allowed in which state, and what each step changes.
//
// Source: the table at sakip.realization.v1.Submission.State. Values and pure functions: no clock,
// no I/O.
#ifndef SAKIP_SERVICES_REALIZATION_DOMAIN_QUARTER_H_
#define SAKIP_SERVICES_REALIZATION_DOMAIN_QUARTER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace sakip::realization {

enum class State { kNotOpened, kOpen, kSubmitted, kVerified, kReturned, kApproved, kClosed };

enum class Step { kOpen, kSubmit, kVerify, kReturn, kApprove, kClose, kReopen };

inline constexpr State kAllStates[] = {State::kNotOpened, State::kOpen,     State::kSubmitted,
                                       State::kVerified,  State::kReturned, State::kApproved,
                                       State::kClosed};

inline constexpr Step kAllSteps[] = {Step::kOpen,    Step::kSubmit, Step::kVerify, Step::kReturn,
                                     Step::kApprove, Step::kClose,  Step::kReopen};

// A step that was taken.
struct QuarterEvent {
  Step step = Step::kOpen;
  absl::Time time;
  std::string actor;
  uint64_t position = 0;                // In realization's log.
  absl::Time due_time{};                // Of kOpen.
  uint32_t revision = 0;                // That was submitted, verified, returned or approved.
  std::string content_digest{};         // Of that revision.
  bool late = false;                    // Of kSubmit.
  bool changed_since_approval = false;  // Of kSubmit.
  std::string note{};                   // Why, in words.
};

// What the steps have made of a quarter.
struct Quarter {
  State state = State::kNotOpened;
  State state_at_close = State::kNotOpened;  // Where it is closed.
  bool reopened = false;                     // Closed once, and not now.
  std::optional<absl::Time> due_time;
  std::optional<absl::Time> since;  // The last step.
  uint32_t revision = 0;            // The latest; 0 where nothing was submitted.
  std::string content_digest;       // Of the latest.
  uint64_t submission_position = 0;
  bool late = false;  // The first submission came after the due time.
  uint32_t approved_revision = 0;
  std::string approved_digest;
  std::string approver;

  // The content of the latest revision is not what was approved.
  bool ChangedSinceApproval() const;
};

// Returns `quarter` after `event`. Total: any event may be folded, allowed or not.
Quarter Evolve(Quarter quarter, const QuarterEvent& event);

bool IsAllowed(State state, Step step);

// In the order of kAllSteps.
std::vector<Step> AllowedSteps(State state);

// True for what is submitted at `now` where it is the first submission and the due time has passed.
bool IsLate(const Quarter& quarter, absl::Time now);

// True where a submission is awaited and the due time has passed.
bool IsOverdue(const Quarter& quarter, absl::Time now);

// The role whose turn it is, by its name in an identity; empty where it is nobody's.
absl::string_view WaitsForRole(State state);

// `NOT_OPENED`: as in the API, without prefix.
absl::string_view StateName(State state);
absl::string_view StepName(Step step);

// OK where the state allows `step` on the quarter of that name.
//   FAILED_PRECONDITION  STEP_NOT_ALLOWED  it does not; facts `state` and `allowed_steps`.
absl::Status CheckStep(absl::string_view name, const Quarter& quarter, Step step);

// OK where the quarter may be given a due time.
//   FAILED_PRECONDITION  STEP_NOT_ALLOWED  it was submitted or closed.
//   INVALID_ARGUMENT     INVALID_FIELD     `reason` is missing where it has a due time already.
absl::Status CheckOpening(absl::string_view name, const Quarter& quarter, absl::string_view reason);

// OK where `content_digest` is that of the latest revision.
//   ABORTED  REVISION_CONFLICT  it is not; facts `current_revision` and `current_content_digest`.
absl::Status CheckContent(absl::string_view name, const Quarter& quarter,
                          absl::string_view content_digest);

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_DOMAIN_QUARTER_H_
