#include "services/realization/domain/quarter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/testing/status_matchers.h"

namespace sakip::realization {
namespace {

using absl::StatusCode;
using sakip::testing::HasField;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::ElementsAre;

constexpr char kName[] = "regions/35.09/agencies/dinsos/submissions/2023Q4";
const absl::Time kDue = absl::FromUnixSeconds(1'700'000'000);

// By state, in the order of kAllStates: the state after each step of kAllSteps (O open, S
// submitted, V verified, R returned, A approved, C closed, B what it was before), `-` where it is
// not allowed.
//                                       open submit verify return approve close reopen
constexpr const char* kTransitions[] = {"OS---C-",   // not opened
                                        "OS---C-",   // open
                                        "-SVR-C-",   // submitted
                                        "-S-RAC-",   // verified
                                        "-S---C-",   // returned
                                        "-S-R-C-",   // approved
                                        "------B"};  // closed

QuarterEvent Event(Step step, uint32_t revision = 0, const std::string& digest = "") {
  QuarterEvent event;
  event.step = step;
  event.time = kDue;
  event.actor = absl::StrCat("who-", StepName(step));
  event.due_time = kDue;
  event.revision = revision;
  event.content_digest = digest;
  return event;
}

Quarter After(const std::vector<QuarterEvent>& events) {
  Quarter quarter;
  for (const QuarterEvent& event : events) quarter = Evolve(quarter, event);
  return quarter;
}

Quarter In(State state) {
  Quarter quarter;
  quarter.state = state;
  quarter.state_at_close = State::kVerified;
  return quarter;
}

char Letter(State state) { return StateName(state)[0]; }

TEST(Quarter, AllowsInEachStateTheStepsOfTheTableAndNoOthers) {
  for (const State state : kAllStates) {
    for (const Step step : kAllSteps) {
      const char expected = kTransitions[static_cast<int>(state)][static_cast<int>(step)];
      const std::string what = absl::StrCat(StepName(step), " in ", StateName(state));
      EXPECT_EQ(IsAllowed(state, step), expected != '-') << what;

      const absl::Status status = CheckStep(kName, In(state), step);

      if (expected == '-') {
        EXPECT_THAT(status, StatusIs(StatusCode::kFailedPrecondition, "STEP_NOT_ALLOWED")) << what;
        EXPECT_EQ(ErrorFacts(status).at(0), (ErrorFact{"state", std::string(StateName(state))}));
      } else {
        EXPECT_THAT(status, IsOk()) << what;
        const State after = Evolve(In(state), Event(step)).state;
        EXPECT_EQ(expected == 'B' ? 'V' : expected, Letter(after)) << what;
      }
    }
  }
}

TEST(Quarter, ARefusalNamesWhatIsAllowed) {
  const absl::Status status = CheckStep(kName, In(State::kVerified), Step::kVerify);
  EXPECT_THAT(ErrorFacts(status),
              ElementsAre(ErrorFact{"state", "VERIFIED"},
                          ErrorFact{"allowed_steps", "SUBMIT, RETURN, APPROVE, CLOSE"}));
}

TEST(Quarter, AReopenedQuarterIsInTheStateBeforeTheCloseAndSaysSo) {
  for (const State before : kAllStates) {
    if (before == State::kClosed) continue;
    Quarter quarter = In(before);

    quarter = Evolve(quarter, Event(Step::kClose));
    EXPECT_EQ(quarter.state, State::kClosed);
    EXPECT_FALSE(quarter.reopened);
    quarter = Evolve(quarter, Event(Step::kReopen));

    EXPECT_EQ(quarter.state, before);
    EXPECT_TRUE(quarter.reopened);
    EXPECT_FALSE(Evolve(quarter, Event(Step::kClose)).reopened);
  }
}

TEST(Quarter, AnApprovalIsBoundToTheContent) {
  const std::vector<QuarterEvent> approved = {
      Event(Step::kSubmit, 1, "a"), Event(Step::kVerify, 1, "a"), Event(Step::kApprove, 1, "a")};
  Quarter quarter = After(approved);
  EXPECT_EQ(quarter.approved_revision, 1);
  EXPECT_EQ(quarter.approved_digest, "a");
  EXPECT_EQ(quarter.approver, "who-APPROVE");
  EXPECT_FALSE(quarter.ChangedSinceApproval());

  quarter = Evolve(quarter, Event(Step::kSubmit, 2, "b"));
  EXPECT_EQ(quarter.state, State::kSubmitted);
  EXPECT_TRUE(quarter.ChangedSinceApproval());
  EXPECT_FALSE(Evolve(quarter, Event(Step::kSubmit, 3, "a")).ChangedSinceApproval());
  EXPECT_FALSE(Evolve(quarter, Event(Step::kApprove, 2, "b")).ChangedSinceApproval());
  EXPECT_TRUE(Evolve(quarter, Event(Step::kVerify, 2, "b")).ChangedSinceApproval());
}

TEST(Quarter, WhatWasNeverApprovedDidNotChangeSince) {
  EXPECT_FALSE(
      After({Event(Step::kSubmit, 1, "a"), Event(Step::kSubmit, 2, "b")}).ChangedSinceApproval());
}

TEST(Quarter, OnlyAFirstSubmissionAfterTheDueTimeIsLate) {
  const absl::Time after = kDue + absl::Nanoseconds(1);
  EXPECT_FALSE(IsLate(Quarter(), after));
  const Quarter open = After({Event(Step::kOpen)});
  EXPECT_FALSE(IsLate(open, kDue));
  EXPECT_TRUE(IsLate(open, after));
  EXPECT_FALSE(IsLate(Evolve(open, Event(Step::kSubmit, 1, "a")), after));

  QuarterEvent late = Event(Step::kSubmit, 1, "a");
  late.late = true;
  EXPECT_TRUE(IsLate(Evolve(open, late), kDue)) << "a correction does not mend it";
}

TEST(Quarter, IsOverdueWhileNothingCameInTime) {
  const absl::Time after = kDue + absl::Nanoseconds(1);
  const Quarter open = After({Event(Step::kOpen)});
  EXPECT_FALSE(IsOverdue(open, kDue));
  EXPECT_TRUE(IsOverdue(open, after));
  EXPECT_FALSE(IsOverdue(Evolve(open, Event(Step::kSubmit, 1, "a")), after));
  EXPECT_FALSE(IsOverdue(Evolve(open, Event(Step::kClose)), after));
  EXPECT_FALSE(IsOverdue(Quarter(), after));
}

TEST(Quarter, AnotherDueTimeNeedsAReason) {
  EXPECT_THAT(CheckOpening(kName, Quarter(), ""), IsOk());
  const Quarter open = After({Event(Step::kOpen)});
  EXPECT_THAT(CheckOpening(kName, open, ""), HasField("reason"));
  EXPECT_THAT(CheckOpening(kName, open, "Diundur"), IsOk());
  EXPECT_THAT(CheckOpening(kName, In(State::kSubmitted), "x"),
              StatusIs(StatusCode::kFailedPrecondition, "STEP_NOT_ALLOWED"));
}

TEST(Quarter, OtherContentThanTheLatestIsAConflict) {
  const Quarter quarter = After({Event(Step::kSubmit, 1, "a"), Event(Step::kSubmit, 2, "b")});
  EXPECT_THAT(CheckContent(kName, quarter, "b"), IsOk());
  const absl::Status refused = CheckContent(kName, quarter, "a");
  EXPECT_THAT(refused, StatusIs(StatusCode::kAborted, "REVISION_CONFLICT"));
  EXPECT_THAT(ErrorFacts(refused), ElementsAre(ErrorFact{"current_revision", "2"},
                                               ErrorFact{"current_content_digest", "b"}));
}

TEST(Quarter, SaysWhoseTurnItIs) {
  std::vector<std::string> turns;
  for (const State state : kAllStates) turns.emplace_back(WaitsForRole(state));
  EXPECT_THAT(turns, ElementsAre("reporter", "reporter", "verifier", "agency_head", "reporter",
                                 "verifier", ""));
}

}  // namespace
}  // namespace sakip::realization
